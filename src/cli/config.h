#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "checks/policy.h"
#include "core/result.h"
#include "iam/iam.h"

namespace portolan::cli {

/// What the file of settings says: of the estate, and of what is found there.
struct Settings {
  checks::Config config;
  checks::Policy policy;
  std::optional<iam::Intent> allowed;  // who may change what of the network
};

/// Reads what the user says about the estate:
///
///     production_tags: ["env=prod*", "stage=live"]
///     wide_ports_low: 5
///     allowed_ports: {"sg:edge-*": tcp/8443, "tag:service=mail": tcp/25}
///     severity: {sg-rule-no-description: low}
///     allowed: [{principals: [role/network-admin]}]   # see roles_file.h
///
/// What is not named keeps its default. Error `bad_config`, with line and advice; its context is
/// `file`.
Result<Settings> parse_settings(std::string_view text, const std::string& file);

/// What of it is about the estate.
Result<checks::Config> parse_config(std::string_view text, const std::string& file);

/// All of it from a file. Errors also as `read_text`.
Result<Settings> read_settings(const std::string& file);

}  // namespace portolan::cli
