#include "cli/terminal.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kBufferSize = std::size_t{64} << 10U;
constexpr std::uint32_t kWidthMost = 1000;
constexpr int kWidthLeast = 40;
constexpr int kWidthDefault = 100;

int width_of(int descriptor) {
  if (const auto text = environment("COLUMNS")) {
    if (const auto columns = decimal(*text, kWidthMost)) {
      return std::max(static_cast<int>(*columns), kWidthLeast);
    }
  }
  winsize size = {};
  if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return std::max(static_cast<int>(size.ws_col), kWidthLeast);
  }
  return kWidthDefault;
}

bool takes_colour(int descriptor) {
  return isatty(descriptor) == 1 && !environment("NO_COLOR") && environment("TERM") != "dumb";
}

}  // namespace

void Output::write(std::string_view text) {
  if (!is_open_) {
    return;
  }
  buffer_ += text;
  if (buffer_.size() >= kBufferSize) {
    flush();
  }
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (is_open_ && !rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd waited = {.fd = descriptor_, .events = POLLOUT, .revents = 0};
      poll(&waited, 1, -1);
    } else if (errno != EINTR) {
      is_open_ = false;
      if (errno != EPIPE) {
        fault_ = Error{"cannot_write", fmt::format("cannot write: {}", std::strerror(errno))};
      }
    }
  }
  buffer_.clear();
}

Terminal::Terminal() : out(STDOUT_FILENO), errors(STDERR_FILENO) {
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
}

Style Terminal::style() const {
  Style style;
  style.width = width_of(STDOUT_FILENO);
  switch (colour_) {
    case Colour::Auto:
      style.colour = takes_colour(STDOUT_FILENO);
      break;
    case Colour::Always:
      style.colour = true;
      break;
    case Colour::Never:
      break;
  }
  return style;
}

void Terminal::complain(std::string_view message) {
  end_progress();
  out.flush();
  errors.write(fmt::format("portolan: {}\n", printable(message)));
  errors.flush();
}

void Terminal::show_progress(std::string_view message) {
  if (is_quiet_ || isatty(STDERR_FILENO) != 1 || environment("TERM") == "dumb") {
    return;
  }
  shows_progress_ = true;
  errors.write(fmt::format("\r\x1b[K{} …", printable(message)));
  errors.flush();
}

void Terminal::end_progress() {
  if (shows_progress_) {
    errors.write("\r\x1b[K");
    errors.flush();
    shows_progress_ = false;
  }
}

std::optional<std::string> environment(const char* name) {
  const char* const value = std::getenv(name);
  if (value == nullptr || *value == '\0') {
    return std::nullopt;
  }
  return std::string(value);
}

}  // namespace portolan::cli
