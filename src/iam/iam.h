#pragma once

/// The door of the module: who may do what, by the policies of AWS.
///
/// `parse_policy` reads policy documents, `decide` decides one request, actions.h tells what AWS
/// says about actions. All is pure, and says "unknown" where something was not readable.
/// SOURCE: IAM User Guide, "Policies and permissions in IAM"; each header names its page.

#include "iam/actions.h"  // IWYU pragma: export
#include "iam/oracle.h"   // IWYU pragma: export
#include "iam/policy.h"   // IWYU pragma: export
#include "iam/request.h"  // IWYU pragma: export
