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

 private:
  std::size_t first_ = 0;
  std::vector<Word> words_;
};

/// A set of positions that is filled and emptied again and again: it knows between which words
/// something was set, so that nothing else is looked at or cleared.
class Plane {
 public:
  void resize(std::size_t words) {
    words_.assign(words, 0);
    first_ = words;
    end_ = 0;
  }

  [[nodiscard]] bool empty() const { return first_ >= end_; }
  [[nodiscard]] std::size_t first() const { return first_; }
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] Word word(std::size_t number) const { return words_[number]; }
  [[nodiscard]] bool has(std::size_t position) const {
    return (words_[position / kWordBits] >> (position % kWordBits) & 1U) != 0;
  }

  void clear() {
    if (!empty()) {
      std::fill(words_.begin() + static_cast<std::ptrdiff_t>(first_),
                words_.begin() + static_cast<std::ptrdiff_t>(end_), 0);
    }
    first_ = words_.size();
    end_ = 0;
  }

  void add(Run run) {
    if (run.empty()) {
      return;
    }
    const std::size_t first = run.first / kWordBits;
    const std::size_t last = (run.end - 1) / kWordBits;
    touch(first, last + 1);
    const Word head = ~low_bits(run.first % kWordBits);
    const Word tail = low_bits((run.end - 1) % kWordBits + 1);
    if (first == last) {
      words_[first] |= head & tail;
      return;
    }
    words_[first] |= head;
    for (std::size_t word = first + 1; word < last; ++word) {
      words_[word] = ~Word{0};
    }
    words_[last] |= tail;
  }

  void add(const Window& window) {
    if (window.empty()) {
      return;
    }
    touch(window.first(), window.end());
    for (std::size_t word = window.first(); word < window.end(); ++word) {
      words_[word] |= window.word(word);
    }
  }

  void add_word(std::size_t number, Word bits) {
    if (bits != 0) {
      touch(number, number + 1);
      words_[number] |= bits;
    }
  }

  void remove(std::size_t position) {
    words_[position / kWordBits] &= ~(Word{1} << (position % kWordBits));
  }

 private:
  void touch(std::size_t first, std::size_t end) {
    first_ = std::min(first_, first);
    end_ = std::max(end_, end);
  }

  std::vector<Word> words_;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
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
