#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_netbios;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 137, 139; udp 137, 138"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_netbios.id);
}

}  // namespace

const Check sg_ingress_world_netbios = {
    .id = "sg-ingress-world-netbios",
    .title = "NetBIOS open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "NetBIOS tells names, users and shares of Windows machines to anyone, and relays "
        "their credentials.",
    .fix =
        "Admit file clients by their group, or reach them through a VPN. Revoke the rule "
        "with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
