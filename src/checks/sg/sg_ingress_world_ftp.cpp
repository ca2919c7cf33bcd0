#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_ftp;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_ftp.id);
}

}  // namespace

const Check sg_ingress_world_ftp = {
    .id = "sg-ingress-world-ftp",
    .title = "FTP open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "FTP sends passwords and files in clear text, and servers with anonymous upload "
        "become stores of stolen goods.",
    .fix =
        "Use AWS Transfer Family or SFTP for the partners that need it. Revoke the rule "
        "with aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
