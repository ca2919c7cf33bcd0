#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_dns;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 53; udp 53"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_dns.id);
}

}  // namespace

const Check sg_ingress_world_dns = {
    .id = "sg-ingress-world-dns",
    .title = "DNS open to the internet",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "An open resolver answers anyone, which makes it an amplifier for attacks on "
        "others, and zone transfers tell the names of the whole network.",
    .fix =
        "Admit the networks that the resolver serves, unless it is an authoritative server. "
        "Revoke the rule with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
