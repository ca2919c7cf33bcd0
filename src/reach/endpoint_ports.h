#pragma once

#include <string_view>

#include "core/service.h"

/// Private to the module: what AWS's own services answer behind interface endpoints.
namespace portolan::reach {

/// The services that `service_name` (`com.amazonaws.eu-west-1.ssm`, `aws.sagemaker.…`) answers:
/// tcp/443 for most.
ServiceSet aws_service_ports(std::string_view service_name);

}  // namespace portolan::reach
