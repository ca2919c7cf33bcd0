#include "collect/aws/mfa.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::collect::aws {

namespace {

/// The terminal that the process belongs to, with its echo off while this lives.
class QuietTerminal {
 public:
  QuietTerminal() : terminal_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    if (is_there() && ::tcgetattr(terminal_, &before_) == 0) {
      termios quiet = before_;
      quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      is_quiet_ = ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
    }
  }
  ~QuietTerminal() {
    if (is_quiet_) {
      ::tcsetattr(terminal_, TCSANOW, &before_);
    }
    if (is_there()) {
      ::close(terminal_);
    }
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

  [[nodiscard]] bool is_there() const { return terminal_ >= 0; }

  void write(std::string_view text) const {
    // Where it cannot be written nobody answers, and that is seen.
    [[maybe_unused]] const ssize_t done = ::write(terminal_, text.data(), text.size());
  }

  [[nodiscard]] std::string read_line() const {
    static constexpr std::size_t kLineMax = 64;
    std::string line;
    for (char c = 0; line.size() < kLineMax;) {
      const ssize_t got = ::read(terminal_, &c, 1);
      if (got != 1 || c == '\n') {
        break;
      }
      line += c;
    }
    return line;
  }

 private:
  int terminal_;
  termios before_{};
  bool is_quiet_ = false;
};

/// SOURCE: STS API Reference, AssumeRole, TokenCode: six digits.
bool is_code(std::string_view text) {
  static constexpr std::size_t kDigits = 6;
  return text.size() == kDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Result<std::string> ask_mfa_code(const std::string& serial) {
  const QuietTerminal terminal;
  if (!terminal.is_there()) {
    return fail(
        "no_mfa_code",
        fmt::format("the role wants a code of the MFA device `{}`, and there is no terminal "
                    "to ask for it: export keys of a session that has one",
                    printable(serial)));
  }
  terminal.write(fmt::format("\nCode of the MFA device {}: ", printable(serial)));
  const std::string line = terminal.read_line();
  terminal.write("\n");
  std::string code(trimmed(line));
  if (!is_code(code)) {
    return fail("no_mfa_code", "what was typed is no code of an MFA device, which has six digits");
  }
  return code;
}

}  // namespace portolan::collect::aws
