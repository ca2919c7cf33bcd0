#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "reach/question.h"
#include "reach/reach.h"

/// Private to the module: what the names in questions stand for.
namespace portolan::reach {

/// The places of the one resource that has the id, or else the name, `value`. Errors `unknown_name`
/// and, where the name fits several, `ambiguous_name`.
Result<std::vector<Place>> places_named(const Network& network, const std::string& value);

/// The places of all that a selector of kind Group, Subnet, VpcOf, Balancer, TagOf or AccountOf
/// fits: by id or else by name, where `*` and `?` are wildcards. Error `unknown_name`.
Result<std::vector<Place>> places_in(const Network& network, const Selector& selector);

/// The VPC with the id or name. Errors as `places_named`.
Result<VpcId> vpc_named(const Network& network, const std::string& value);

}  // namespace portolan::reach
