#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace portolan {

/// IANA protocol numbers that have a second dimension (port, or ICMP type and code).
inline constexpr int kProtocolIcmp = 1;
inline constexpr int kProtocolTcp = 6;
inline constexpr int kProtocolUdp = 17;
inline constexpr int kProtocolIcmpV6 = 58;

/// A set of services: (protocol, destination port | ICMP type x code) pairs, as a sorted list of
/// segments on one line of points:
///
///     tcp ports | udp ports | icmp type*256+code | icmpv6 type*256+code | protocol numbers
///     0          65536       131072                196608                 262144 .. 262400
///
/// Every filter of AWS is such a list, so union and intersection are exact and linear.
/// The protocol block has no points for tcp, udp, icmp and icmpv6: they live in their own blocks.
///
/// Text form: services separated by one space, each `tcp`, `tcp/22`, `tcp/80,443`,
/// `tcp/1024-65535`, `udp/…`, `icmp`, `icmp/8`, `icmp/3/4`, `icmpv6/…`, `proto/50`, `proto/2-5`; or
/// `any`; the empty set is `none`. It parses back. Every number may be a list with ranges
/// (`icmp/0,8`, `icmp/3/0-4`, `proto/2-5,50`). `proto/6` reads as `tcp`, and so on for the four.
class ServiceSet {
 public:
  using Point = std::uint32_t;
  static constexpr Point kBlock = 65536;
  static constexpr Point kTcp = 0;
  static constexpr Point kUdp = kBlock;
  static constexpr Point kIcmp = 2 * kBlock;
  static constexpr Point kIcmpV6 = 3 * kBlock;
  static constexpr Point kOther = 4 * kBlock;
  static constexpr Point kEnd = kOther + 256;

  struct Segment {
    Point first;
    Point last;  // inclusive
    friend auto operator<=>(const Segment&, const Segment&) = default;
  };

  /// The empty set.
  ServiceSet() = default;
  static ServiceSet all();
  static ServiceSet tcp(int first_port, int last_port);
  static ServiceSet tcp(int port) { return tcp(port, port); }
  static ServiceSet udp(int first_port, int last_port);
  static ServiceSet udp(int port) { return udp(port, port); }
  /// `type` or `code` -1 means every one. Asserts -1..255.
  static ServiceSet icmp(int type = -1, int code = -1);
  static ServiceSet icmpv6(int type = -1, int code = -1);
  /// All of one protocol, by IANA number 0..255 (6 is all of tcp).
  static ServiceSet protocol(int number);
  /// The points of segments, which are sorted and do not overlap.
  static ServiceSet of_segments(const std::vector<Segment>& segments);
  /// Error `bad_service`. Accepts the text form, and several services separated by spaces.
  static Result<ServiceSet> parse(std::string_view text);

  [[nodiscard]] bool empty() const { return segments_.empty(); }
  [[nodiscard]] bool is_all() const;
  [[nodiscard]] bool contains(const ServiceSet& other) const;
  [[nodiscard]] bool overlaps(const ServiceSet& other) const;
  [[nodiscard]] ServiceSet united(const ServiceSet& other) const;
  [[nodiscard]] ServiceSet intersected(const ServiceSet& other) const;
  [[nodiscard]] ServiceSet without(const ServiceSet& other) const;
  /// How many ports of tcp (or udp) are in the set, 0..65536.
  [[nodiscard]] int tcp_ports() const { return count(kTcp, kBlock); }
  [[nodiscard]] int udp_ports() const { return count(kUdp, kBlock); }
  [[nodiscard]] const std::vector<Segment>& segments() const& { return segments_; }
  /// By value from a temporary, so that `for (… : a.united(b).segments())` is safe.
  [[nodiscard]] std::vector<Segment> segments() && { return std::move(segments_); }
  [[nodiscard]] std::string text() const;

  friend auto operator<=>(const ServiceSet&, const ServiceSet&) = default;

 private:
  static ServiceSet of(Point first, Point last);
  [[nodiscard]] int count(Point base, Point size) const;

  std::vector<Segment> segments_;
};

/// The IANA number of a protocol given as AWS or a person writes it: a number `0`..`255`, or a
/// name such as `tcp`, `icmpv6`, `esp`. Nothing for `-1`, `any` and unknown names.
std::optional<int> protocol_number(std::string_view text);

}  // namespace portolan
