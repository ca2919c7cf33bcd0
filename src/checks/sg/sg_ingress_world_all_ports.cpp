#include "checks/check.h"
#include "checks/each.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_all_ports;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 1.5: 5.2, 5.3", "CIS AWS 3.0: 5.2, 5.3",
                                            "CIS AWS 5.0: 5.3, 5.4", "CIS AWS 7.0: 6.3, 6.4"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-world-all-traffic"};

/// 1-65535 is as open as 0-65535: nothing listens on port 0.
const ServiceSet& every_port(bool is_tcp) {
  static const ServiceSet kTcp = ServiceSet::tcp(1, 65535);
  static const ServiceSet kUdp = ServiceSet::udp(1, 65535);
  return is_tcp ? kTcp : kUdp;
}

/// Every port that these services open, of either protocol.
ServiceSet whole_protocols(const ServiceSet& services) {
  ServiceSet whole;
  for (const bool is_tcp : {true, false}) {
    if (services.contains(every_port(is_tcp))) {
      whole = whole.united(ServiceSet::protocol(is_tcp ? kProtocolTcp : kProtocolUdp));
    }
  }
  return whole.intersected(services);
}

/// Rules that open all ports only together; each of them alone does not.
Cause union_of(const std::vector<const OpenRule*>& rules, IpFamily family, bool is_tcp) {
  Cause cause{.rules = {}, .families = {family}, .services = {}, .interfaces = {}};
  for (const OpenRule* open : rules) {
    const ServiceSet& services = open->rule->services;
    if (open->opens_all(family) && services.overlaps(every_port(is_tcp)) &&
        !services.contains(every_port(is_tcp))) {
      cause.rules.push_back(open);
      cause.services = cause.services.united(services);
    }
  }
  cause.services = whole_protocols(cause.services);
  return cause;
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    risk_of_ = [&context](const ServiceSet& services) {
      return grade_world(services, context.config()).risk;
    };
  }

  std::vector<Finding> run() {
    auto findings =
        judge_each<SecurityGroup>(context_, kId, "no protocol has every port open to the world",
                                  [this](const SecurityGroup& group, std::vector<Finding>& found) {
                                    judge_group(group, found);
                                  });
    for (const auto& [ids, interfaces] : context_.estate().group_sets()) {
      judge_set(ids, interfaces, findings);
    }
    return findings;
  }

 private:
  const std::string_view kId = sg_ingress_world_all_ports.id;

  void judge_group(const SecurityGroup& group, std::vector<Finding>& findings) {
    const GroupOpenings& openings = context_.openings().of(group);
    std::vector<const OpenRule*> rules;
    for (const OpenRule& open : openings.rules) {
      rules.push_back(&open);
      const ServiceSet whole = whole_protocols(open.rule->services);
      if (!open.everything.empty() && !whole.empty()) {
        findings.push_back(
            judge(context_, about(kId, group), cause_of(context_, open, whole), risk_of_));
      }
    }
    for (Cause& cause : unions(rules)) {
      cause.interfaces = context_.estate().interfaces_of(group.id);
      findings.push_back(judge(context_, about(kId, group), cause, risk_of_));
    }
    for (const SecurityGroupRule* rule : openings.unresolved) {
      if (!whole_protocols(rule->services).empty()) {
        findings.push_back(unresolved(context_, about(kId, group), group, *rule, Risk::Critical));
      }
    }
  }

  /// Several groups of one interface: what they open together and none of them alone.
  void judge_set(const std::vector<SecurityGroupId>& ids, const Interfaces& interfaces,
                 std::vector<Finding>& findings) {
    std::vector<const OpenRule*> rules;
    ServiceSet alone;
    for (const SecurityGroupId& id : ids) {
      const SecurityGroup* group = context_.snapshot().find(id);
      std::vector<const OpenRule*> own;
      for (const OpenRule& open : group == nullptr ? kNone : context_.openings().of(*group).rules) {
        own.push_back(&open);
      }
      for (const Cause& cause : unions(own)) {
        alone = alone.united(cause.services);
      }
      rules.insert(rules.end(), own.begin(), own.end());
    }
    for (Cause& cause : unions(rules)) {
      if (!alone.contains(cause.services)) {
        cause.interfaces = interfaces;
        findings.push_back(judge(context_, about(kId, *interfaces.front()), cause, risk_of_));
      }
    }
  }

  [[nodiscard]] static std::vector<Cause> unions(const std::vector<const OpenRule*>& rules) {
    std::vector<Cause> causes;
    for (const IpFamily family : kFamilies) {
      for (const bool is_tcp : {true, false}) {
        Cause cause = union_of(rules, family, is_tcp);
        if (!cause.services.empty()) {
          causes.push_back(std::move(cause));
        }
      }
    }
    return causes;
  }

  inline static const std::vector<OpenRule> kNone;

  const Context& context_;
  RiskOf risk_of_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

const Check sg_ingress_world_all_ports = {
    .id = "sg-ingress-world-all-ports",
    .title = "Every TCP or every UDP port open to the internet",
    .risk = Risk::Critical,
    .resources = "SecurityGroup, NetworkInterface",
    .why =
        "Whatever listens on a member of the group can be attacked by anyone. The range may be "
        "hidden: 1-65535 instead of 0-65535, several rules side by side, or several groups on one "
        "interface.",
    .fix =
        "Add one rule for each port that must be public, for instance tcp/443. Revoke the rules "
        "that open the range with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
