#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_winrm;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 5985, 5986"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_winrm.id);
}

}  // namespace

const Check sg_ingress_world_winrm = {
    .id = "sg-ingress-world-winrm",
    .title = "WinRM open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "WinRM runs commands for whoever has or guesses a password, and 5985 is not even "
        "encrypted at the transport.",
    .fix =
        "Use Systems Manager, or admit the automation host's group. Revoke the rule with "
        "aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
