#include "checks/check.h"
#include "checks/principals.h"

namespace portolan::checks {

extern const Check principal_can_change_nacl_or_route;

namespace {

constexpr std::string_view kReferences[] = {
    "Service Authorization Reference: Actions, resources, and condition keys for Amazon EC2"};

std::vector<Finding> run(const Context& context) {
  return judge_principals(context,
                          {.check = principal_can_change_nacl_or_route.id,
                           .field = Field::Paths,
                           .risk = Risk::Medium,
                           .things = "NACLs, routes or gateways",
                           .fix = "portolan who --allowed FILE --guardrail prints a policy that "
                                  "ends it; portolan who --principal NAME tells what allows it"});
}

}  // namespace

const Check principal_can_change_nacl_or_route = {
    .id = "principal-can-change-nacl-or-route",
    .title = "Somebody can change NACLs, routes or gateways who may not",
    .risk = Risk::Medium,
    .resources = "Principal",
    .why =
        "A route to an internet gateway or an entry of a NACL takes away the guard that stood "
        "beside the groups, for whole subnets at a time. Judged are the identity's policies, its "
        "boundary and the service control policies together, for every NACL, route table and "
        "internet gateway.",
    .fix =
        "Say under `allowed` in portolan.yaml who may change them. Remove the rest from the "
        "policies, or deny it with the guardrail that portolan who --allowed --guardrail prints "
        "and proves.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
