#pragma once

#include <vector>

#include "model/change.h"
#include "model/finding.h"
#include "model/snapshot.h"

/// Part of the door of the checks module: what would put a finding right.
namespace portolan::checks {

/// Edits of the snapshot that take a finding away; none where only people can say what to do.
/// Applied as a what-if they must open nothing.
using Remedy = std::vector<Change>;

/// The remedy that the finding's check knows. `finding` must be about this snapshot. Findings that
/// do not fail have none.
Remedy remedy_of(const Snapshot& snapshot, const Finding& finding);

// What checks have as their remedy.

/// Takes away the rules of groups that the finding names.
Remedy revoke_rules(const Snapshot& snapshot, const Finding& finding);
/// Nothing: it is for people to decide.
Remedy no_remedy(const Snapshot& snapshot, const Finding& finding);
/// Takes away the rules of other groups that name the group, then deletes it.
Remedy delete_group(const Snapshot& snapshot, const Finding& finding);
/// The same for all groups that are affected: they name one another.
Remedy delete_cluster(const Snapshot& snapshot, const Finding& finding);
/// The instance's metadata service wants a session token.
Remedy require_tokens(const Snapshot& snapshot, const Finding& finding);

}  // namespace portolan::checks
