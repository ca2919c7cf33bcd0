#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_ldap;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 389, 636, 3268, 3269; udp 389"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_ldap.id);
}

}  // namespace

const Check sg_ingress_world_ldap = {
    .id = "sg-ingress-world-ldap",
    .title = "LDAP / LDAPS / global catalog open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "A directory tells every account and group of the company, and takes password "
        "guesses without limit.",
    .fix =
        "Admit the groups of the machines that authenticate against it. Revoke the rule "
        "with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
