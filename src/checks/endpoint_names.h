#pragma once

#include <span>
#include <string>
#include <string_view>

#include "model/finding.h"

/// Private to the module: how a finding says which services have no endpoint, written and read in
/// one place, for a control of a benchmark asks about one of them.
namespace portolan::checks {

/// `2 private subnets go out by a NAT gateway for ec2, ssm: no endpoint leads there`.
std::string missing_endpoints_text(std::size_t subnets, std::span<const std::string> services);

/// True if the finding says so of the service (`ecr.api`).
bool names_endpoint(const Finding& finding, std::string_view service);

}  // namespace portolan::checks
