#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "reach/balancer.h"
#include "reach/connect.h"
#include "reach/network_index.h"

/// Which targets of a group a node may choose, by zone and by health.
namespace portolan::reach {

namespace {

/// SOURCE: ELBv2 API, TargetHealth, State.
enum class Use : std::uint8_t {
  Takes,  // healthy, or health is not checked or not known
  Spare,  // unhealthy or still registering: only where no target takes traffic
  Never,  // draining, or not in use at all
};

Use use_of(const Target& target) {
  if (target.health == "unused" || target.health == "draining") {
    return Use::Never;
  }
  const bool fails = target.health.starts_with("unhealthy") || target.health == "initial";
  return fails ? Use::Spare : Use::Takes;
}

enum class Balance : std::uint8_t { WithinZone, AcrossZones, Unknown };

/// Whether a node sends to other zones. The group's own setting wins; then an Application Load
/// Balancer does, and for the others an attribute says so.
/// SOURCE: Elastic Load Balancing guide, "Cross-zone load balancing".
Balance balance_of(const LoadBalancer& balancer, const TargetGroup& group) {
  if (group.cross_zone == "true" || group.cross_zone == "false") {
    return group.cross_zone == "true" ? Balance::AcrossZones : Balance::WithinZone;
  }
  if (balancer.kind == BalancerKind::Application) {
    return Balance::AcrossZones;
  }
  if (!balancer.is_cross_zone) {
    return Balance::Unknown;
  }
  return *balancer.is_cross_zone ? Balance::AcrossZones : Balance::WithinZone;
}

/// The names of the zones that the balancer is enabled in; empty if not known.
std::set<std::string> zones_of(const Network& network, const LoadBalancer& balancer) {
  std::set<std::string> zones;
  for (const BalancerZone& zone : balancer.zones) {
    const Subnet* subnet = network.snapshot().find(zone.subnet);
    const std::string& name = subnet == nullptr || !zone.zone.empty() ? zone.zone : subnet->zone;
    if (name.empty()) {
      return {};
    }
    zones.insert(name);
  }
  return zones;
}

struct Candidate {
  const Target* target = nullptr;
  TargetPlace place;
  bool is_other_zone = false;  // whether the node sends there was not collected
};

/// The targets that the node may send to, and what keeps the others away.
struct Candidates {
  std::vector<Candidate> takes;
  std::vector<Candidate> spare;
  Reason reason = Reason::BalancerNoTarget;
  std::string detail;

  void leave_out(Reason why, std::string text) {
    if (detail.empty() || (reason == Reason::BalancerNoTarget && why != reason)) {
      reason = why;
      detail = std::move(text);
    }
  }
};

/// False if the node never sends to the target's zone.
bool admits_zone(const std::set<std::string>& enabled, Balance balance, const NodeVisit& visit,
                 Candidate& candidate, Candidates& candidates) {
  const std::string& zone = candidate.place.zone;
  if (zone.empty() || visit.node.zone.empty()) {
    return true;
  }
  if (!enabled.empty() && !enabled.contains(zone)) {
    candidates.leave_out(Reason::BalancerZoneDisabled,
                         fmt::format("{} is in {}, which {} does not serve", candidate.target->id,
                                     zone, visit.balancer.balancer_name));
    return false;
  }
  if (zone != visit.node.zone && balance == Balance::WithinZone) {
    candidates.leave_out(
        Reason::BalancerNoTarget,
        fmt::format("no target in {}, and the node there sends to no other zone", visit.node.zone));
    return false;
  }
  candidate.is_other_zone = zone != visit.node.zone && balance == Balance::Unknown;
  return true;
}

Candidates candidates_of(const Network& network, const NodeVisit& visit, const TargetGroup& group) {
  Candidates candidates;
  const std::set<std::string> enabled = zones_of(network, visit.balancer);
  const Balance balance = balance_of(visit.balancer, group);
  for (const Target& target : *group.targets) {
    Candidate candidate{.target = &target, .place = find_target(network, group, target)};
    if (!admits_zone(enabled, balance, visit, candidate, candidates)) {
      continue;
    }
    const Use use = use_of(target);
    if (use == Use::Never) {
      candidates.leave_out(Reason::BalancerNoTarget,
                           fmt::format("{} is {}", target.id, target.health));
      continue;
    }
    (use == Use::Takes ? candidates.takes : candidates.spare).push_back(std::move(candidate));
  }
  if (candidates.detail.empty()) {
    candidates.detail = fmt::format("{} has no targets", group.group_name);
  }
  return candidates;
}

Outcome to_candidate(const Network& network, const NodeVisit& visit, const TargetGroup& group,
                     const Candidate& candidate, const ServiceSet& services) {
  Outcome outcome = to_target(network, visit, group, *candidate.target, candidate.place, services);
  if (candidate.is_other_zone && !outcome.passage.blocked()) {
    outcome.then(
        undecided(Direction::Forward, visit.balancer.id.value, "", Reason::NotCollected,
                  fmt::format("whether {} sends from {} to {} was not collected: {}",
                              visit.balancer.balancer_name, visit.node.zone, candidate.place.zone,
                              visit.balancer.kind == BalancerKind::Classic
                                  ? "elb describe-load-balancer-attributes"
                                  : "elbv2 describe-load-balancer-attributes"),
                  services));
  }
  return outcome;
}

}  // namespace

Outcome to_targets(const Network& network, const NodeVisit& visit, const TargetGroup& group,
                   const ServiceSet& services) {
  if (!group.targets) {
    return undecided(Direction::Forward, group.id.value, "", Reason::NotCollected,
                     fmt::format("the targets of {} were not collected: {}", group.group_name,
                                 call_of(Noun::TargetHealth)),
                     services);
  }
  const Candidates candidates = candidates_of(network, visit, group);
  // Where no target is healthy, all of them get traffic.
  // SOURCE: Network and Application Load Balancer guides, "Target group health".
  const auto& chosen = candidates.takes.empty() ? candidates.spare : candidates.takes;
  if (chosen.empty()) {
    return blocked(Direction::Forward, group.id.value, "", candidates.reason, candidates.detail);
  }
  std::optional<Outcome> best;
  for (const Candidate& candidate : chosen) {
    if (best && best->passage.yes.contains(services)) {
      break;
    }
    Outcome outcome = to_candidate(network, visit, group, candidate, services);
    best = best ? beside(*std::move(best), std::move(outcome)) : std::move(outcome);
  }
  if (best->passage.blocked()) {
    best->then(blocked(Direction::Forward, group.id.value, "", Reason::BalancerTargetBlocked,
                       fmt::format("no target of {} can be reached, of {} that get traffic",
                                   group.group_name, chosen.size())));
  }
  return *std::move(best);
}

}  // namespace portolan::reach
