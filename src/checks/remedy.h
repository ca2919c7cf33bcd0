#pragma once

#include <vector>

#include "model/change.h"
#include "model/finding.h"

/// Part of the door of the checks module: what would put a finding right.
namespace portolan::checks {

class Context;

/// Edits of the snapshot that take a finding away; none where only people can say what to do.
/// Applied as a what-if they must open nothing.
using Remedy = std::vector<Change>;

/// The remedy that the finding's check knows. `finding` must be about the context's snapshot.
/// Findings that do not fail have none.
Remedy remedy_of(const Context& context, const Finding& finding);

// What checks have as their remedy.

/// Takes away the rules of groups that the finding names.
Remedy revoke_rules(const Context& context, const Finding& finding);
/// Takes them away, and lets the members of the groups out to what they need, as far as they were
/// before. Nothing where it is not known what they need.
Remedy narrow_egress(const Context& context, const Finding& finding);
/// Nothing: it is for people to decide.
Remedy no_remedy(const Context& context, const Finding& finding);
/// Takes away the rules of other groups that name the group, then deletes it.
Remedy delete_group(const Context& context, const Finding& finding);
/// The same for all groups that are affected: they name one another.
Remedy delete_cluster(const Context& context, const Finding& finding);
/// The instance's metadata service wants a session token.
Remedy require_tokens(const Context& context, const Finding& finding);

}  // namespace portolan::checks
