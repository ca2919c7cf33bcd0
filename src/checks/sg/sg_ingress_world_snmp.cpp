#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_snmp;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: udp 161, 162"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_snmp.id);
}

}  // namespace

const Check sg_ingress_world_snmp = {
    .id = "sg-ingress-world-snmp",
    .title = "SNMP open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "SNMP with a guessed community string tells the whole configuration of a machine, "
        "sometimes changes it, and amplifies attacks on others.",
    .fix =
        "Admit the monitoring host's group, and use SNMPv3. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
