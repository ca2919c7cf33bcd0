#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_cassandra;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 7000, 7001, 7199, 9042, 9160"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_cassandra.id);
}

}  // namespace

const Check sg_ingress_world_cassandra = {
    .id = "sg-ingress-world-cassandra",
    .title = "Cassandra open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Cassandra trusts whoever reaches its inter-node port, and JMX on 7199 runs code. "
        "Data and cluster both fall to anyone who finds the port.",
    .fix =
        "Admit the group of the nodes and of the clients instead of the world. Revoke the "
        "rule with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
