#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_whole_private_space;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules"};
constexpr std::string_view kYieldsTo[] = {"admin-port-lateral",
                                          "default-sg-has-rules",
                                          "sg-ingress-all-ports-any-source",
                                          "sg-ingress-plaintext-protocol",
                                          "sg-ingress-wide-range-internal",
                                          "sg-rule-suspicious-cidr",
                                          "web-instance-bypasses-elb"};

/// VPCs with a route to another network: there a private range is more than the VPC itself.
std::unordered_set<VpcId> joined_vpcs(const Snapshot& snapshot) {
  std::unordered_set<VpcId> joined;
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    for (const Route& route : table.routes) {
      const RouteTargetKind kind = route.target.kind;
      if (kind == RouteTargetKind::VpcPeering || kind == RouteTargetKind::TransitGateway ||
          kind == RouteTargetKind::VpnGateway || kind == RouteTargetKind::LocalGateway ||
          kind == RouteTargetKind::CoreNetwork) {
        joined.insert(table.vpc);
      }
    }
  }
  return joined;
}

bool holds_private_space(const IpPrefix& block) {
  static constexpr std::array<std::string_view, 4> kSpaces = {"10.0.0.0/8", "172.16.0.0/12",
                                                              "192.168.0.0/16", "100.64.0.0/10"};
  return std::any_of(kSpaces.begin(), kSpaces.end(), [&](std::string_view text) {
    const auto space = IpPrefix::parse(text);
    return space && block.contains(*space);
  });
}

bool holds_vpc(const Vpc& vpc, const IpPrefix& block) {
  return std::any_of(vpc.cidrs.begin(), vpc.cidrs.end(),
                     [&](const IpPrefix& cidr) { return block.contains(cidr); });
}

/// Public blocks have checks of their own, even if they hold private space.
bool is_public_block(const Context& context, const IpPrefix& block) {
  return !context.estate().is_internal(block);
}

class Judge {
 public:
  explicit Judge(const Context& context)
      : context_(context), joined_(joined_vpcs(context.snapshot())) {}

  void judge(const SecurityGroup& group, std::vector<Finding>& findings) const {
    for (const SecurityGroupRule& rule : group.rules) {
      const auto* block = std::get_if<IpPrefix>(&rule.peer);
      // What anybody may reach, the private space may reach.
      if (rule.is_egress || block == nullptr || is_public_block(context_, *block) ||
          context_.config().public_services.contains(rule.services)) {
        continue;
      }
      const Vpc* vpc = context_.snapshot().find(group.vpc);
      if (holds_private_space(*block) || (vpc != nullptr && holds_vpc(*vpc, *block))) {
        judge_rule(group, rule, *block, findings);
      } else if (vpc == nullptr && is_admin(rule)) {
        const std::string gap =
            fmt::format("{} was not collected: {}", group.vpc.value, call_of(Noun::Vpcs));
        findings.push_back(
            unknown(named(group, rule), Risk::Medium,
                    fmt::format("whether {} is the whole VPC is not known", block->text()), {gap}));
      }
    }
  }

 private:
  [[nodiscard]] Finding named(const SecurityGroup& group, const SecurityGroupRule& rule) const {
    Finding finding = about(sg_ingress_whole_private_space.id, group);
    finding.rules = {name_rule(group, rule)};
    finding.affected = affected_ids(context_.estate().interfaces_of(group.id));
    finding.fix =
        fmt::format("admit the groups that need it, then {}", revocation(finding.rules.front()));
    return finding;
  }

  /// Remote access, databases and the like; not where they are some of a wide range.
  [[nodiscard]] bool is_admin(const SecurityGroupRule& rule) const {
    return grade_known(rule.services, context_.config()).risk >= Risk::High &&
           port_count(rule.services) <= context_.config().wide_ports_low;
  }

  void judge_rule(const SecurityGroup& group, const SecurityGroupRule& rule, const IpPrefix& block,
                  std::vector<Finding>& findings) const {
    const bool is_wider = holds_private_space(block) && joined_.contains(group.vpc);
    const Owned& owned = group.owned;
    if (!is_admin(rule) && !is_wider && holds_private_space(block) &&
        !context_.snapshot().coverage().has(Noun::RouteTables, owned.account, owned.region)) {
      const std::string gap = fmt::format("the routes of {} were not collected: {}",
                                          group.vpc.value, call_of(Noun::RouteTables));
      findings.push_back(unknown(
          named(group, rule), Risk::Low,
          fmt::format("whether {} is more than the VPC is not known", block.text()), {gap}));
      return;
    }
    if (!is_admin(rule) && !is_wider) {
      return;  // the VPC alone, on a port of an application
    }
    Finding finding = named(group, rule);
    finding.risk = is_admin(rule) ? Risk::Medium : Risk::Low;
    finding.message =
        fmt::format("{} is open to {}, {}", services_text(rule.services), block.text(),
                    is_wider                     ? "and other networks are joined to the VPC"
                    : holds_private_space(block) ? "which is a whole private space"
                                                 : "which is the whole VPC");
    if (finding.affected.empty()) {
      const std::string gap = missing_interfaces(context_.snapshot(), group);
      finding.is_latent = gap.empty();
      finding.risk = gap.empty() ? lower(finding.risk) : finding.risk;
      finding.message += gap.empty() ? ", but no interface has the group" : "; " + gap;
      if (!gap.empty()) {
        finding.gaps = {gap};
      }
    }
    findings.push_back(std::move(finding));
  }

  const Context& context_;
  std::unordered_set<VpcId> joined_;
};

std::vector<Finding> run(const Context& context) {
  const Judge judge(context);
  return judge_groups(context, sg_ingress_whole_private_space.id,
                      "no rule admits a whole private network where it matters",
                      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                        judge.judge(group, findings);
                      });
}

}  // namespace

const Check sg_ingress_whole_private_space = {
    .id = "sg-ingress-whole-private-space",
    .title = "All private space or a whole VPC may connect",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "One machine inside that is taken over is enough to try remote access and databases "
        "of all the others. Where peerings, a transit gateway or a VPN join networks, "
        "10.0.0.0/8 is everybody on them.",
    .fix =
        "Find the sources in use with portolan connections. Replace the rule by one from the "
        "group, or the subnet, that needs it.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
