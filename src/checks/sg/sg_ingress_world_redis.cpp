#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_redis;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 6379, 6380, 16379"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_redis.id);
}

}  // namespace

const Check sg_ingress_world_redis = {
    .id = "sg-ingress-world-redis",
    .title = "Redis / Valkey open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Redis was made for trusted networks: without a password, whoever reaches it writes "
        "files and modules, and so runs code on the host.",
    .fix =
        "Admit the application's group, and require a password and TLS. Revoke the rule "
        "with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
