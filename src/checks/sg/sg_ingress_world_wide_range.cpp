#include <algorithm>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_wide_range;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.18",
                                            "CIS AWS 5.0: 5.3, 5.4 (where it holds 22 or 3389)"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-world-all-ports",
                                          "sg-ingress-world-all-traffic"};

ServiceSet ports_of(const ServiceSet& services, bool is_tcp) {
  return services.intersected(ServiceSet::protocol(is_tcp ? kProtocolTcp : kProtocolUdp));
}

/// The ports without gap, one set for each run of them.
std::vector<ServiceSet> runs_of(const ServiceSet& services, bool is_tcp) {
  std::vector<ServiceSet> runs;
  const ServiceSet::Point base = is_tcp ? ServiceSet::kTcp : ServiceSet::kUdp;
  for (const ServiceSet::Segment& segment : services.segments()) {
    const int first = static_cast<int>(segment.first - base);
    const int last = static_cast<int>(segment.last - base);
    runs.push_back(is_tcp ? ServiceSet::tcp(first, last) : ServiceSet::udp(first, last));
  }
  return runs;
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context), few_(context.config().wide_ports_low) {}

  std::vector<Finding> run() {
    return judge_each<SecurityGroup>(
        context_, kId, "no wide range of ports is open to the world",
        [this](const SecurityGroup& group, std::vector<Finding>& findings) {
          judge_group(group, findings);
        });
  }

 private:
  const std::string_view kId = sg_ingress_world_wide_range.id;

  void judge_group(const SecurityGroup& group, std::vector<Finding>& findings) {
    const GroupOpenings& openings = context_.openings().of(group);
    for (const OpenRule& open : openings.rules) {
      if (!open.everything.empty() && is_wide(open.rule->services)) {
        add(group, cause_of(context_, open, open.rule->services), findings);
      }
    }
    for (const IpFamily family : kFamilies) {
      for (const bool is_tcp : {true, false}) {
        judge_narrow_rules(group, family, is_tcp, findings);
      }
    }
    for (const SecurityGroupRule* rule : openings.unresolved) {
      if (is_wide(rule->services)) {
        findings.push_back(
            unresolved(context_, about(kId, group), group, *rule, risk_of(rule->services)));
      }
    }
  }

  /// Rules of a few ports each, which side by side make a wide range, or a long list of ports.
  void judge_narrow_rules(const SecurityGroup& group, IpFamily family, bool is_tcp,
                          std::vector<Finding>& findings) {
    std::vector<const OpenRule*> rules;
    ServiceSet ports;
    for (const OpenRule& open : context_.openings().of(group).rules) {
      if (open.opens_all(family) && !is_wide(open.rule->services)) {
        rules.push_back(&open);
        ports = ports.united(ports_of(open.rule->services, is_tcp));
      }
    }
    ServiceSet scattered = ports;
    for (const ServiceSet& run : runs_of(ports, is_tcp)) {
      if (is_wide(run)) {
        scattered = scattered.without(run);
        add(group, union_of(group, rules, family, run), findings);
      }
    }
    if (is_wide(scattered)) {
      add_scattered(group, union_of(group, rules, family, scattered), findings);
    }
  }

  /// A port with a check of its own is told there: the list is about the others.
  void add_scattered(const SecurityGroup& group, Cause cause, std::vector<Finding>& findings) {
    std::vector<const OpenRule*> others;
    std::copy_if(cause.rules.begin(), cause.rules.end(), std::back_inserter(others),
                 [&](const OpenRule* open) {
                   return grade_world(open->rule->services, context_.config()).names.empty();
                 });
    if (!others.empty()) {
      cause.rules = std::move(others);
    }
    add(group, cause, findings);
  }

  [[nodiscard]] Cause union_of(const SecurityGroup& group,
                               const std::vector<const OpenRule*>& rules, IpFamily family,
                               const ServiceSet& services) const {
    Cause cause{.rules = {},
                .families = {family},
                .services = services,
                .interfaces = context_.estate().interfaces_of(group.id)};
    std::copy_if(rules.begin(), rules.end(), std::back_inserter(cause.rules),
                 [&](const OpenRule* open) { return open->rule->services.overlaps(services); });
    return cause;
  }

  void add(const SecurityGroup& group, const Cause& cause, std::vector<Finding>& findings) const {
    findings.push_back(judge(context_, about(kId, group), cause,
                             [this](const ServiceSet& services) { return risk_of(services); }));
  }

  [[nodiscard]] bool is_wide(const ServiceSet& services) const {
    return port_count(services) > few_;
  }

  [[nodiscard]] Risk risk_of(const ServiceSet& services) const {
    return std::min(grade_known(services, context_.config()).risk, Risk::High);
  }

  const Context& context_;
  int few_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

const Check sg_ingress_world_wide_range = {
    .id = "sg-ingress-world-wide-range",
    .title = "Large port range open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "A wide range opens ports that nobody meant: the next service that listens in it is public "
        "without a decision. Ports are counted, not rules, so a range cut into pieces counts as "
        "one.",
    .fix =
        "Find the ports in use with portolan connections. Replace the range by one rule for each "
        "of them.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
