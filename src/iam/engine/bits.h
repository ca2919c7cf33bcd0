#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace portolan::iam::engine {

/// A set of rows.
///
/// INVARIANT: bits beyond `size` are zero.
class Bits {
 public:
  explicit Bits(std::size_t size = 0) : size_(size), words_((size + 63) / 64) {}
  static Bits all(std::size_t size) {
    Bits bits(size);
    bits.set_range(0, size);
    return bits;
  }

  void set(std::size_t row) { words_[row / 64] |= std::uint64_t{1} << (row % 64); }
  void reset(std::size_t row) { words_[row / 64] &= ~(std::uint64_t{1} << (row % 64)); }
  void set_range(std::size_t begin, std::size_t end) {
    for (; begin < end && begin % 64 != 0; ++begin) {
      set(begin);
    }
    for (; begin + 64 <= end; begin += 64) {
      words_[begin / 64] = ~std::uint64_t{0};
    }
    for (; begin < end; ++begin) {
      set(begin);
    }
  }
  [[nodiscard]] bool test(std::size_t row) const {
    return ((words_[row / 64] >> (row % 64)) & 1U) != 0;
  }
  [[nodiscard]] bool none() const {
    for (const std::uint64_t word : words_) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }
  /// Whether a row is in both.
  [[nodiscard]] bool meets(const Bits& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & other.words_[i]) != 0) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] std::size_t count() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) {
      count += static_cast<std::size_t>(std::popcount(word));
    }
    return count;
  }
  [[nodiscard]] std::size_t size() const { return size_; }

  Bits& operator|=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] |= other.words_[i];
    }
    return *this;
  }
  /// Takes in what both others have.
  void add_common(const Bits& a, const Bits& b) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] |= a.words_[i] & b.words_[i];
    }
  }
  Bits& operator&=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] &= other.words_[i];
    }
    return *this;
  }
  /// Takes the rows of the other set away.
  Bits& operator-=(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      words_[i] &= ~other.words_[i];
    }
    return *this;
  }
  friend Bits operator&(Bits a, const Bits& b) { return a &= b; }
  friend Bits operator-(Bits a, const Bits& b) { return a -= b; }
  friend auto operator<=>(const Bits&, const Bits&) = default;

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace portolan::iam::engine
