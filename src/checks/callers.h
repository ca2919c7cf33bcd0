#pragma once

#include <optional>
#include <string>

#include "checks/check.h"
#include "checks/estate.h"

/// Private to the module: who inside the snapshot gets in, by tracing.
namespace portolan::checks {

/// What to look for: connections from any of `from` to any of `to`.
struct Search {
  Interfaces from;
  Interfaces to;
  ServiceSet services;
  std::optional<IpPrefix> block;  // the address of `from` must be in it
  std::size_t wanted = 1;         // stop when that many interfaces were found to get in
};

struct Callers {
  Interfaces interfaces;                     // that get in, each to some of `to`
  std::optional<reach::Answer> way;          // of the first
  const NetworkInterface* target = nullptr;  // of that way
  std::string gap;          // what kept a pair from being decided, if no pair passes
  bool is_complete = true;  // false: the search stopped at `kTracesMax`
};

/// Interfaces of one kind share an answer, and those in the VPC of a target are tried first, so the
/// first caller is found at once where there is one. An interface does not call itself, nor one of
/// its own instance.
inline constexpr std::size_t kTracesMax = 2000;
Callers find_callers(const Context& context, const Search& search);

/// The interfaces that a rule's peer may stand for: members of the group, holders of addresses in
/// the CIDR or the list. Nothing if the entries of the list were not collected.
std::optional<Interfaces> peers_of(const Context& context, const RulePeer& peer);

}  // namespace portolan::checks
