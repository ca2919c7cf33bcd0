#include "collect/json/tokens.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include <simdjson.h>

#include "collect/json/faults.h"

namespace portolan::collect {

namespace {

bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// Bytes that end a token, so that the text can be cut after them.
constexpr std::string_view kCuts = "\n,{}[]:";

/// Longer tokens are refused: AWS limits its longest strings (policies, user data) to some KiB.
constexpr std::size_t kTokenMax = std::size_t{64} << 20;

/// Just past the quote that closes the string in whose middle `text` starts (not after a
/// backslash); nothing if there is none.
std::optional<std::size_t> end_of_string(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') {
      return at + 1;
    }
    at += text[at] == '\\' ? 1 : 0;
  }
  return std::nullopt;
}

}  // namespace

struct TokenIndexer::State {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  std::size_t capacity = 0;

  /// Finds the tokens of `window`, whose start is outside of any string.
  simdjson::error_code index(std::string_view window) {
    if (window.size() > capacity || parser == nullptr) {
      capacity = std::max(window.size(), Tokens::kWindow);
      const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
          capacity, 1, parser);
      if (error != simdjson::SUCCESS) {
        parser.reset();
        return error;
      }
    }
    return parser->stage1(reinterpret_cast<const std::uint8_t*>(window.data()), window.size(),
                          simdjson::stage1_mode::regular);
  }
};

TokenIndexer::TokenIndexer() : state_(std::make_unique<State>()) {}
TokenIndexer::TokenIndexer(TokenIndexer&&) noexcept = default;
TokenIndexer& TokenIndexer::operator=(TokenIndexer&&) noexcept = default;
TokenIndexer::~TokenIndexer() = default;

Tokens::Tokens(std::string_view text, TokenIndexer& indexer, std::size_t window)
    : text_(text), indexer_(&indexer), window_size_(window) {
  static constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) {
    stop_ = kByteOrderMark.size();
  }
  refill();
}

std::string_view Tokens::raw() const {
  const char* begin = window_ + *at_;
  const char* end = window_ + at_[1];
  while (end != begin && is_white(end[-1])) {
    --end;
  }
  return {begin, static_cast<std::size_t>(end - begin)};
}

void Tokens::fail_at(std::size_t offset, std::string_view code, std::string_view message) {
  if (!has_failed_) {
    fault_ = {code, message, std::min(offset, text_.size())};
    has_failed_ = true;
  }
  finish();
}

void Tokens::finish() {
  begin_ = has_failed_ ? fault_.offset : text_.size();
  stop_ = text_.size();
  window_ = text_.data();
  nowhere_[0] = nowhere_[1] = 0;
  at_ = nowhere_;
  end_ = nowhere_ + 1;
  kind_ = '\0';
}

void Tokens::refill() {
  while (!has_failed_ && stop_ < text_.size()) {
    begin_ = stop_;
    window_ = text_.data() + begin_;
    stop_ = cut_after(begin_ + window_size_);
    if (index_window()) {
      kind_ = window_[*at_];
      return;
    }
  }
  finish();
}

/// True if the window has tokens; false if it is all white space, or on a fault.
bool Tokens::index_window() {
  TokenIndexer::State& state = *indexer_->state_;
  auto error = state.index(text_.substr(begin_, stop_ - begin_));
  if (error == simdjson::UNCLOSED_STRING && stop_ < text_.size()) {
    const std::string_view rest = text_.substr(stop_, kTokenMax);
    const auto end = end_of_string(rest);
    stop_ += end.value_or(rest.size());
    error = state.index(text_.substr(begin_, stop_ - begin_));
  }
  if (error == simdjson::EMPTY) {
    return false;
  }
  if (error != simdjson::SUCCESS) {
    const bool is_cut = stop_ < text_.size();
    explain(error == simdjson::MEMALLOC || error == simdjson::CAPACITY ||
            (error == simdjson::UNCLOSED_STRING && is_cut));
    return false;
  }
  at_ = state.parser->structural_indexes.get();
  end_ = at_ + state.parser->n_structural_indexes;
  is_plain_ = std::memchr(window_, '\\', stop_ - begin_) == nullptr;
  return true;
}

void Tokens::explain(bool is_too_big) {
  if (is_too_big) {
    fail_at(begin_, "document_too_big", "one string or number is too big to be read");
    return;
  }
  const JsonFault fault = find_fault(text_.substr(begin_, stop_ - begin_));
  fail_at(begin_ + fault.offset, fault.code, fault.message);
}

/// The best place to end a window: after the last byte of `kCuts` before `wanted`, else after the
/// next one.
std::size_t Tokens::cut_after(std::size_t wanted) const {
  static constexpr std::size_t kLookBack = 4096;
  if (wanted >= text_.size()) {
    return text_.size();
  }
  const std::size_t low = std::max(begin_, wanted - std::min(wanted, kLookBack));
  const std::string_view tail = text_.substr(low, wanted - low);
  std::size_t cut = tail.rfind('\n');
  if (cut == std::string_view::npos) {
    cut = tail.find_last_of(kCuts);
  }
  if (cut != std::string_view::npos) {
    return low + cut + 1;
  }
  const std::string_view rest = text_.substr(wanted, kTokenMax);
  const std::size_t next = rest.find_first_of(kCuts);
  return wanted + (next == std::string_view::npos ? rest.size() : next + 1);
}

}  // namespace portolan::collect
