#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "events/json/value.h"

/// Private to the module.
namespace portolan::events {

/// Members of an object that are wanted together: found in one pass over it, where a look-up of
/// each would be one pass for each. Of names that differ only in case the first member counts, as
/// for `Value::operator[]`.
///
/// Example: `static constexpr MemberNames kNames(std::array<std::string_view, 2>{"arn", "type"});`
/// and `const auto [arn, type] = kNames.of(identity);`.
template <std::size_t kCount>
class MemberNames {
 public:
  constexpr explicit MemberNames(const std::array<std::string_view, kCount>& names)
      : names_(names) {
    for (std::size_t i = 0; i < kCount; ++i) {
      by_size_[names[i].size()] |= std::uint32_t{1} << i;  // of a longer name: no constant
    }
  }

  /// In the order of the names; of what is no object, nothing.
  [[nodiscard]] std::array<Value, kCount> of(const Value& object) const {
    std::array<Value, kCount> found;
    std::uint32_t left = ~std::uint32_t{0};
    object.members([&](std::string_view key, const Value& member) {
      if (key.size() > kLongest) {
        return;
      }
      for (std::uint32_t rest = by_size_[key.size()] & left; rest != 0; rest &= rest - 1) {
        const auto i = static_cast<std::size_t>(std::countr_zero(rest));
        if (same_word(key, names_[i])) {
          found[i] = member;
          left &= ~(std::uint32_t{1} << i);
          return;
        }
      }
    });
    return found;
  }

 private:
  static_assert(kCount <= 32);
  static constexpr std::size_t kLongest = 31;

  std::array<std::string_view, kCount> names_;
  std::array<std::uint32_t, kLongest + 1> by_size_ = {};  // which names are of that size
};

}  // namespace portolan::events
