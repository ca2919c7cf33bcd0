#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_rpc;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_rpc.id);
}

}  // namespace

const Check sg_ingress_world_rpc = {
    .id = "sg-ingress-world-rpc",
    .title = "Windows RPC endpoint mapper open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "The endpoint mapper leads to every RPC service of a Windows machine, which worms "
        "have used again and again.",
    .fix =
        "Admit management hosts by their group, or reach them through a VPN. Revoke the "
        "rule with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
