#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_mssql;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_mssql.id);
}

}  // namespace

const Check sg_ingress_world_mssql = {
    .id = "sg-ingress-world-mssql",
    .title = "SQL Server open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "SQL Server is attacked with guessed passwords around the clock, and xp_cmdshell "
        "turns a login into a shell; udp/1434 amplifies attacks on others.",
    .fix =
        "Admit the application's group. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
