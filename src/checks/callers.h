#pragma once

#include <functional>
#include <optional>
#include <string>

#include "checks/check.h"
#include "checks/estate.h"

/// Private to the module: who inside the snapshot gets in.
namespace portolan::checks {

/// What to look for: connections to any of `to` from those that a rule's peer stands for, that is
/// the members of its group, or the holders of addresses in its CIDR or list.
struct Search {
  const RulePeer* peer = nullptr;
  const Interfaces* to = nullptr;
  ServiceSet services;
  std::function<bool(const NetworkInterface&)> counts;  // callers to pass over; empty: none
  std::size_t wanted = 1;  // stop when that many interfaces were found to get in
};

struct Callers {
  Interfaces interfaces;                     // that get in, each to some of `to`
  std::optional<reach::Answer> way;          // of the first
  const NetworkInterface* target = nullptr;  // of that way
  /// What keeps the answer open where nobody was found to get in: a missing document, or that more
  /// than `kTracesMax` pairs could not be looked up. Empty otherwise.
  std::string gap;
};

/// Interfaces of one kind share an answer, and those in the VPC of a target are tried first, so a
/// caller is found at once where there is one. An interface does not call its own host. The entries
/// of a prefix list must have been collected (see `peer_blocks`).
inline constexpr std::size_t kTracesMax = 2000;
Callers find_callers(const Context& context, const Search& search);

}  // namespace portolan::checks
