#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_memcached;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 11211; udp 11211"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_memcached.id);
}

}  // namespace

const Check sg_ingress_world_memcached = {
    .id = "sg-ingress-world-memcached",
    .title = "Memcached open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Memcached has no password and, over udp, is the strongest known amplifier for "
        "denial of service; its content is readable to anyone.",
    .fix =
        "Admit the application's group, and switch udp off. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
