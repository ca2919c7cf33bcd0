#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

/// Private to the module.
namespace portolan::collect {

/// Where and why a text stops being JSON. `code` is the code of the diagnostic it becomes.
struct JsonFault {
  std::string_view code;
  std::string_view message;
  std::size_t offset = 0;
};

/// simdjson's state, to be kept by a thread and lent to one `Tokens` after the other.
class TokenIndexer {
 public:
  TokenIndexer();
  TokenIndexer(TokenIndexer&&) noexcept;
  TokenIndexer& operator=(TokenIndexer&&) noexcept;
  ~TokenIndexer();

 private:
  friend class Tokens;
  struct State;  // hides simdjson's big header from the decoders
  std::unique_ptr<State> state_;
};

/// One pass over the tokens of a JSON text: `{`, `}`, `[`, `]`, `:`, `,`, strings and scalars.
///
/// simdjson's first stage finds them (and checks the UTF-8), one window of the text at a time, so
/// that memory does not grow with the text: its whole index of a gigabyte of `[` would take four.
/// A window may end after any byte that is no part of a scalar: if the first stage then finds that
/// a string was cut in two, the window is made longer by the rest of that string.
///
/// The text needs no padding, and must outlive the views that are handed out.
class Tokens {
 public:
  static constexpr std::size_t kWindow = std::size_t{256} << 10;

  Tokens(std::string_view text, TokenIndexer& indexer, std::size_t window = kWindow);

  /// First byte of the current token: one of `{}[]:,"`, or that of a scalar; `\0` after the last
  /// token and after a fault.
  [[nodiscard]] char kind() const { return kind_; }
  /// Of the current token in the text; after the last token, the size of the text.
  [[nodiscard]] std::size_t offset() const { return begin_ + *at_; }
  /// The bytes of the current token as they stand in the text, a string with its quotes.
  [[nodiscard]] std::string_view raw() const;
  /// True if the window that the current token is in has no backslash, so that its strings stand
  /// for themselves.
  [[nodiscard]] bool is_plain() const { return is_plain_; }
  void next() {
    if (++at_ == end_) {
      refill();
    } else {
      kind_ = window_[*at_];
    }
  }
  /// Ends the tokens here. The first fault stays.
  void fail(std::string_view code, std::string_view message) { fail_at(offset(), code, message); }
  void fail_at(std::size_t offset, std::string_view code, std::string_view message);
  /// Null while the text has been good.
  [[nodiscard]] const JsonFault* fault() const { return has_failed_ ? &fault_ : nullptr; }
  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  void refill();
  bool index_window();
  void explain(bool is_too_big);
  [[nodiscard]] std::size_t cut_after(std::size_t wanted) const;
  void finish();

  std::string_view text_;
  TokenIndexer* indexer_;
  std::size_t window_size_;
  const std::uint32_t* at_ = nullptr;
  const std::uint32_t* end_ = nullptr;
  const char* window_ = nullptr;
  std::size_t begin_ = 0;  // of the window in the text
  std::size_t stop_ = 0;   // of the window, exclusive
  std::uint32_t nowhere_[2] = {0, 0};
  JsonFault fault_;
  bool has_failed_ = false;
  bool is_plain_ = false;
  char kind_ = '\0';
};

}  // namespace portolan::collect
