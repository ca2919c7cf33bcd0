#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_docker;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 2375, 2376"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_docker.id);
}

}  // namespace

const Check sg_ingress_world_docker = {
    .id = "sg-ingress-world-docker",
    .title = "Docker daemon open to the internet",
    .risk = Risk::Critical,
    .resources = "SecurityGroup",
    .why =
        "The Docker API has no password: whoever reaches it starts a privileged container "
        "and owns the host. Open ports are found and mined on within hours.",
    .fix =
        "Use the API over SSH or from a build host's group only. Revoke the rule with aws "
        "ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
