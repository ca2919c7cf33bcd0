#include "events/scan/scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "events/names.h"
#include "events/scan/masks.h"

namespace portolan::events {

namespace {

constexpr std::string_view kKey = "\"eventName\"";
constexpr std::size_t kMarkInKey = kKey.find('N');
constexpr std::size_t kLongestName = 128;

bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// Skips white space from `at`, and then the character `wanted`; npos if another stands there.
std::size_t past(std::string_view text, std::size_t at, char wanted) {
  while (at < text.size() && is_white(text[at])) {
    ++at;
  }
  return at < text.size() && text[at] == wanted ? at + 1 : std::string_view::npos;
}

/// True if the text begins so; both have nine bytes to sixteen. Two words are compared, where a
/// call of `memcmp` would take longer than all the rest that is done for a record.
bool begins_with(const char* text, std::string_view start) {
  using Word = std::uint64_t;
  const auto word_at = [](const char* at) {
    Word word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
  };
  const std::size_t last = start.size() - sizeof(Word);
  return ((word_at(text) ^ word_at(start.data())) |
          (word_at(text + last) ^ word_at(start.data() + last))) == 0;
}

/// Where the value of the key begins whose `N` is at `mark`, past its quote; npos if there is none.
std::size_t value_of_key(std::string_view text, std::size_t mark) {
  static constexpr std::string_view kUsual = "\"eventName\":\"";
  const std::size_t begin = mark - kMarkInKey;
  if (mark < kMarkInKey || text.size() - begin < kUsual.size()) {
    return std::string_view::npos;
  }
  if (begins_with(text.data() + begin, kUsual)) {
    return begin + kUsual.size();
  }
  if (text.substr(begin, kKey.size()) != kKey) {
    return std::string_view::npos;
  }
  const std::size_t colon = past(text, begin + kKey.size(), ':');
  return colon == std::string_view::npos ? colon : past(text, colon, '"');
}

/// True if there is a backslash where a beginning is looked at.
bool begins_with_escape(std::string_view name) {
  bool is_there = false;
  for (std::size_t i = 0; i < std::min(kNameBeginning, name.size()); ++i) {
    is_there |= name[i] == '\\';
  }
  return is_there;
}

/// True if the `N` at `mark` is that of the key, and its value is a listed name.
bool names_listed_call(std::string_view text, std::size_t mark) {
  const std::size_t begin = value_of_key(text, mark);
  if (begin == std::string_view::npos) {
    return false;
  }
  const std::string_view rest = text.substr(begin, kLongestName);
  if (!may_begin_name(rest) && !begins_with_escape(rest)) {
    return false;
  }
  const std::string_view name = rest.substr(0, rest.find('"'));
  return find_name(name).has_value() || name.find('\\') != std::string_view::npos;
}

MaskWindow fastest_masks() {
  static const MaskWindow kFastest = [] {
    for (const MaskWindow each : {mask_window_avx512(), mask_window_avx2()}) {
      if (each != nullptr) {
        return each;
      }
    }
    return MaskWindow(mask_window_plain);
  }();
  return kFastest;
}

class Scanner {
 public:
  explicit Scanner(const ScanRequest& request)
      : request_(request),
        text_(request.text),
        mask_(request.method == ScanMethod::Plain ? mask_window_plain : fastest_masks()) {
    scan_.floor = request.begin;
  }

  Scan run() {
    std::size_t at = request_.begin;
    while (at + kBlock <= text_.size()) {
      const std::size_t blocks = std::min((text_.size() - at) / kBlock, kWindow);
      if (!take_window(at, text_.data() + at, blocks)) {
        return std::move(scan_);
      }
      at += blocks * kBlock;
    }
    std::array<char, kBlock> rest;
    rest.fill(' ');
    std::memcpy(rest.data(), text_.data() + at, text_.size() - at);
    if (take_window(at, rest.data(), 1)) {
      finish_at_end();
    }
    return std::move(scan_);
  }

 private:
  void finish_at_end() {
    if (depth_ != 0) {
      finish(ScanStop::Unterminated, begin_);
    } else if (!has_stray_mark(text_.size())) {
      finish(ScanStop::End, text_.size());
    }
  }

  /// The bytes stand at `at`. False if the scan is over, as for all below.
  bool take_window(std::size_t at, const char* bytes, std::size_t blocks) {
    mask_(bytes, blocks, state_, masks_);
    for (std::uint64_t noted = masks_.ends | masks_.marked; noted != 0; noted &= noted - 1) {
      const auto block = static_cast<std::size_t>(std::countr_zero(noted));
      const std::size_t place = at + block * kBlock;
      take_marks(place, masks_.marks[block]);
      if ((masks_.ends >> block & 1) == 0) {
        continue;
      }
      depth_ = masks_.depth[block];
      if (!take_brackets(place, masks_.opens[block], masks_.closes[block])) {
        return false;
      }
    }
    depth_ = state_.depth;
    at += blocks * kBlock;
    return depth_ == 0 || at - begin_ <= kRecordMax || finish(ScanStop::TooLong, begin_);
  }

  void take_marks(std::size_t at, std::uint64_t marks) {
    for (; marks != 0; marks &= marks - 1) {
      const std::size_t mark = at + static_cast<std::size_t>(std::countr_zero(marks));
      if (names_listed_call(text_, mark)) {
        marks_.push_back(mark);
      }
    }
  }

  bool take_brackets(std::size_t at, std::uint64_t opens, std::uint64_t closes) {
    for (std::uint64_t rest = opens | closes; rest != 0; rest &= rest - 1) {
      const std::size_t is_close = (closes & rest & (~rest + 1)) != 0 ? 1 : 0;
      // Which of them it is nobody can foresee, but rarely is it one of the outermost.
      if (depth_ > is_close) {
        depth_ += 1 - 2 * is_close;
      } else if (!take_outermost(at + static_cast<std::size_t>(std::countr_zero(rest)),
                                 is_close != 0)) {
        return false;
      }
    }
    return true;
  }

  /// A bracket that opens an element, or closes one or what is around them.
  bool take_outermost(std::size_t place, bool is_close) {
    if (!is_close) {
      ++depth_;
      return begin_element(place);
    }
    if (depth_ == 0) {
      return !has_stray_mark(place) && finish(ScanStop::Closed, place + 1);
    }
    --depth_;
    end_element(place + 1);
    return true;
  }

  bool begin_element(std::size_t place) {
    if (has_stray_mark(place)) {
      return false;
    }
    std::size_t before = place;
    while (before > request_.begin && is_white(text_[before - 1])) {
      --before;
    }
    const bool is_separated = before == request_.begin || text_[before - 1] == ',';
    if (request_.is_list && !is_separated) {
      return finish(ScanStop::Stray, place);
    }
    begin_ = place;
    scan_.floor = place + 1;
    return true;
  }

  void end_element(std::size_t end) {
    if (marks_.empty() && !request_.wants_every) {  // nearly always
      ++scan_.records;
      return;
    }
    // Marks come by blocks, so some may belong to the next elements already.
    const auto past_last = std::lower_bound(marks_.begin(), marks_.end(), end);
    const bool is_hit = past_last != marks_.begin();
    if (is_hit || request_.wants_every) {
      scan_.hits.push_back({.begin = begin_,
                            .end = end,
                            .number = scan_.records,
                            .mark = is_hit ? marks_.front() : begin_});
    }
    marks_.erase(marks_.begin(), past_last);
    ++scan_.records;
  }

  /// True, and the scan over, if a name stands between elements before `place`: in damaged text
  /// only.
  bool has_stray_mark(std::size_t place) {
    return !marks_.empty() && marks_.front() < place && !finish(ScanStop::Stray, marks_.front());
  }

  bool finish(ScanStop stop, std::size_t place) {
    scan_.stop = stop;
    scan_.place = place;
    return false;
  }

  const ScanRequest& request_;
  std::string_view text_;
  MaskWindow mask_;
  MaskState state_;
  WindowMasks masks_;
  Scan scan_;
  std::size_t depth_ = 0;
  std::size_t begin_ = 0;           // of the current element
  std::vector<std::size_t> marks_;  // of listed names, sorted, those not yet in a whole element
};

}  // namespace

Scan scan_records(const ScanRequest& request) { return Scanner(request).run(); }

}  // namespace portolan::events
