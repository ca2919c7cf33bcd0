#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/exposure.h"
#include "checks/handed_on.h"
#include "checks/openings.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_world_open_not_exposed;

namespace {

constexpr std::string_view kReferences[] = {"CloudSploit: check_network_interface",
                                            "Amazon Inspector: Network reachability"};
// A check about the service that the rule opens says the same, and more.
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-split-world",
                                          "sg-ingress-world-*", "web-instance-bypasses-elb",
                                          "elb-group-allows-non-listener-port"};

constexpr std::size_t kNamedMost = 5;

/// What becomes of a rule on the interfaces that have its group.
struct Fate {
  bool is_reached = false;
  std::string doubt;
  std::vector<std::string> blockers;  // each once, of the first few
  std::size_t more = 0;
};

/// True if the internet comes by the rule, or by another for the same service: what is public over
/// IPv4 is meant to be so over IPv6.
bool is_used(const Context& context, const HandedOn& handed, const OpenRule& open,
             const NetworkInterface& member) {
  const ServiceSet& services = open.rule->services;
  const auto target = handed.find(&member);
  return context.exposure().world_of(member).overlaps(services) ||
         (target != handed.end() && target->second.overlaps(services)) ||
         std::any_of(open.everything.begin(), open.everything.end(), [&](IpFamily family) {
           return context.exposure().of(member, family).some.overlaps(services);
         });
}

Fate fate_of(const Context& context, const HandedOn& handed, const OpenRule& open,
             const Interfaces& members) {
  Fate fate;
  for (const NetworkInterface* member : members) {
    const ServiceSet& services = open.rule->services;
    if (is_used(context, handed, open, *member)) {
      fate.is_reached = true;
      return fate;
    }
    for (const IpFamily family : open.everything) {
      if (context.exposure().of(*member, family).unknown.overlaps(services)) {
        fate.doubt = context.exposure().doubt(Flow::Inbound, *member);
      }
    }
    if (fate.blockers.size() == kNamedMost) {
      ++fate.more;
    } else if (fate.doubt.empty()) {
      fate.blockers.push_back(
          context.exposure().blocker(*member, open.everything.front(), services));
    }
  }
  return fate;
}

std::string blockers_text(const Fate& fate) {
  std::string text;
  for (const std::string& blocker : fate.blockers) {
    text += (text.empty() ? "" : "; ") + blocker;
  }
  return fate.more == 0 ? text : fmt::format("{}; and so on for {} more", text, fate.more);
}

void judge_rule(const Context& context, const HandedOn& handed, const SecurityGroup& group,
                const OpenRule& open, std::vector<Finding>& findings) {
  const Interfaces& members = context.estate().interfaces_of(group.id);
  const Fate fate = fate_of(context, handed, open, members);
  if (fate.is_reached) {
    return;
  }
  Finding finding = about(sg_world_open_not_exposed.id, group);
  finding.rules = {name_rule(group, *open.rule)};
  finding.affected = affected_ids(members);
  const std::string start = fmt::format("{} is open to {}", services_text(open.rule->services),
                                        peer_text(open.rule->peer));
  if (!fate.doubt.empty()) {
    findings.push_back(unknown(
        std::move(finding), Risk::Low,
        fmt::format("{}; whether the internet reaches it is not known: {}", start, fate.doubt),
        {fate.doubt}));
    return;
  }
  finding.risk = Risk::Low;
  finding.is_latent = true;
  finding.message = fmt::format("{}, but the internet does not reach {} by it now: {}", start,
                                names_of(context.estate(), members), blockers_text(fate));
  finding.fix =
      fmt::format("admit those who do call it instead: {}", revocation(finding.rules.front()));
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  const HandedOn handed = handed_on(context);
  return judge_each<SecurityGroup>(
      context, sg_world_open_not_exposed.id,
      "no interface has a rule for the world that the internet cannot use",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        if (context.estate().interfaces_of(group.id).empty()) {
          return;
        }
        const GroupOpenings& openings = context.openings().of(group);
        for (const OpenRule& open : openings.rules) {
          if (!open.everything.empty()) {
            judge_rule(context, handed, group, open, findings);
          }
        }
        for (const SecurityGroupRule* rule : openings.unresolved) {
          findings.push_back(unresolved(context, about(sg_world_open_not_exposed.id, group), group,
                                        *rule, Risk::Low));
        }
      });
}

}  // namespace

const Check sg_world_open_not_exposed = {
    .id = "sg-world-open-not-exposed",
    .title = "Group is open to the world, but nothing that has it is reached",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "Nobody outside gets in now, because something else stops them: no public address, no "
        "route, a network ACL. The rule waits for the day when that changes, and nobody will look "
        "at the group then.",
    .fix =
        "Find out who does call the members; flow logs tell. Narrow the rule to these addresses or "
        "groups with aws ec2 modify-security-group-rules.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
