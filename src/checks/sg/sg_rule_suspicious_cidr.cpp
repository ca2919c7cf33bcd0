#include <array>
#include <optional>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"

namespace portolan::checks {

extern const Check sg_rule_suspicious_cidr;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA IPv4 and IPv6 Special-Purpose Address Registries"};
constexpr std::string_view kYieldsTo[] = {"sg-egress-wide-public-cidr", "sg-ingress-split-world",
                                          "sg-ingress-wide-public-cidr"};

struct Oddity {
  std::string_view block;
  std::string_view meaning;
};

/// SOURCE: IANA IPv4 and IPv6 Special-Purpose Address Registries.
constexpr std::array<Oddity, 13> kOddities = {
    {{"255.255.255.255/32", "the broadcast address"},
     {"127.0.0.0/8", "loopback"},
     {"169.254.0.0/16", "link local, which groups do not filter"},
     {"224.0.0.0/4", "multicast, which a VPC does not route"},
     {"240.0.0.0/4", "reserved"},
     {"192.0.2.0/24", "documentation"},
     {"198.51.100.0/24", "documentation"},
     {"203.0.113.0/24", "documentation"},
     {"::1/128", "loopback"},
     {"fe80::/10", "link local, which groups do not filter"},
     {"ff00::/8", "multicast, which a VPC does not route"},
     {"2001:db8::/32", "documentation"},
     {"3fff::/20", "documentation"}}};

/// What is odd about a block; nothing if it can be meant.
std::optional<std::string> oddity_of(const IpPrefix& block) {
  if (block.length() > 0 && block.first() == IpPrefix::all(block.family()).first()) {
    return fmt::format("it begins at {} but is not {}", block.first().text(),
                       IpPrefix::all(block.family()).text());
  }
  for (const Oddity& oddity : kOddities) {
    const auto odd = IpPrefix::parse(oddity.block);
    if (odd && odd->contains(block)) {
      return fmt::format("it is {}", oddity.meaning);
    }
  }
  return std::nullopt;
}

/// CDK writes this egress rule to say "none", as a group made without any gets the one for all.
/// SOURCE: aws-cdk, aws-ec2/lib/security-group.ts, MATCH_NO_TRAFFIC.
bool is_placeholder(const SecurityGroupRule& rule, const IpPrefix& block) {
  return rule.is_egress && block.text() == "255.255.255.255/32" &&
         rule.services == ServiceSet::icmp(252, 86);
}

std::vector<Finding> run(const Context& context) {
  const std::string_view check = sg_rule_suspicious_cidr.id;
  return judge_groups(context, check, "every CIDR of its rules can be meant",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        for (const SecurityGroupRule& rule : group.rules) {
                          const auto* block = std::get_if<IpPrefix>(&rule.peer);
                          const auto odd = block == nullptr ? std::nullopt : oddity_of(*block);
                          if (!odd || is_placeholder(rule, *block)) {
                            continue;
                          }
                          Finding finding = about(check, group);
                          finding.risk = Risk::Low;
                          finding.rules = {name_rule(group, rule)};
                          finding.affected = affected_ids(context.estate().interfaces_of(group.id));
                          finding.message = fmt::format(
                              "{} {} {} is hardly meant: {}", services_text(rule.services),
                              rule.is_egress ? "to" : "from", block->text(), *odd);
                          finding.fix =
                              fmt::format("write down the CIDR that was meant, then {}",
                                          revocation(finding.rules.front(), rule.is_egress));
                          findings.push_back(std::move(finding));
                        }
                      });
}

}  // namespace

const Check sg_rule_suspicious_cidr = {
    .id = "sg-rule-suspicious-cidr",
    .title = "CIDR looks like a typing mistake or can never match",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "No packet of the internet or of a VPC comes from loopback, multicast or "
        "documentation space, and 0.0.0.0/8 is mostly a slip for 0.0.0.0/0 or a host. What "
        "was meant is not what the rule does.",
    .fix =
        "Find out which addresses were meant, and add a rule for them. Revoke the rule that "
        "matches nothing, or too much, with aws ec2 revoke-security-group-ingress or -egress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
