#pragma once

#include <set>
#include <string>

#include <boost/json.hpp>

/// Private to the module: members of answers that hold secrets, or that people put secrets into.
namespace portolan::collect::aws {

/// What stands in a dump in the place of such a value. The ids of security groups that it named
/// follow, as they are evidence that somebody uses these.
inline constexpr std::string_view kHidden = "(hidden)";

/// Takes the secrets out of an answer: passwords, tokens and keys, user data, values of environment
/// variables and of free settings, input of scheduled calls. Gives the names of the members, as
/// `Functions.Environment.Variables`; none if there were none.
std::set<std::string> hide_secrets(boost::json::object& answer);

}  // namespace portolan::collect::aws
