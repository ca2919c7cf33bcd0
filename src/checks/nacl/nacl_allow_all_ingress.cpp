#include "checks/acl_all.h"
#include "checks/acl_order.h"
#include "checks/check.h"

namespace portolan::checks {

extern const Check nacl_allow_all_ingress;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 1.5: 5.1", "CIS AWS 3.0: 5.1",
                                            "CIS AWS 5.0: 5.2", "CIS AWS 7.0: 6.2"};

/// The admin ports are the worst of all ports; a default NACL is told by what relies on it.
constexpr std::string_view kYieldsTo[] = {"nacl-ingress-world-admin-port", "subnet-default-nacl"};

void judge(const NetworkAcl& acl, std::vector<Finding>& findings) {
  judge_openness(nacl_allow_all_ingress.id, acl, false, Risk::Low, findings);
}

std::vector<Finding> run(const Context& context) {
  return judge_acls(context,
                    {.check = nacl_allow_all_ingress.id,
                     .risk = Risk::Low,
                     .praise = "not every port is open from the internet",
                     .unsaid = "whether every port is open from the internet is not known"},
                    judge);
}

}  // namespace

const Check nacl_allow_all_ingress = {
    .id = "nacl-allow-all-ingress",
    .title = "NACL allows all inbound traffic",
    .risk = Risk::Low,
    .resources = "NetworkAcl",
    .why =
        "A network ACL that lets in every port from everywhere filters nothing: whatever a "
        "security group opens by mistake is open at once. The default NACL is made that way by "
        "AWS, so it is only noted.",
    .fix =
        "Write down which ports the subnets serve, and that replies come back to 1024-65535. "
        "Replace the entry by entries for these with aws ec2 replace-network-acl-entry.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
