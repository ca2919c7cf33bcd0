#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_hadoop;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19 (8088)"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_hadoop.id);
}

}  // namespace

const Check sg_ingress_world_hadoop = {
    .id = "sg-ingress-world-hadoop",
    .title = "Hadoop NameNode / YARN open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "NameNode and YARN interfaces accept jobs from anyone by default: an open port runs "
        "code on the whole cluster and reads its files.",
    .fix =
        "Admit the edge node's group, and reach web interfaces through a tunnel. Revoke the "
        "rule with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
