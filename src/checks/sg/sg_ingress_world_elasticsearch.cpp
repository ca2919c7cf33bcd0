#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_elasticsearch;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_elasticsearch.id);
}

}  // namespace

const Check sg_ingress_world_elasticsearch = {
    .id = "sg-ingress-world-elasticsearch",
    .title = "Elasticsearch / OpenSearch / Kibana open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Clusters without authentication are read, deleted and held to ransom by programs "
        "that look for nothing else; Kibana hands over the same data with a mouse.",
    .fix =
        "Admit the application's group, and use OpenSearch in a VPC or behind an "
        "authenticating proxy. Revoke the rule with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
