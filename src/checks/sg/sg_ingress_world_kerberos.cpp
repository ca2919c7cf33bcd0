#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_kerberos;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 88, 464, 749, 750; udp 88, 464"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_kerberos.id);
}

}  // namespace

const Check sg_ingress_world_kerberos = {
    .id = "sg-ingress-world-kerberos",
    .title = "Kerberos open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Kerberos ports show account names and let passwords be guessed offline; nobody "
        "outside needs tickets of an internal realm.",
    .fix =
        "Admit the networks whose machines are members of the realm. Revoke the rule with "
        "aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
