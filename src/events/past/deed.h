#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "events/timeline.h"
#include "model/any_resource.h"

/// Private to the module: edits with what the logs tell of the time before them.
namespace portolan::events {

/// What was there before an edit, as far as earlier events tell.
struct Before {
  bool is_known = false;  // of the members below, the one that the edit is about
  std::optional<SecurityGroupRule> rule;
  std::optional<NetworkAclEntry> entry;  // absent: there was none
  std::optional<Route> route;            // absent: there was none
  std::optional<BlockMode> mode;
  std::optional<bool> is_active;        // of a peering
  std::vector<SecurityGroupId> groups;  // of an interface
  std::string part;                     // rtb-… or acl-… of an association; empty: none
  SubnetSet subnet;
  std::optional<ExclusionSet> exclusion;
  std::vector<AnyResource> rows;  // what the edit takes away
};

/// One edit that took effect, with ids in the place of names, rule ids and association ids where
/// earlier events tell what these stand for.
struct Deed {
  const Event* event = nullptr;
  std::size_t number = 0;  // of the event
  Edit edit;
  Before before;
};

/// In causal order. What failed, and the second record of one action, is left out.
std::vector<Deed> deeds_of(const Timeline& timeline);

/// What an edit does to a snapshot, one way or the other.
struct Effect {
  std::vector<Change> changes;
  std::vector<Gap> gaps;  // of the moments on the far side of the edit
  /// Rules that ought to be there, or not to be there, on the near side and are not as they ought:
  /// with it a gap, of the moments between the edit and the snapshot.
  std::vector<std::pair<SecurityGroupId, SecurityGroupRule>> doubtful_rules;
  std::vector<Gap> contradictions;
};

/// From before the edit to after it, and back. `snapshot` is the near side.
Effect forward(const Deed& deed, const Snapshot& snapshot);
Effect backward(const Deed& deed, const Snapshot& snapshot);

}  // namespace portolan::events
