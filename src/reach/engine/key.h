#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <unordered_map>

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

/// Numbers different texts 0, 1, 2 … in the order they come.
class Numbers {
 public:
  std::uint32_t of(std::string_view text) {
    const auto [place, is_new] =
        numbers_.try_emplace(std::string(text), static_cast<std::uint32_t>(numbers_.size()));
    return place->second;
  }
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace portolan::reach
