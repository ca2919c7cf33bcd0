#pragma once

#include <span>
#include <string>
#include <string_view>

#include "checks/check.h"
#include "core/service.h"

/// Private to the module: what the well-known ports are for, and how bad it is to show them.
namespace portolan::checks {

/// One service of the family sg-ingress-world-*: the check of a service is its row.
struct WellKnown {
  std::string_view check;     // id of its check
  std::string_view title;     // "SSH"
  std::string_view services;  // text form of a ServiceSet
  Risk risk;                  // open to the world
};

/// All rows, worst first, sorted by check among equals.
std::span<const WellKnown> well_known_services();
/// The row of a check; asserts that there is one.
const WellKnown& well_known(std::string_view check);

/// How bad it is that these services are open to the world.
struct Grade {
  Risk risk = Risk::Info;
  std::string names;  // of the dangerous services among them: "SSH, MySQL", or empty
};
Grade grade_world(const ServiceSet& services, const Config& config);
/// The same, but a few ports that no row knows count as nothing worse than `low`.
Grade grade_known(const ServiceSet& services, const Config& config);

/// The next lower risk: of what is wrong on paper but not exposed.
Risk lower(Risk risk);
/// The next higher risk.
Risk higher(Risk risk);

}  // namespace portolan::checks
