#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "checks/trail.h"
#include "events/network_past.h"

/// Part of the door of the checks module: what was reached while something was open.
namespace portolan::checks {

/// From when to when something was reachable from the internet: some host with a public address
/// could open connections of these services to it, rules, routes, addresses, NACLs and all else
/// that decides taken together.
struct ExposureWindow {
  std::string resource;  // eni-…, or the ARN of a load balancer
  std::string name;      // of the instance or interface, or the balancer; their id if it has none
  std::string instance;  // i-…, or empty
  std::vector<SecurityGroupId> groups;  // that the interface had meanwhile, sorted
  AccountId account;
  Region region;
  ServiceSet services;
  bool is_certain = true;             // false: whether it was reachable is not known; see the gaps
  std::optional<Time> from;           // absent: since before the logs begin
  std::optional<Time> until;          // absent: to the end of what is known
  std::optional<std::size_t> opener;  // the event in `Timeline::events`, where it is one
  std::optional<std::size_t> closer;
  friend bool operator==(const ExposureWindow&, const ExposureWindow&) = default;
};

/// The second clock: not when a rule was open, but when something was reached through it.
/// Replays what happened, connection by connection; by beginning, resource and services.
/// Cost: that of all connections of the network once, and of each change what it touches.
std::vector<ExposureWindow> exposure_windows(const events::NetworkPast& past, int threads = 1);

/// What was opened to the internet is one grade worse, and says so, if something became reachable
/// through it, and one grade milder if nothing did for sure. The detections are sorted anew.
void weigh_by_reach(std::vector<Detection>& detections, const events::Timeline& timeline,
                    const std::vector<ExposureWindow>& windows);

}  // namespace portolan::checks
