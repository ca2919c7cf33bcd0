#include <algorithm>

#include "checks/check.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_high_risk_port;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_open_services(
      context, sg_ingress_world_high_risk_port.id, "no high-risk port is open to the world",
      context.config().high_risk_services, [&](const ServiceSet& services) {
        return std::min(grade_world(services, context.config()).risk, Risk::High);
      });
}

}  // namespace

const Check sg_ingress_world_high_risk_port = {
    .id = "sg-ingress-world-high-risk-port",
    .title = "High-risk port open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Remote access, databases, mail and development servers are what strangers try first. "
        "This row answers for the framework; the check of the service tells the same rule in "
        "its place, with more to the point.",
    .fix =
        "Admit the groups or addresses that need the port, see the check of its service. "
        "Revoke the rule for the world with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kAnythingElse,
    .is_roll_up = true};

}  // namespace portolan::checks
