#pragma once

#include <string>

#include "collect/aws/profile.h"
#include "collect/aws/session.h"

/// Private to the module.
namespace portolan::collect::aws {

/// The keys of the role that a profile names, by the sign-in that `aws sso login` left in its
/// cache. Error `not_signed_in`.
Result<Credentials> from_sso(const Setup& setup, const std::string& profile);

}  // namespace portolan::collect::aws
