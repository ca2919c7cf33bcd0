#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/ip.h"
#include "core/service.h"

/// Private to the module: what counts as "the world".
namespace portolan::checks {

inline constexpr std::array kFamilies = {IpFamily::V4, IpFamily::V6};

/// Sources that may open connections to services.
struct Opening {
  IpSet sources;
  ServiceSet services;
};

/// How much of the public address space of `family` is in `sources`, 0.0 to 1.0.
double public_share(const IpSet& sources, IpFamily family);

/// True if the sources hold at least half of the public space of `family`: nobody names that many
/// addresses on purpose, and whoever wants in finds one of them.
bool is_world(const IpSet& sources, IpFamily family);

/// The services that all openings together offer to the world, although each may offer them to a
/// part only.
ServiceSet world_services(std::span<const Opening> openings, IpFamily family);

/// Every port of tcp or udp, port 0 left out: 1-65535 is as open as 0-65535.
inline constexpr int kPortsEvery = 65535;

/// The part of `services` that is tcp or udp, as the greater number of ports of the two.
int port_count(const ServiceSet& services);

}  // namespace portolan::checks
