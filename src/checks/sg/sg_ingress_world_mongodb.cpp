#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_mongodb;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 27017, 27018, 27019"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_mongodb.id);
}

}  // namespace

const Check sg_ingress_world_mongodb = {
    .id = "sg-ingress-world-mongodb",
    .title = "MongoDB / DocumentDB open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Databases without authentication were wiped and held to ransom by the tens of "
        "thousands, found by nothing but the open port.",
    .fix =
        "Admit the application's group, and turn authentication on. Revoke the rule with "
        "aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
