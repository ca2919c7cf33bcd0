#include "checks/check.h"
#include "checks/principals.h"

namespace portolan::checks {

extern const Check principal_can_change_sg;

namespace {

constexpr std::string_view kReferences[] = {
    "Service Authorization Reference: Actions, resources, and condition keys for Amazon EC2"};

std::vector<Finding> run(const Context& context) {
  return judge_principals(context,
                          {.check = principal_can_change_sg.id,
                           .field = Field::Groups,
                           .risk = Risk::High,
                           .things = "security groups",
                           .fix = "portolan who --allowed FILE --guardrail prints a policy that "
                                  "ends it; portolan who --principal NAME tells what allows it"});
}

}  // namespace

const Check principal_can_change_sg = {
    .id = "principal-can-change-sg",
    .title = "Somebody can change security groups who may not",
    .risk = Risk::High,
    .resources = "Principal",
    .why =
        "Whoever can write a rule, edit a prefix list that a rule names, or give an interface "
        "another group opens the network at will, whatever its rules say today. Judged are the "
        "identity's policies, its boundary and the service control policies together, for every "
        "group, list, interface and load balancer.",
    .fix =
        "Say under `allowed` in portolan.yaml who may change which groups. Remove the rest from "
        "the policies, or deny it with the guardrail that portolan who --allowed --guardrail "
        "prints and proves.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
