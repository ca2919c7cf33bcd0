#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_smb;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 5.0: 5.1.2", "CIS AWS 7.0: 6.1.2",
                                            "AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_smb.id);
}

}  // namespace

const Check sg_ingress_world_smb = {
    .id = "sg-ingress-world-smb",
    .title = "SMB / CIFS open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "File shares on the internet are how worms and ransomware travel; one flaw of the "
        "server needs no password at all.",
    .fix =
        "Use FSx through a VPN, or admit the clients by their group. Revoke the rule with "
        "aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
