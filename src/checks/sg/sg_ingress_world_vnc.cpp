#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_vnc;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19 (5500)"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_vnc.id);
}

}  // namespace

const Check sg_ingress_world_vnc = {
    .id = "sg-ingress-world-vnc",
    .title = "VNC open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "VNC shows a desktop behind a short password or none, mostly without encryption, to "
        "anyone who connects.",
    .fix =
        "Use Fleet Manager or a tunnel through Session Manager. Revoke the rule with aws "
        "ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
