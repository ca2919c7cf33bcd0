#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/estate.h"
#include "checks/finding_text.h"
#include "checks/openings.h"
#include "checks/world.h"

/// Private to the module: the rule engine of the checks that look for rules open to the world.
namespace portolan::checks {

/// Rules that together open services to the world.
struct Cause {
  std::vector<const OpenRule*> rules;
  std::vector<IpFamily> families;  // of which the world gets in
  ServiceSet services;
  Interfaces interfaces;  // that the rules guard
};

/// How bad services are in the eyes of a check.
using RiskOf = std::function<Risk(const ServiceSet& services)>;

/// One rule makes one finding: these tell more of a rule than a check about one service does.
inline constexpr std::array<std::string_view, 5> kMoreThanAService = {
    "sg-ingress-prefix-list", "sg-ingress-world-all-ports", "sg-ingress-world-all-traffic",
    "sg-ingress-world-wide-range", "sg-rule-suspicious-cidr"};
/// Of a rule with several services the worst is told, SSH and RDP before others.
inline constexpr std::array<std::string_view, 4> kBesideAService = {
    "sg-ingress-prefix-list", "sg-ingress-world-*", "sg-rule-suspicious-cidr",
    "web-instance-bypasses-elb"};
/// What is told wherever nothing else tells of the rule.
inline constexpr std::array<std::string_view, 6> kAnythingElse = {
    "sg-ingress-ip-family-mismatch", "sg-ingress-prefix-list",
    "sg-ingress-split-world",        "sg-ingress-world-*",
    "sg-rule-suspicious-cidr",       "web-instance-bypasses-elb"};

/// The cause of one rule, for services of it.
Cause cause_of(const Context& context, const OpenRule& open, const ServiceSet& services);

/// Completes `finding` (made by `about`): what is open, whether the internet gets there now and
/// how, or what blocks it. Exposed: the risk of what is reached. Latent: one lower than on paper.
Finding judge(const Context& context, Finding finding, const Cause& cause, const RiskOf& risk_of);

/// Unknown: the sources of the rule are not known, which opens `services` of a group.
Finding unresolved(const Context& context, Finding finding, const SecurityGroup& group,
                   const SecurityGroupRule& rule, Risk risk);

/// Each rule that opens some of `wanted` to the world.
std::vector<Finding> judge_open_services(const Context& context, std::string_view check,
                                         std::string_view praise, const ServiceSet& wanted,
                                         const RiskOf& risk_of);

/// The check of a row of `well_known_services`: each rule that opens its ports to the world.
std::vector<Finding> judge_service(const Context& context, std::string_view check);

}  // namespace portolan::checks
