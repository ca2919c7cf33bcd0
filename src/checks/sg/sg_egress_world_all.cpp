#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/group_rules.h"
#include "checks/openings.h"
#include "checks/services.h"
#include "checks/world.h"

namespace portolan::checks {

extern const Check sg_egress_world_all;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Default security groups",
                                            "MITRE ATT&CK: TA0010 Exfiltration"};
constexpr std::string_view kYieldsTo[] = {"data-tier-internet-egress", "sg-rule-suspicious-cidr"};

bool is_everything(const ServiceSet& services) {
  return services.is_all() || port_count(services) >= kPortsEvery;
}

/// What a group's rules for everything come to.
enum class Way : std::uint8_t { Open, Shut, Unclear };

/// Groups of a VPC of which the same holds: AWS gives such a rule to every new group, so one
/// finding tells of all.
struct Bundle {
  std::vector<const SecurityGroup*> groups;
  std::vector<FindingRule> rules;
  Interfaces interfaces;  // that get out
  std::string gap;
};

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {}

  std::vector<Finding> run() {
    for (const SecurityGroup& group : context_.snapshot().all<SecurityGroup>()) {
      sort_in(group);
    }
    std::vector<Finding> findings;
    for (const auto& [vpc, place] : places_) {
      const auto& bundles = place.bundles;
      for (const auto& [way, bundle] : bundles) {
        findings.push_back(judge(about(kId, vpc.value, place.owned), way, bundle));
      }
      if (bundles.empty()) {
        findings.push_back(
            passed(about(kId, vpc.value, place.owned), "no group of the VPC lets everything out"));
      }
    }
    return findings;
  }

 private:
  struct Place {
    Owned owned;
    std::map<Way, Bundle> bundles;
  };

  void sort_in(const SecurityGroup& group) {
    Place& place = places_[group.vpc];
    const Vpc* vpc = context_.snapshot().find(group.vpc);
    place.owned = vpc != nullptr ? vpc->owned : group.owned;
    std::vector<FindingRule> rules;
    for (const SecurityGroupRule& rule : group.rules) {
      const auto blocks = peer_blocks(context_.snapshot(), rule.peer);
      if (rule.is_egress && is_everything(rule.services) && blocks && opens_world(*blocks)) {
        rules.push_back(name_rule(group, rule));
      }
    }
    std::string gap = rules.empty() ? unread_rule(context_.snapshot(), group) : std::string();
    if (rules.empty() && gap.empty()) {
      return;
    }
    Interfaces out;
    const Way way = gap.empty() ? way_out(group, out, gap) : Way::Unclear;
    Bundle& bundle = place.bundles[way];
    bundle.groups.push_back(&group);
    bundle.rules.insert(bundle.rules.end(), rules.begin(), rules.end());
    bundle.interfaces.insert(bundle.interfaces.end(), out.begin(), out.end());
    bundle.gap = gap;
  }

  static bool opens_world(const std::vector<IpPrefix>& blocks) {
    const IpSet all(blocks);
    return std::any_of(kFamilies.begin(), kFamilies.end(),
                       [&](IpFamily family) { return is_world(all, family); });
  }

  /// Whether interfaces with the group get out to the internet, by whatever way there is.
  Way way_out(const SecurityGroup& group, Interfaces& out, std::string& gap) const {
    gap = missing_interfaces(context_.snapshot(), group);
    for (const NetworkInterface* member : context_.estate().interfaces_of(group.id)) {
      bool gets_out = false;
      for (const IpFamily family : kFamilies) {
        const Exposed& exposed = context_.exposure().out_of(*member, family);
        gets_out = gets_out || !exposed.some.empty();
        if (exposed.some.empty() && !exposed.unknown.empty()) {
          gap = context_.exposure().doubt(Flow::Outbound, *member);
        }
      }
      if (gets_out) {
        out.push_back(member);
      }
    }
    return !out.empty() ? Way::Open : gap.empty() ? Way::Shut : Way::Unclear;
  }

  [[nodiscard]] Finding judge(Finding finding, Way way, const Bundle& bundle) const {
    finding.rules = bundle.rules;
    finding.affected = affected_ids(bundle.interfaces);
    const std::string groups = names_of(bundle.groups);
    if (way == Way::Unclear) {
      return unknown(
          std::move(finding), Risk::Medium,
          fmt::format("whether anything gets out by {} is not known: {}", groups, bundle.gap),
          {bundle.gap});
    }
    finding.fix = "name what each tier needs in outbound rules, then revoke those for everything";
    if (way == Way::Shut) {
      finding.risk = Risk::Info;
      finding.is_latent = true;
      finding.message = fmt::format(
          "{} let{} everything out, but no interface with them has a way to the internet now",
          groups, bundle.groups.size() == 1 ? "s" : "");
      return finding;
    }
    finding.risk = Risk::Medium;
    const bool is_one = bundle.interfaces.size() == 1;
    finding.message =
        fmt::format("{} let{} everything out, and {} get{} out to the internet", groups,
                    bundle.groups.size() == 1 ? "s" : "",
                    checks::names_of(context_.estate(), bundle.interfaces), is_one ? "s" : "");
    return finding;
  }

  static std::string names_of(const std::vector<const SecurityGroup*>& groups) {
    const std::string& first = groups.front()->id.value;
    return groups.size() == 1 ? first : fmt::format("{} and {} more", first, groups.size() - 1);
  }

  static constexpr std::string_view kId = "sg-egress-world-all";

  const Context& context_;
  std::map<VpcId, Place> places_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

const Check sg_egress_world_all = {
    .id = "sg-egress-world-all",
    .title = "All outbound traffic allowed",
    .risk = Risk::Medium,
    .resources = "Vpc",
    .why =
        "AWS gives every new group a rule that lets everything out, so whatever gets in can load "
        "its tools, report home and carry data away. A tier needs the tier below it, a few "
        "services of AWS, and seldom more.",
    .fix =
        "See what each tier talks to, in flow logs for instance, and reach services of AWS by "
        "endpoints. Replace the rule for everything by rules for that.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = no_remedy};

}  // namespace portolan::checks
