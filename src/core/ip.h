#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace portolan {

enum class IpFamily : std::uint8_t { V4, V6 };

/// One IPv4 or IPv6 address.
///
/// Ordered by family (IPv4 first), then numerically. Text form: dotted quad, or RFC 5952 for IPv6.
class IpAddress {
 public:
  /// 0.0.0.0.
  constexpr IpAddress() = default;
  static IpAddress v4(std::uint32_t bits);
  static IpAddress v6(std::uint64_t high, std::uint64_t low);
  /// Error `bad_address` unless `text` is exactly one address (no prefix length, no zone).
  static Result<IpAddress> parse(std::string_view text);

  [[nodiscard]] IpFamily family() const { return family_; }
  [[nodiscard]] bool is_v4() const { return family_ == IpFamily::V4; }
  /// The 32 bits of an IPv4 address; asserts the family.
  [[nodiscard]] std::uint32_t v4_bits() const;
  /// The address as a 128-bit number in two halves; an IPv4 address has `high` 0.
  [[nodiscard]] std::uint64_t high() const { return high_; }
  [[nodiscard]] std::uint64_t low() const { return low_; }
  /// 32 or 128.
  [[nodiscard]] int width() const { return is_v4() ? 32 : 128; }
  /// The next address; nothing after the last one of the family.
  [[nodiscard]] std::optional<IpAddress> next() const;
  /// The address before; nothing before the first one of the family.
  [[nodiscard]] std::optional<IpAddress> previous() const;
  /// True for addresses that the public internet routes: not private (RFC 1918, 6598, 4193),
  /// loopback, link local, multicast, reserved or documentation space.
  /// SOURCE: IANA IPv4 and IPv6 Special-Purpose Address Registries.
  [[nodiscard]] bool is_public() const;
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  IpFamily family_ = IpFamily::V4;
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
};

/// An address block in CIDR notation. Host bits are cleared when it is made, as AWS does with the
/// CIDR of a rule, so equal blocks compare equal.
class IpPrefix {
 public:
  /// 0.0.0.0/0.
  constexpr IpPrefix() = default;
  /// Asserts 0 <= length <= width of the family.
  IpPrefix(IpAddress address, int length);
  /// The block that holds just `address`.
  static IpPrefix host(IpAddress address) { return IpPrefix(address, address.width()); }
  static IpPrefix all(IpFamily family);
  /// Error `bad_prefix` unless `text` is `ADDRESS/LENGTH`. Host bits are cleared.
  static Result<IpPrefix> parse(std::string_view text);

  [[nodiscard]] IpFamily family() const { return address_.family(); }
  [[nodiscard]] IpAddress first() const { return address_; }
  [[nodiscard]] IpAddress last() const;
  [[nodiscard]] int length() const { return length_; }
  [[nodiscard]] bool contains(const IpAddress& address) const;
  [[nodiscard]] bool contains(const IpPrefix& other) const;
  [[nodiscard]] bool overlaps(const IpPrefix& other) const;
  [[nodiscard]] bool is_everything() const { return length_ == 0; }
  [[nodiscard]] std::string text() const;

  friend constexpr auto operator<=>(const IpPrefix&, const IpPrefix&) = default;

 private:
  IpAddress address_;
  int length_ = 0;
};

/// A set of addresses of both families, kept as sorted, disjoint, non-touching ranges.
class IpSet {
 public:
  struct Range {
    IpAddress first;
    IpAddress last;  // inclusive, same family as `first`
    friend auto operator<=>(const Range&, const Range&) = default;
  };

  IpSet() = default;
  explicit IpSet(const std::vector<IpPrefix>& prefixes);
  /// The public internet: every address for which `IpAddress::is_public` holds.
  static const IpSet& public_space(IpFamily family);

  /// Cost: linear in the number of ranges.
  void add(const IpPrefix& prefix);
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] bool contains(const IpAddress& address) const;
  [[nodiscard]] const std::vector<Range>& ranges() const& { return ranges_; }
  /// By value from a temporary, so that `for (… : a.united(b).ranges())` is safe.
  [[nodiscard]] std::vector<Range> ranges() && { return std::move(ranges_); }
  [[nodiscard]] IpSet united(const IpSet& other) const;
  [[nodiscard]] IpSet intersected(const IpSet& other) const;
  [[nodiscard]] IpSet without(const IpSet& other) const;
  /// How much of `family`'s whole space is in the set, 0.0 to 1.0.
  [[nodiscard]] double share(IpFamily family) const;
  /// The set as the fewest prefixes, in order.
  [[nodiscard]] std::vector<IpPrefix> prefixes() const;

  friend bool operator==(const IpSet&, const IpSet&) = default;

 private:
  std::vector<Range> ranges_;
};

}  // namespace portolan

template <>
struct std::hash<portolan::IpAddress> {
  std::size_t operator()(const portolan::IpAddress& address) const noexcept {
    std::uint64_t mixed = address.high() * 0x9e3779b97f4a7c15ULL + address.low();
    mixed ^= mixed >> 32;
    mixed *= 0xd6e8feb86659fd93ULL;
    return static_cast<std::size_t>(mixed ^ (mixed >> 32)) + (address.is_v4() ? 0U : 1U);
  }
};

template <>
struct std::hash<portolan::IpPrefix> {
  std::size_t operator()(const portolan::IpPrefix& prefix) const noexcept {
    return std::hash<portolan::IpAddress>{}(prefix.first()) * 131U +
           static_cast<std::size_t>(prefix.length());
  }
};
