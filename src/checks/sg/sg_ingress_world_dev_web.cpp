#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_dev_web;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_dev_web.id);
}

}  // namespace

const Check sg_ingress_world_dev_web = {
    .id = "sg-ingress-world-dev-web",
    .title = "Development or alternate web ports open to the internet",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "Development and alternate web ports show consoles, debuggers and half-finished "
        "versions that nobody hardened, without the balancer and its web ACL in front.",
    .fix =
        "Put the application behind a load balancer and admit the balancer's group. Revoke "
        "the rule with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
