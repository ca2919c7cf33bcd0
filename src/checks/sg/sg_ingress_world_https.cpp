#include "checks/check.h"
#include "checks/web_openings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_https;

namespace {

constexpr std::string_view kReferences[] = {
    "EC2 User Guide: Security group rules for different use cases"};
constexpr std::string_view kYieldsTo[] = {
    "sg-ingress-ip-family-mismatch", "sg-ingress-prefix-list",       "sg-ingress-split-world",
    "sg-ingress-world-all-ports",    "sg-ingress-world-all-traffic", "sg-ingress-world-wide-range",
    "sg-rule-suspicious-cidr",       "web-instance-bypasses-elb"};

std::vector<Finding> run(const Context& context) {
  return judge_web(context, sg_ingress_world_https.id);
}

}  // namespace

const Check sg_ingress_world_https = {
    .id = "sg-ingress-world-https",
    .title = "HTTPS open to the internet",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "A web site is meant to be public, so this is told for the record. It is worse where "
        "the world reaches an instance: then no balancer with its web ACL, TLS policy and "
        "logs stands before it.",
    .fix =
        "Put a load balancer before instances and admit its group only, or leave it as it is "
        "for a web site. Revoke the rule with aws ec2 revoke-security-group-ingress where "
        "none is meant.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = no_remedy};

}  // namespace portolan::checks
