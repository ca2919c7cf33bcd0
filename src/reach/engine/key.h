#pragma once

#include <cstdint>
#include <cstring>
#include <string>

#include "core/layered_map.h"

/// Private to the engine: numbers for things, and keys put together from numbers.
namespace portolan::reach {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// Everything that tells one class from another, as bytes.
class Key {
 public:
  Key& add(std::uint32_t number) {
    char bytes[sizeof(number)];
    std::memcpy(bytes, &number, sizeof(number));
    bytes_.append(bytes, sizeof(number));
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// Numbers different texts 0, 1, 2 … in the order they come. Copies share what they have in common.
class Numbers {
 public:
  std::uint32_t of(const std::string& text) {
    if (const std::uint32_t* number = numbers_.find(text)) {
      return *number;
    }
    numbers_.set(text, size_);
    return size_++;
  }
  /// None if the text has no number.
  [[nodiscard]] std::uint32_t find(const std::string& text) const {
    const std::uint32_t* number = numbers_.find(text);
    return number == nullptr ? kNone : *number;
  }
  [[nodiscard]] std::uint32_t size() const { return size_; }

 private:
  LayeredMap<std::string, std::uint32_t> numbers_;
  std::uint32_t size_ = 0;
};

}  // namespace portolan::reach
