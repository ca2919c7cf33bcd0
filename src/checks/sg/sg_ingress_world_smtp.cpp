#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_smtp;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_smtp.id);
}

}  // namespace

const Check sg_ingress_world_smtp = {
    .id = "sg-ingress-world-smtp",
    .title = "SMTP open to the internet",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "A mail server that relays for anyone sends spam in your name, and its address ends "
        "on every block list.",
    .fix =
        "Use SES, or keep the port for the hosts tagged as mail servers. Revoke the rule "
        "with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
