#include <algorithm>
#include <cmath>

#include "core/assert.h"
#include "core/ip.h"
#include "core/range_list.h"

namespace portolan {
namespace {

struct AddressSteps {
  static IpAddress after(const IpAddress& address) {
    const auto next = address.next();
    PORTOLAN_ASSERT(next.has_value());
    return *next;
  }
  static IpAddress before(const IpAddress& address) {
    const auto previous = address.previous();
    PORTOLAN_ASSERT(previous.has_value());
    return *previous;
  }
  /// False between the last IPv4 and the first IPv6 address: no range holds both families.
  static bool adjacent(const IpAddress& address, const IpAddress& other) {
    return address.next() == other;
  }
};

using Ranges = RangeList<IpSet::Range, AddressSteps>;

struct Space {
  const char* prefix;
  bool is_public;
};

/// Later rows overrule earlier ones. Where the registry calls global reachability not applicable
/// (Teredo, 6to4 and its relays) the space counts as public: traffic can come from there, and to
/// leave it out could hide an exposure.
/// SOURCE: IANA IPv4 Special-Purpose Address Registry; IANA IPv4 Address Space Registry (224/4).
constexpr Space kSpacesV4[] = {
    {"0.0.0.0/0", true},         // all else
    {"0.0.0.0/8", false},        // this network
    {"10.0.0.0/8", false},       // private
    {"100.64.0.0/10", false},    // shared, RFC 6598
    {"127.0.0.0/8", false},      // loopback
    {"169.254.0.0/16", false},   // link local
    {"172.16.0.0/12", false},    // private
    {"192.0.0.0/24", false},     // IETF protocol assignments
    {"192.0.0.9/32", true},      // port control protocol anycast
    {"192.0.0.10/32", true},     // TURN anycast
    {"192.0.2.0/24", false},     // documentation
    {"192.168.0.0/16", false},   // private
    {"198.18.0.0/15", false},    // benchmarking
    {"198.51.100.0/24", false},  // documentation
    {"203.0.113.0/24", false},   // documentation
    {"224.0.0.0/4", false},      // multicast
    {"240.0.0.0/4", false},      // reserved, and limited broadcast
};

/// SOURCE: IANA IPv6 Special-Purpose Address Registry; IANA IPv6 Address Space Registry, by which
/// all outside 2000::/3 is reserved, local or multicast.
constexpr Space kSpacesV6[] = {
    {"2000::/3", true},         // global unicast
    {"64:ff9b::/96", true},     // IPv4-IPv6 translation
    {"2001::/23", false},       // IETF protocol assignments
    {"2001::/32", true},        // Teredo
    {"2001:1::1/128", true},    // port control protocol anycast
    {"2001:1::2/128", true},    // TURN anycast
    {"2001:1::3/128", true},    // DNS-SD service registration anycast
    {"2001:3::/32", true},      // AMT
    {"2001:4:112::/48", true},  // AS112
    {"2001:20::/28", true},     // ORCHIDv2
    {"2001:30::/28", true},     // drone remote id
    {"2001:db8::/32", false},   // documentation
    {"3fff::/20", false},       // documentation
};

template <std::size_t kCount>
IpSet public_part(const Space (&spaces)[kCount]) {
  IpSet result;
  for (const Space& space : spaces) {
    const auto prefix = IpPrefix::parse(space.prefix);
    PORTOLAN_ASSERT(prefix.has_value());
    if (space.is_public) {
      result.add(*prefix);
    } else {
      result = result.without(IpSet({*prefix}));
    }
  }
  return result;
}

/// How many addresses the range holds, as a part of its family's space.
double share_of(const IpSet::Range& range) {
  const std::uint64_t low = range.last.low() - range.first.low();
  const std::uint64_t borrow = range.last.low() < range.first.low() ? 1 : 0;
  const std::uint64_t high = range.last.high() - range.first.high() - borrow;
  const double size = std::ldexp(static_cast<double>(high), 64) + static_cast<double>(low) + 1.0;
  return std::ldexp(size, -range.first.width());
}

/// The largest block that begins where `range` does and lies in it.
IpPrefix first_block(const IpSet::Range& range) {
  IpPrefix block = IpPrefix::host(range.first);
  while (block.length() > 0) {
    const IpPrefix wider(range.first, block.length() - 1);
    if (wider.first() != range.first || range.last < wider.last()) {
      break;
    }
    block = wider;
  }
  return block;
}

}  // namespace

IpSet::IpSet(const std::vector<IpPrefix>& prefixes) {
  std::vector<Range> ranges;
  ranges.reserve(prefixes.size());
  for (const IpPrefix& prefix : prefixes) {
    ranges.push_back({prefix.first(), prefix.last()});
  }
  ranges_ = Ranges::normalised(std::move(ranges));
}

const IpSet& IpSet::public_space(IpFamily family) {
  static const IpSet v4 = public_part(kSpacesV4);
  static const IpSet v6 = public_part(kSpacesV6);
  return family == IpFamily::V4 ? v4 : v6;
}

void IpSet::add(const IpPrefix& prefix) {
  Range added{prefix.first(), prefix.last()};
  // Everything from `begin` to `end` overlaps or touches the new range and melts into it.
  const auto begin = std::partition_point(ranges_.begin(), ranges_.end(), [&](const Range& range) {
    return range.last < added.first && !AddressSteps::adjacent(range.last, added.first);
  });
  auto end = begin;
  while (end != ranges_.end() &&
         (end->first <= added.last || AddressSteps::adjacent(added.last, end->first))) {
    added.first = std::min(added.first, end->first);
    added.last = std::max(added.last, end->last);
    ++end;
  }
  if (begin == end) {
    ranges_.insert(begin, added);
    return;
  }
  *begin = added;
  ranges_.erase(begin + 1, end);
}

bool IpSet::contains(const IpAddress& address) const {
  const auto at = std::partition_point(ranges_.begin(), ranges_.end(),
                                       [&](const Range& range) { return range.last < address; });
  return at != ranges_.end() && at->first <= address;
}

IpSet IpSet::united(const IpSet& other) const {
  IpSet result;
  result.ranges_ = Ranges::united(ranges_, other.ranges_);
  return result;
}

IpSet IpSet::intersected(const IpSet& other) const {
  IpSet result;
  result.ranges_ = Ranges::intersected(ranges_, other.ranges_);
  return result;
}

IpSet IpSet::without(const IpSet& other) const {
  IpSet result;
  result.ranges_ = Ranges::without(ranges_, other.ranges_);
  return result;
}

double IpSet::share(IpFamily family) const {
  double sum = 0;
  for (const Range& range : ranges_) {
    if (range.first.family() == family) {
      sum += share_of(range);
    }
  }
  return std::min(sum, 1.0);
}

std::vector<IpPrefix> IpSet::prefixes() const {
  std::vector<IpPrefix> result;
  for (Range rest : ranges_) {
    result.push_back(first_block(rest));
    while (result.back().last() < rest.last) {
      rest.first = AddressSteps::after(result.back().last());
      result.push_back(first_block(rest));
    }
  }
  return result;
}

}  // namespace portolan
