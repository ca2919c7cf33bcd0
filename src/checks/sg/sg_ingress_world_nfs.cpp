#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_nfs;

namespace {

constexpr std::string_view kReferences[] = {
    "IANA Service Name and Port Number Registry: tcp 111, 2049; udp 111"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_nfs.id);
}

}  // namespace

const Check sg_ingress_world_nfs = {
    .id = "sg-ingress-world-nfs",
    .title = "NFS / EFS open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "NFS believes the client who says which user it is: an open port is an open file "
        "system, and the port mapper amplifies attacks on others.",
    .fix =
        "Admit the group of the clients, and use EFS with TLS and IAM. Revoke the rule with "
        "aws ec2 revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
