#pragma once

/// The door of the module: who may do what, by the policies of AWS.
///
/// `parse_policy` reads policy documents, `add_account_details` and `add_organization` make a
/// `Directory` of principals, `decide` decides one request, `Who` all of them at once, and
/// actions.h tells what AWS says about actions. All is pure, and says "unknown" where something was
/// not readable or not collected.
/// SOURCE: IAM User Guide, "Policies and permissions in IAM"; each header names its page.

#include "iam/actions.h"    // IWYU pragma: export
#include "iam/directory.h"  // IWYU pragma: export
#include "iam/oracle.h"     // IWYU pragma: export
#include "iam/policy.h"     // IWYU pragma: export
#include "iam/request.h"    // IWYU pragma: export
#include "iam/resource.h"   // IWYU pragma: export
#include "iam/who.h"        // IWYU pragma: export
