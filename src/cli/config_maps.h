#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "checks/policy.h"
#include "cli/yaml_file.h"

/// The settings that are lists of `name: value`.
namespace portolan::cli {

/// `"sg:edge-*": tcp/8443 udp/443`, `"tag:service=mail": tcp/25`.
tl::expected<std::vector<checks::AllowedPorts>, Fault> allowed_ports_of(const YAML::Node& node,
                                                                        std::string_view name);

/// `sg-ingress-world-smtp: low`.
tl::expected<std::map<std::string, Risk>, Fault> severity_of(const YAML::Node& node,
                                                             std::string_view name);

}  // namespace portolan::cli
