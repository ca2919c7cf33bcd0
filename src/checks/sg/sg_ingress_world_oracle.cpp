#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_oracle;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 1521, 1522, 2483, 2484"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_oracle.id);
}

}  // namespace

const Check sg_ingress_world_oracle = {
    .id = "sg-ingress-world-oracle",
    .title = "Oracle DB open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "The listener tells its services to anyone and was the way in of many known "
        "attacks; passwords are guessed around the clock.",
    .fix =
        "Admit the application's group. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
