#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/name.h"

namespace portolan {

/// One tag. Key and value are text written by strangers: pass them through `printable` to show
/// them.
struct Tag {
  std::string key;
  std::string value;
  friend auto operator<=>(const Tag&, const Tag&) = default;
};

/// What every resource has: whose it is, where it is, and its tags.
struct Owned {
  AccountId account;  // the owner, which for a shared resource is not the account that listed it
  Region region;
  std::vector<Tag> tags;  // sorted by key

  /// The value of tag `key`, if the resource has that tag.
  [[nodiscard]] std::optional<std::string_view> tag(std::string_view key) const {
    for (const Tag& candidate : tags) {
      if (candidate.key == key) {
        return candidate.value;
      }
    }
    return std::nullopt;
  }
  /// The `Name` tag, or empty.
  [[nodiscard]] std::string_view name() const { return tag("Name").value_or(std::string_view{}); }

  friend auto operator<=>(const Owned&, const Owned&) = default;
};

}  // namespace portolan
