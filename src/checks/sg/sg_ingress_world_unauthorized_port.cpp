#include <algorithm>

#include "checks/check.h"
#include "checks/services.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_unauthorized_port;

namespace {

constexpr std::string_view kReferences[] = {"AWS FSBP: EC2.18"};

/// Ports only: ICMP and other protocols have none, and have checks of their own.
ServiceSet unauthorized_ports(const Config& config) {
  return ServiceSet::tcp(0, 65535)
      .united(ServiceSet::udp(0, 65535))
      .without(config.public_services);
}

std::vector<Finding> run(const Context& context) {
  return judge_open_services(context, sg_ingress_world_unauthorized_port.id,
                             "no port is open to the world that is not in public_services",
                             unauthorized_ports(context.config()), [&](const ServiceSet& services) {
                               return std::min(grade_world(services, context.config()).risk,
                                               Risk::High);
                             });
}

}  // namespace

const Check sg_ingress_world_unauthorized_port = {
    .id = "sg-ingress-world-unauthorized-port",
    .title = "Port outside the allowed public list open to the internet",
    .risk = Risk::High,
    .resources = "SecurityGroup",
    .why =
        "Few ports are meant for strangers: those of web sites. Every other one that the "
        "world may open is a decision that somebody should have made; public_services of "
        "portolan.yaml names those that were made.",
    .fix =
        "Name the port in public_services of portolan.yaml if it is meant to be public. "
        "Revoke the rule with aws ec2 revoke-security-group-ingress if it is not.",
    .references = kReferences,
    .run = run,
    .yields_to = kAnythingElse,
    .is_roll_up = true};

}  // namespace portolan::checks
