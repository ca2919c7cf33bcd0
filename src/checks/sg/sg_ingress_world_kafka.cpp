#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_kafka;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 2181, 9092, 9094, 9096"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_kafka.id);
}

}  // namespace

const Check sg_ingress_world_kafka = {
    .id = "sg-ingress-world-kafka",
    .title = "Kafka / ZooKeeper open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Brokers and ZooKeeper without authentication let anyone read and write every "
        "topic, and reconfigure the cluster.",
    .fix =
        "Admit the groups of producers and consumers, and use SASL or TLS clients. Revoke "
        "the rule with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
