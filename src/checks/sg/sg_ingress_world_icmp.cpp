#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_icmp;

namespace {

constexpr std::string_view kReferences[] = {
    "RFC 4890: Recommendations for Filtering ICMPv6 Messages in Firewalls",
    "EC2 User Guide: Path MTU Discovery"};

std::vector<Finding> run(const Context& context) {
  const ServiceSet all = ServiceSet::icmp().united(ServiceSet::icmpv6());
  return judge_open_services(
      context, sg_ingress_world_icmp.id, "no ICMP but the harmless is open to the world",
      all.without(context.config().public_services), [](const ServiceSet&) { return Risk::Low; });
}

}  // namespace

const Check sg_ingress_world_icmp = {
    .id = "sg-ingress-world-icmp",
    .title = "ICMP open to the internet",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "Redirects, timestamps and router messages tell strangers about hosts and help to "
        "mislead them. Path MTU discovery (3/4; types 1 to 4 of ICMPv6) and ping are harmless "
        "and do not count.",
    .fix =
        "Add rules for icmp type 3 code 4 and for what else you need, or name it in "
        "public_services of portolan.yaml. Revoke the wider rule with aws ec2 revoke- "
        "security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kAnythingElse};

}  // namespace portolan::checks
