#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

/// Small texts that people and programs hand over: questions, intents, settings.
namespace portolan::cli {

/// A line without its end, or the fact that it is too long to be meant.
struct Line {
  std::string text;  // cut at the most that a line may have
  bool is_cut = false;
};

/// Reads lines as they come, so that a question can be answered before the next one is written.
class LineReader {
 public:
  static constexpr std::size_t kLengthMost = std::size_t{64} << 10U;

  /// `-` is standard input. Error `cannot_read`.
  static Result<LineReader> open(const std::string& path, std::size_t length_most = kLengthMost);
  LineReader(LineReader&& other) noexcept;
  LineReader& operator=(LineReader&&) = delete;
  ~LineReader();

  /// Nothing at the end. Error `cannot_read`.
  Result<std::optional<Line>> next();

 private:
  LineReader(int descriptor, bool is_owned, std::string path, std::size_t length_most)
      : descriptor_(descriptor),
        is_owned_(is_owned),
        path_(std::move(path)),
        length_most_(length_most) {}
  Result<bool> fill();

  int descriptor_;
  bool is_owned_;
  std::string path_;
  std::size_t length_most_;
  std::string buffer_;
  std::size_t start_ = 0;  // of what was not handed out yet
  bool is_at_end_ = false;
};

/// The whole of a small file, `-` for standard input. Error `cannot_read`, `too_large`.
Result<std::string> read_text(const std::string& path, std::size_t bytes_max);

}  // namespace portolan::cli
