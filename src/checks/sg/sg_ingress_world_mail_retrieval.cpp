#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_mail_retrieval;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.19"};

std::vector<Finding> run(const Context& context) {
  return judge_service(context, sg_ingress_world_mail_retrieval.id);
}

}  // namespace

const Check sg_ingress_world_mail_retrieval = {
    .id = "sg-ingress-world-mail-retrieval",
    .title = "POP3 / IMAP clear text open to the internet",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "POP3 and IMAP without TLS send the mailbox password in clear text, and take "
        "guesses of it.",
    .fix =
        "Use the TLS ports 993 and 995. Revoke the rule with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kBesideAService};

}  // namespace portolan::checks
