#pragma once

/// The door of the module: who may do what, by the policies of AWS.
///
/// `parse_policy` reads policy documents, `add_account_details` and `add_organization` make a
/// `Directory` of principals, `decide` decides one request, `answer_line` one of a batch, `Who` all
/// of them at once; network.h knows the network's resources, actions.h what AWS says about actions.
/// All is pure, and says "unknown" where something was not readable or not collected. SOURCE: IAM
/// User Guide, "Policies and permissions in IAM"; each header names its page.

#include "iam/ability.h"     // IWYU pragma: export
#include "iam/actions.h"     // IWYU pragma: export
#include "iam/batch.h"       // IWYU pragma: export
#include "iam/directory.h"   // IWYU pragma: export
#include "iam/escalation.h"  // IWYU pragma: export
#include "iam/intent.h"      // IWYU pragma: export
#include "iam/keys.h"        // IWYU pragma: export
#include "iam/network.h"     // IWYU pragma: export
#include "iam/oracle.h"      // IWYU pragma: export
#include "iam/policy.h"      // IWYU pragma: export
#include "iam/request.h"     // IWYU pragma: export
#include "iam/resource.h"    // IWYU pragma: export
#include "iam/retag.h"       // IWYU pragma: export
#include "iam/who.h"         // IWYU pragma: export
