#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/instances.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check eni_internet_reachable_port;

namespace {

constexpr std::string_view kReferences[] = {"VPC Reachability Analyzer: Explanation codes",
                                            "Amazon Inspector: Network reachability"};
// The rule that lets the internet in is the cause, where a check is about it.
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-split-world",
                                          "sg-ingress-world-*", "web-instance-bypasses-elb"};

class Judge {
 public:
  Judge(const Context& context, const NetworkInterface& interface, std::vector<Finding>& findings)
      : context_(context), interface_(interface), findings_(findings) {}

  void run() {
    const std::size_t before = findings_.size();
    for (const IpFamily family : kFamilies) {
      judge_family(family);
    }
    if (findings_.size() == before) {
      findings_.push_back(passed(about(kId, interface_), "the world reaches no port of it"));
    }
  }

 private:
  void judge_family(IpFamily family) {
    const Exposed& exposed = context_.exposure().of(interface_, family);
    ServiceSet rest = exposed.world;
    for (const SecurityGroupId& id : interface_.groups) {
      const SecurityGroup* group = context_.snapshot().find(id);
      if (group == nullptr) {
        continue;
      }
      for (const OpenRule& open : context_.openings().of(*group).rules) {
        const ServiceSet services = exposed.world.intersected(open.rule->services);
        if (is_world(open.sources, family) && !services.empty()) {
          rest = rest.without(services);
          add(family, services, {name_rule(*group, *open.rule)});
        }
      }
    }
    if (!rest.empty()) {
      add(family, rest, partial_rules(rest, family));
    }
    if (!exposed.unknown.empty()) {
      const std::string gap = context_.exposure().doubt(Flow::Inbound, interface_);
      findings_.push_back(unknown(about(kId, interface_),
                                  grade_world(exposed.unknown, context_.config()).risk,
                                  fmt::format("whether the internet reaches {} is not known: {}",
                                              services_text(exposed.unknown), gap),
                                  {gap}));
    }
  }

  /// Rules that let in the world only together.
  [[nodiscard]] std::vector<FindingRule> partial_rules(const ServiceSet& services,
                                                       IpFamily family) const {
    std::vector<FindingRule> rules;
    for (const SecurityGroupId& id : interface_.groups) {
      const SecurityGroup* group = context_.snapshot().find(id);
      if (group == nullptr) {
        continue;
      }
      for (const OpenRule& open : context_.openings().of(*group).rules) {
        if (open.rule->services.overlaps(services) && public_share(open.sources, family) > 0) {
          rules.push_back(name_rule(*group, *open.rule));
        }
      }
    }
    return rules;
  }

  void add(IpFamily family, const ServiceSet& services, std::vector<FindingRule> rules) {
    const Grade grade = grade_world(services, context_.config());
    Finding finding = about(kId, interface_);
    finding.risk = grade.risk;
    finding.rules = std::move(rules);
    finding.affected = affected_ids(Interfaces{&interface_});
    finding.message = fmt::format(
        "the internet reaches {}{} on {} over {}", services_text(services),
        grade.names.empty() ? "" : fmt::format(" ({})", grade.names),
        title_of(context_.estate(), interface_), family == IpFamily::V4 ? "IPv4" : "IPv6");
    const auto way = context_.exposure().way(Flow::Inbound, interface_, family, services);
    if (way) {
      finding.witness = witness_of(*way);
    }
    finding.fix =
        finding.rules.empty()
            ? "close the listeners that need not be public, or make the balancer internal"
            : fmt::format("if it need not be public: {}", revocation(finding.rules.front()));
    if (is_stopped(context_.snapshot(), interface_)) {
      call_stopped(finding);
    }
    findings_.push_back(std::move(finding));
  }

  const std::string_view kId = eni_internet_reachable_port.id;

  const Context& context_;
  const NetworkInterface& interface_;
  std::vector<Finding>& findings_;
};

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
    Judge(context, interface, findings).run();
  }
  return findings;
}

}  // namespace

const Check eni_internet_reachable_port = {
    .id = "eni-internet-reachable-port",
    .title = "Port on an ENI is truly reachable from the internet",
    .risk = Risk::Critical,
    .resources = "NetworkInterface",
    .why =
        "Address, gateway, routes, network ACLs both ways, groups and account settings all let the "
        "internet in: this port is public, whatever was meant. The risk is that of the service; "
        "a web port is told for the record.",
    .fix =
        "Decide whether the port must be public. Revoke the rule that opens it, or take the "
        "public address away, where it need not be.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
