#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

/// The only place of the command line that touches standard streams and the environment.
namespace portolan::cli {

/// A buffered stream out of the process, on a file descriptor that it does not own.
class Output {
 public:
  explicit Output(int descriptor) : descriptor_(descriptor) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { flush(); }

  void write(std::string_view text);
  void flush();
  /// False once the reader has gone or the disk is full: what is written then is dropped.
  [[nodiscard]] bool is_open() const { return is_open_; }
  /// Why writing failed, unless it was the reader who had enough.
  [[nodiscard]] const std::optional<Error>& fault() const { return fault_; }

 private:
  int descriptor_;
  bool is_open_ = true;
  std::optional<Error> fault_;
  std::string buffer_;
};

enum class Colour : std::uint8_t { Auto, Always, Never };

/// How to write to people.
struct Style {
  bool colour = false;
  int width = 100;
};

/// What a command talks to. One for the whole run of the program.
class Terminal {
 public:
  /// Ignores SIGPIPE from now on, so that a reader who leaves early is not a crash.
  Terminal();

  Output out;     // answers
  Output errors;  // everything else

  void choose_colour(Colour colour) { colour_ = colour; }
  void be_quiet() { is_quiet_ = true; }
  [[nodiscard]] bool is_quiet() const { return is_quiet_; }
  /// Of standard output.
  [[nodiscard]] Style style() const;
  /// `portolan: message`, on standard error, after all that was written to standard output. The
  /// message is made printable.
  void complain(std::string_view message);
  /// Shows on a terminal what takes so long; the next complaint or answer takes its place.
  void show_progress(std::string_view message);
  void end_progress();

 private:
  Colour colour_ = Colour::Auto;
  bool is_quiet_ = false;
  bool shows_progress_ = false;
};

/// A variable of the environment; nothing if it is not set or empty.
std::optional<std::string> environment(const char* name);

}  // namespace portolan::cli
