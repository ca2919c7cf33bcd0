#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_postgres;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_postgres.id);
}

}  // namespace

const Check sg_ingress_world_postgres = {
    .id = "sg-ingress-world-postgres",
    .title = "PostgreSQL / Redshift open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Database ports on the internet are attacked with guessed and stolen passwords "
        "around the clock; a superuser's login runs programs on the host.",
    .fix =
        "Admit the application's group. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
