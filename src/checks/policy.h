#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "checks/check.h"

/// Part of the door of the checks module: what the user has decided about what checks find.
namespace portolan::checks {

/// Services that rules of some groups open to the internet on purpose.
struct AllowedPorts {
  /// `sg:PATTERN` of a group's name or id, or `tag:KEY=VALUE` of its tags; `*` and `?` as
  /// wildcards.
  std::string groups;
  ServiceSet services;
};

/// Made by the caller (the CLI reads it from `portolan.yaml`).
struct Policy {
  /// Rules that open nothing but this are no findings of checks about public sources.
  std::vector<AllowedPorts> allowed_ports;
  /// How bad all findings of a check are, by its id, whatever it says itself.
  std::map<std::string, Risk> severity;
};

/// `audit` of the door, by the policy.
std::vector<Finding> audit(const Context& context, const Policy& policy,
                           std::span<const Check* const> selected = {});

}  // namespace portolan::checks
