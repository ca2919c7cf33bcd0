#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "reach/connections.h"

/// Connections for people: from whom to whom on which services. Part of the reachability module's
/// door.
namespace portolan::reach {

/// Ends that are called by what they have in common: their groups.
struct Party {
  EndClass::Kind kind = EndClass::Kind::Interfaces;
  /// `sg:web`, `sg:web + sg:ops in vpc:main`, `subnet:app-a` for interfaces without groups;
  /// `internet`, `internet 203.0.113.0/24`, `internet without 3.5.64.0/21`, `outside
  /// 192.168.0.0/16` for private addresses; `lb:shop` (which stands for its nodes), `endpoint:s3`;
  /// an id.
  std::string label;
  bool is_internet = false;  // hosts with public addresses
  friend auto operator<=>(const Party&, const Party&) = default;
};

/// What one party may open to another.
struct ConnectionRow {
  Party from;
  Party to;
  Passage passage;
  /// Ids of those for whom it holds, in whatever subnets; the label for hosts out there.
  std::set<std::string> sources;
  std::set<std::string> targets;
  /// Ordered pairs of two different ends; sources x targets if it holds for each of them.
  std::uint64_t pairs = 0;
};

struct ConnectionFilter {
  std::optional<Selector> from;
  std::optional<Selector> to;
  ServiceSet services = ServiceSet::all();  // only what is in it, and rows that have some of it
  bool from_internet = false;               // only what hosts with public addresses open
};

/// The rows that the filter leaves: the internet's first, then by names and services.
/// Errors as `resolve`. Cost: a column for each target class that is asked about.
Result<std::vector<ConnectionRow>> connection_map(const Network& network,
                                                  const Connections& connections,
                                                  const ConnectionFilter& filter);

}  // namespace portolan::reach
