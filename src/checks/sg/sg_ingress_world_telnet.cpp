#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_telnet;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_telnet.id);
}

}  // namespace

const Check sg_ingress_world_telnet = {
    .id = "sg-ingress-world-telnet",
    .title = "Telnet open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Telnet sends passwords and sessions in clear text, and is the first port that "
        "botnets try.",
    .fix =
        "Use SSH or Session Manager and switch the service off. Revoke the rule with aws "
        "ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
