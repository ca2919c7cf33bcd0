#include "checks/acl_all.h"
#include "checks/acl_order.h"
#include "checks/check.h"

namespace portolan::checks {

extern const Check nacl_allow_all_egress;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Network ACLs, rules"};

/// A default NACL as AWS made it is told once.
constexpr std::string_view kYieldsTo[] = {"nacl-allow-all-ingress", "subnet-default-nacl"};

void judge(const NetworkAcl& acl, std::vector<Finding>& findings) {
  judge_openness(nacl_allow_all_egress.id, acl, true, Risk::Info, findings);
}

std::vector<Finding> run(const Context& context) {
  return judge_acls(context,
                    {.check = nacl_allow_all_egress.id,
                     .risk = Risk::Info,
                     .praise = "not every port of the internet may be called",
                     .unsaid = "whether every port of the internet may be called is not known"},
                    judge);
}

}  // namespace

const Check nacl_allow_all_egress = {
    .id = "nacl-allow-all-egress",
    .title = "NACL allows all outbound traffic",
    .risk = Risk::Info,
    .resources = "NetworkAcl",
    .why =
        "Data that is stolen has to leave, and tools of an intruder have to come in by a call "
        "from inside. A network ACL that lets every port out to everywhere stops neither; for "
        "subnets that only answer, replies and a few services are enough.",
    .fix =
        "Find out from the flow logs what the subnets call. Replace the entry by entries for "
        "these services and for replies with aws ec2 replace-network-acl-entry.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
