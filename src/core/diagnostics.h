#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

enum class Severity : std::uint8_t { Note, Warning, Error };

std::string_view text(Severity severity);

/// One problem with the input. `code` is stable snake_case and is what tests compare.
struct Diagnostic {
  Severity severity = Severity::Error;
  std::string code;
  std::string message;   // one lower-case sentence, what is wrong and what to do next
  std::string file;      // as the user named it; empty if the problem has no file
  std::string pointer;   // RFC 6901 JSON pointer inside the file, or empty
  std::string resource;  // id or ARN of the resource concerned, or empty

  friend auto operator<=>(const Diagnostic&, const Diagnostic&) = default;
};

/// The problems met on the way. Work goes on; the list is shown at the end and decides exit code 3.
///
/// Bounded: of one code in one file only the first `kKeptPerCodeAndFile` are kept, the rest is
/// counted, so hostile input cannot fill the memory with complaints.
class Diagnostics {
 public:
  static constexpr std::size_t kKeptPerCodeAndFile = 20;

  void add(Diagnostic diagnostic);
  void append(const Diagnostics& other);
  /// Kept diagnostics, sorted by file, pointer, code. Dropped repeats appear as one diagnostic of
  /// code `repeated` per file and code, with their number in the message.
  [[nodiscard]] std::vector<Diagnostic> sorted() const;
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  /// How many were added with severity Error, dropped ones included.
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] bool has(std::string_view code) const;

 private:
  struct Count {
    std::string file;
    std::string code;
    Severity worst_dropped = Severity::Note;
    std::size_t kept = 0;
    std::size_t dropped = 0;
  };

  void keep_or_drop(Diagnostic diagnostic);
  Count& count_of(std::string_view file, std::string_view code);

  std::vector<Diagnostic> entries_;
  std::vector<Count> counts_;  // INVARIANT: sorted by file, code
  std::size_t errors_ = 0;
};

/// `file#pointer: message (code)`, or `resource: message (code)` if it has no place in a file, with
/// control characters made visible: ready for a terminal.
std::string text(const Diagnostic& diagnostic);

}  // namespace portolan
