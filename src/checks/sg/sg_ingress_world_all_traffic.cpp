#include "checks/check.h"
#include "checks/each.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_all_traffic;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 1.5: 5.2, 5.3", "CIS AWS 3.0: 5.2, 5.3",
                                            "CIS AWS 5.0: 5.3, 5.4", "CIS AWS 7.0: 6.3, 6.4",
                                            "AWS FSBP: EC2.13, EC2.14, EC2.18, EC2.19"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list"};

std::vector<Finding> run(const Context& context) {
  const std::string_view check = sg_ingress_world_all_traffic.id;
  const RiskOf risk_of = [&](const ServiceSet& services) {
    return grade_world(services, context.config()).risk;
  };
  return judge_each<SecurityGroup>(
      context, check, "no rule opens every protocol to the world",
      [&](const SecurityGroup& group, std::vector<Finding>& findings) {
        const GroupOpenings& openings = context.openings().of(group);
        for (const OpenRule& open : openings.rules) {
          if (!open.everything.empty() && open.rule->services.is_all()) {
            findings.push_back(judge(context, about(check, group),
                                     cause_of(context, open, ServiceSet::all()), risk_of));
          }
        }
        for (const SecurityGroupRule* rule : openings.unresolved) {
          if (rule->services.is_all()) {
            findings.push_back(
                unresolved(context, about(check, group), group, *rule, Risk::Critical));
          }
        }
      });
}

}  // namespace

const Check sg_ingress_world_all_traffic = {
    .id = "sg-ingress-world-all-traffic",
    .title = "All protocols open to the internet",
    .risk = Risk::Critical,
    .resources = "SecurityGroup",
    .why =
        "Nothing is filtered: whatever listens on a member of the group, now or after the next "
        "update, can be attacked by anyone.",
    .fix =
        "Add one rule for each port that must be public, for instance tcp/443. Revoke the rule "
        "for all traffic with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
