#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_salt;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 4505, 4506"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_salt.id);
}

}  // namespace

const Check sg_ingress_world_salt = {
    .id = "sg-ingress-world-salt",
    .title = "Salt master open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Salt masters obey whoever exploits their open ports: flaws that needed no login "
        "gave root on every minion at once.",
    .fix =
        "Admit the minions by their group. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
