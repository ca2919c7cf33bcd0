#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_self_all;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Default security groups for your VPCs"};
constexpr std::string_view kYieldsTo[] = {"default-sg-has-rules", "sg-rule-suspicious-cidr"};

bool is_every_port(const ServiceSet& services) {
  return services.contains(ServiceSet::tcp(1, 65535)) ||
         services.contains(ServiceSet::udp(1, 65535));
}

/// EKS needs the rule on the group that it makes for a cluster.
/// SOURCE: EKS User Guide, "View Amazon EKS security group requirements for clusters".
bool is_of_eks(const SecurityGroup& group) {
  return group.owned.tag("aws:eks:cluster-name").has_value();
}

/// Members of the data tier among others, if there are both: then the rule joins two tiers.
std::string span_of_tiers(const Context& context, const Interfaces& members) {
  const NetworkInterface* data = nullptr;
  const NetworkInterface* other = nullptr;
  for (const NetworkInterface* member : members) {
    (context.estate().is_data_tier(*member) ? data : other) = member;
  }
  return data == nullptr || other == nullptr
             ? std::string()
             : fmt::format("{} of the data tier and {} of another",
                           title_of(context.estate(), *data), title_of(context.estate(), *other));
}

Finding judge_rules(const Context& context, const SecurityGroup& group,
                    const std::vector<const SecurityGroupRule*>& rules,
                    const ServiceSet& services) {
  const Interfaces& members = context.estate().interfaces_of(group.id);
  const std::string span = span_of_tiers(context, members);
  const std::string gap = missing_interfaces(context.snapshot(), group);
  Finding finding = about(sg_ingress_self_all.id, group);
  for (const SecurityGroupRule* rule : rules) {
    finding.rules.push_back(name_rule(group, *rule));
  }
  finding.affected = affected_ids(members);
  finding.fix = fmt::format("admit the ports that members need of one another, then {}",
                            revocation(finding.rules.front()));
  finding.risk = span.empty() ? Risk::Low : Risk::Medium;
  finding.message =
      fmt::format("members of the group reach one another on {}", services_text(services));
  if (!span.empty()) {
    finding.message += fmt::format(", among them {}", span);
  } else if (!gap.empty()) {
    finding.message += fmt::format("; who they are is not known: {}", gap);
    finding.gaps = {gap};
  } else if (members.size() < 2) {
    finding.is_latent = true;
    finding.risk = Risk::Info;
    finding.message +=
        fmt::format(", but {} has it", members.empty() ? "no interface" : "one interface only");
  }
  return finding;
}

std::vector<Finding> run(const Context& context) {
  return judge_groups(
      context, sg_ingress_self_all.id,
      "members of the group do not reach one another on every port",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        std::vector<const SecurityGroupRule*> rules;
        ServiceSet services;
        for (const SecurityGroupRule& rule : group.rules) {
          const auto* reference = std::get_if<GroupReference>(&rule.peer);
          if (!rule.is_egress && reference != nullptr && reference->group == group.id) {
            rules.push_back(&rule);
            services = services.united(rule.services);
          }
        }
        const bool spans =
            !span_of_tiers(context, context.estate().interfaces_of(group.id)).empty();
        if (is_every_port(services) && (!is_of_eks(group) || spans)) {
          findings.push_back(judge_rules(context, group, rules, services));
        }
      });
}

}  // namespace

const Check sg_ingress_self_all = {
    .id = "sg-ingress-self-all",
    .title = "All traffic allowed between members of the group",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Who takes over one member has a way to every port of the others. Clusters need some "
        "of it; where members are of different tiers, the group joins what should be apart.",
    .fix =
        "Give each tier a group of its own. Replace the rule by one for each port that "
        "members use of one another.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
