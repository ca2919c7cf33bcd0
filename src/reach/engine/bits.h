#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Private to the engine: sets of classes as bits.
namespace portolan::reach {

using Word = std::uint64_t;
inline constexpr std::size_t kWordBits = 64;

/// Positions `first` to `end`, the latter excluded.
struct Run {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return first >= end; }
  friend auto operator<=>(const Run&, const Run&) = default;
};

inline Word low_bits(std::size_t count) {
  return count >= kWordBits ? ~Word{0} : (Word{1} << count) - 1;
}

/// A set of positions, most of which lie close together: only the words between the first and the
/// last one are kept.
class Window {
 public:
  Window() = default;
  /// `positions` sorted.
  explicit Window(const std::vector<std::uint32_t>& positions) {
    if (positions.empty()) {
      return;
    }
    first_ = positions.front() / kWordBits;
    words_.assign(positions.back() / kWordBits - first_ + 1, 0);
    for (const std::uint32_t position : positions) {
      words_[position / kWordBits - first_] |= Word{1} << (position % kWordBits);
    }
  }

  [[nodiscard]] bool empty() const { return words_.empty(); }
  /// Number of the first word that is kept, and of the one after the last.
  [[nodiscard]] std::size_t first() const { return first_; }
  [[nodiscard]] std::size_t end() const { return first_ + words_.size(); }
  [[nodiscard]] Word word(std::size_t number) const {
    return number < first_ || number >= end() ? 0 : words_[number - first_];
  }
  [[nodiscard]] bool has(std::size_t position) const {
    return (word(position / kWordBits) >> (position % kWordBits) & 1U) != 0;
  }

  void set(std::size_t position, bool is_in) {
    const std::size_t number = position / kWordBits;
    const Word bit = Word{1} << (position % kWordBits);
    if (is_in) {
      add_word(number, bit);
    } else if (number >= first_ && number < end()) {
      words_[number - first_] &= ~bit;
    }
  }

  void add_word(std::size_t number, Word bits) {
    if (words_.empty()) {
      first_ = number;
    } else if (number < first_) {
      words_.insert(words_.begin(), first_ - number, 0);
      first_ = number;
    }
    if (number >= end()) {
      words_.resize(number - first_ + 1, 0);
    }
    words_[number - first_] |= bits;
  }

  void add(const Window& other) {
    for (std::size_t word = other.first(); word < other.end(); ++word) {
      add_word(word, other.word(word));
    }
  }

  [[nodiscard]] bool meets(const Window& other) const {
    const std::size_t last = std::min(end(), other.end());
    for (std::size_t number = std::max(first_, other.first_); number < last; ++number) {
      if ((words_[number - first_] & other.words_[number - other.first_]) != 0) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] bool meets(Run run) const {
    const std::size_t last = std::min(end(), (std::size_t{run.end} + kWordBits - 1) / kWordBits);
    for (std::size_t number = std::max(first_, run.first / kWordBits); number < last; ++number) {
      const std::size_t start = number * kWordBits;
      const Word before = run.first > start ? low_bits(run.first - start) : 0;
      if ((words_[number - first_] & ~before & low_bits(run.end - start)) != 0) {
        return true;
      }
    }
    return false;
  }

  /// True if no position is in it.
  [[nodiscard]] bool none() const {
    return std::all_of(words_.begin(), words_.end(), [](Word word) { return word == 0; });
  }

  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (Word left = words_[i]; left != 0; left &= left - 1) {
        visit((first_ + i) * kWordBits + static_cast<std::size_t>(std::countr_zero(left)));
      }
    }
  }

  friend bool operator==(const Window&, const Window&) = default;

 private:
  std::size_t first_ = 0;
  std::vector<Word> words_;
};

/// A set of positions that is filled and emptied again and again: it knows which of its words were
/// touched, so that nothing else is looked at or cleared.
class Plane {
 public:
  void resize(std::size_t words) {
    words_.assign(words, 0);
    touched_.assign(words / kWordBits + 1, 0);
    is_empty_ = true;
  }

  [[nodiscard]] bool empty() const { return is_empty_; }
  [[nodiscard]] Word word(std::size_t number) const { return words_[number]; }
  [[nodiscard]] bool has(std::size_t position) const {
    return (words_[position / kWordBits] >> (position % kWordBits) & 1U) != 0;
  }
  /// For each 64 words, which of them were touched.
  [[nodiscard]] Word touched(std::size_t block) const { return touched_[block]; }

  /// Visits the words that were touched: their number, and their bits.
  template <class Visit>
  void for_each_word(const Visit& visit) const {
    if (is_empty_) {
      return;
    }
    for (std::size_t block = 0; block < touched_.size(); ++block) {
      for (Word left = touched_[block]; left != 0; left &= left - 1) {
        const std::size_t number =
            block * kWordBits + static_cast<std::size_t>(std::countr_zero(left));
        visit(number, words_[number]);
      }
    }
  }

  void clear() {
    for_each_word([this](std::size_t number, Word) { words_[number] = 0; });
    std::fill(touched_.begin(), touched_.end(), 0);
    is_empty_ = true;
  }

  void add(Run run) {
    if (run.empty()) {
      return;
    }
    const std::size_t first = run.first / kWordBits;
    const std::size_t last = (run.end - 1) / kWordBits;
    const Word head = ~low_bits(run.first % kWordBits);
    const Word tail = low_bits((run.end - 1) % kWordBits + 1);
    if (first == last) {
      add_word(first, head & tail);
      return;
    }
    add_word(first, head);
    for (std::size_t word = first + 1; word < last; ++word) {
      add_word(word, ~Word{0});
    }
    add_word(last, tail);
  }

  void add(const Window& window) { add(window, 0, window.end()); }

  /// The words from `first` to `end`, the latter excluded.
  void add(const Window& window, std::size_t first, std::size_t end) {
    const std::size_t last = std::min(window.end(), end);
    for (std::size_t word = std::max(window.first(), first); word < last; ++word) {
      add_word(word, window.word(word));
    }
  }

  void add_word(std::size_t number, Word bits) {
    if (bits != 0) {
      words_[number] |= bits;
      touched_[number / kWordBits] |= Word{1} << (number % kWordBits);
      is_empty_ = false;
    }
  }

  void remove(std::size_t position) {
    words_[position / kWordBits] &= ~(Word{1} << (position % kWordBits));
  }

 private:
  std::vector<Word> words_;
  std::vector<Word> touched_;
  bool is_empty_ = true;
};

/// Visits the positions of a word's bits.
template <class Visit>
void for_each_bit(std::size_t number, Word bits, const Visit& visit) {
  while (bits != 0) {
    visit(number * kWordBits + static_cast<std::size_t>(std::countr_zero(bits)));
    bits &= bits - 1;
  }
}

}  // namespace portolan::reach
