#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace portolan::tests {

/// Numbers that look random and are the same on every machine, which the distributions of the
/// standard library do not promise. SOURCE: Steele, Lea, Flood: "Fast splittable pseudorandom
/// number generators" (SplitMix64).
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// Choices that a fuzzer made: a byte each while there are some, then numbers of the seed 0. The
  /// bytes must outlive it.
  explicit Random(std::span<const std::uint8_t> choices) : state_(0), choices_(choices) {}

  [[nodiscard]] bool has_choices() const { return !choices_.empty(); }

  std::uint64_t next() {
    if (has_choices()) {
      const std::uint8_t choice = choices_.front();
      choices_ = choices_.subspan(1);
      return choice;
    }
    std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15ULL);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
  }
  /// 0 … count - 1; 0 of nothing.
  std::size_t below(std::size_t count) { return count == 0 ? 0 : next() % count; }
  /// Both ends may come.
  int between(int first, int last) {
    return first + static_cast<int>(below(static_cast<std::size_t>(last - first + 1)));
  }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  /// One of some; what stands there twice comes twice as often.
  std::string_view pick(std::initializer_list<std::string_view> words) {
    return words.begin()[below(words.size())];
  }
  template <class Value>
  Value& pick(std::vector<Value>& values) {
    return values[below(values.size())];
  }
  template <class Value>
  const Value& pick(const std::vector<Value>& values) {
    return values[below(values.size())];
  }

 private:
  std::uint64_t state_;
  std::span<const std::uint8_t> choices_;
};

}  // namespace portolan::tests
