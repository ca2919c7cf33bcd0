#include "checks/world.h"

#include <algorithm>
#include <utility>

namespace portolan::checks {

namespace {

constexpr double kWorldShare = 0.5;

/// Openings with the same meaning of which no two share a service.
std::vector<Opening> disjoint(std::span<const Opening> openings) {
  std::vector<Opening> parts;
  for (const Opening& opening : openings) {
    ServiceSet rest = opening.services;
    const std::size_t count = parts.size();
    for (std::size_t i = 0; i < count && !rest.empty(); ++i) {
      const ServiceSet common = parts[i].services.intersected(rest);
      if (common.empty()) {
        continue;
      }
      rest = rest.without(common);
      Opening both{.sources = parts[i].sources.united(opening.sources), .services = common};
      parts[i].services = parts[i].services.without(common);
      if (parts[i].services.empty()) {
        parts[i] = std::move(both);
      } else {
        parts.push_back(std::move(both));
      }
    }
    if (!rest.empty()) {
      parts.push_back({.sources = opening.sources, .services = std::move(rest)});
    }
  }
  return parts;
}

}  // namespace

double public_share(const IpSet& sources, IpFamily family) {
  static const std::array kShares = {IpSet::public_space(IpFamily::V4).share(IpFamily::V4),
                                     IpSet::public_space(IpFamily::V6).share(IpFamily::V6)};
  const double all = kShares[family == IpFamily::V4 ? 0 : 1];
  const IpSet& space = IpSet::public_space(family);
  // Nearly all sources are everybody or nobody out there, which is told without making a set.
  const auto& ranges = sources.ranges();
  const bool meets = std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
    const auto& list = space.ranges();
    const auto next = std::partition_point(
        list.begin(), list.end(), [&](const auto& each) { return each.last < range.first; });
    return range.first.family() == family && next != list.end() && next->first <= range.last;
  });
  if (!meets) {
    return 0.0;
  }
  const IpPrefix everything = IpPrefix::all(family);
  const bool has_all = std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
    return range.first == everything.first() && range.last == everything.last();
  });
  return has_all ? 1.0 : sources.intersected(space).share(family) / all;
}

bool is_world(const IpSet& sources, IpFamily family) {
  return public_share(sources, family) >= kWorldShare;
}

ServiceSet world_services(std::span<const Opening> openings, IpFamily family) {
  double most = 0;
  for (const Opening& opening : openings) {
    most += public_share(opening.sources, family);
  }
  ServiceSet services;
  if (most < kWorldShare) {
    return services;
  }
  for (const Opening& part : disjoint(openings)) {
    if (is_world(part.sources, family)) {
      services = services.united(part.services);
    }
  }
  return services;
}

int port_count(const ServiceSet& services) {
  return std::max(services.tcp_ports(), services.udp_ports());
}

}  // namespace portolan::checks
