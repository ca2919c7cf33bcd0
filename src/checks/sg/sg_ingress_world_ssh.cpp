#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_ssh;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 1.5: 5.2, 5.3", "CIS AWS 3.0: 5.2, 5.3",
                                            "CIS AWS 5.0: 5.3, 5.4", "CIS AWS 7.0: 6.3, 6.4",
                                            "AWS FSBP: EC2.13, EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_ssh.id);
}

}  // namespace

const Check sg_ingress_world_ssh = {
    .id = "sg-ingress-world-ssh",
    .title = "SSH open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Every SSH server that the internet reaches is tried within minutes: stolen keys, guessed "
        "passwords and the next flaw of the server lead straight to a shell.",
    .fix =
        "Admit a bastion's group, a VPN range or the EC2 Instance Connect prefix list instead of "
        "the world, or use Session Manager and no rule at all. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kMoreThanAService};

}  // namespace portolan::checks
