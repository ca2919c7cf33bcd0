#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reach/connection_map.h"

/// Connections one after the other: how far somebody gets who takes over what he can connect to.
/// Part of the reachability module's door.
namespace portolan::reach {

/// One connection of a chain, that passes for sure.
struct Step {
  Party from;
  Party to;
  std::string source;   // id of one that opens it; the block of a host out there
  std::string target;   // id of one that takes it
  ServiceSet services;  // of those asked about
  std::string rule;  // the rule that lets it into the target, `sg-… sgr-… ingress tcp/22 …`
};

using AttackPath = std::vector<Step>;

/// What is reached, and after how many connections at the least.
struct Reached {
  Party party;
  std::set<std::string> members;
  int hops = 0;
  Step last;  // one of the connections that reach it
};

/// Everything that can be reached from `from` by at most `hops` connections of `services`, each
/// opened from what the one before reached; nearest first. Errors as `resolve`.
/// Cost: for each hop a column for each class that is not reached yet.
Result<std::vector<Reached>> blast_radius(const Network& network, const Connections& connections,
                                          const Selector& from, const ServiceSet& services,
                                          int hops);

/// All shortest chains of connections from `from` to `to`, at most `most` of them; of classes, not
/// of their members. None if there is no chain. Errors as `resolve`.
Result<std::vector<AttackPath>> attack_paths(const Network& network, const Connections& connections,
                                             const Selector& from, const Selector& to,
                                             const ServiceSet& services, std::size_t most);

}  // namespace portolan::reach
