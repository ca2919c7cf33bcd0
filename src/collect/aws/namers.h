#pragma once

#include <functional>
#include <set>
#include <string>

/// Private to the module: calls whose answers may name a security group that no interface has, and
/// that fill no table, so that no kind of row tells whether they were made. Calls that only list
/// what another one is asked about are none of them.
namespace portolan::collect::aws {

/// Commands of the AWS CLI, such as `glue get-connections`.
using Commands = std::set<std::string, std::less<>>;

/// SOURCE: posture 2.2, services whose read APIs return the ids of groups.
const Commands& naming_commands();

/// Those that are not among `asked`: `glue` where nothing was asked of that service, else single
/// commands.
std::set<std::string> unasked_namers(const Commands& asked);

}  // namespace portolan::collect::aws
