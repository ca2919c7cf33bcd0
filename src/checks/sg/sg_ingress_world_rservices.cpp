#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_rservices;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 512, 513, 514"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_rservices.id);
}

}  // namespace

const Check sg_ingress_world_rservices = {
    .id = "sg-ingress-world-rservices",
    .title = "rexec / rlogin / rsh open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "rexec, rlogin and rsh send passwords in clear text or want none: they trust the "
        "address that the client claims.",
    .fix =
        "Use SSH or Session Manager and switch these services off. Revoke the rule with aws "
        "ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
