#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_rdp;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 1.5: 5.2, 5.3", "CIS AWS 3.0: 5.2, 5.3",
                                            "CIS AWS 5.0: 5.3, 5.4", "CIS AWS 7.0: 6.3, 6.4",
                                            "AWS FSBP: EC2.14, EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_rdp.id);
}

}  // namespace

const Check sg_ingress_world_rdp = {
    .id = "sg-ingress-world-rdp",
    .title = "RDP open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Remote Desktop that the internet reaches is the usual first step of ransomware: guessed "
        "passwords, and flaws that need no password. It speaks udp/3389 as well as tcp/3389.",
    .fix =
        "Admit a VPN range or an RD Gateway's group instead of the world, or use Fleet Manager and "
        "no rule at all. Revoke the rule with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kMoreThanAService};

}  // namespace portolan::checks
