#include "checks/check.h"
#include "checks/world_findings.h"

namespace portolan::checks {

extern const Check sg_ingress_world_other_protocol;

namespace {

constexpr std::string_view kReferences[] = {"IANA Assigned Internet Protocol Numbers"};

/// All but those that have ports, or types and codes.
ServiceSet other_protocols(const Config& config) {
  ServiceSet others = ServiceSet::all();
  for (const int number : {kProtocolTcp, kProtocolUdp, kProtocolIcmp, kProtocolIcmpV6}) {
    others = others.without(ServiceSet::protocol(number));
  }
  return others.without(config.public_services);
}

std::vector<Finding> run(const Context& context) {
  return judge_open_services(
      context, sg_ingress_world_other_protocol.id, "no other IP protocol is open to the world",
      other_protocols(context.config()), [](const ServiceSet&) { return Risk::Medium; });
}

}  // namespace

const Check sg_ingress_world_other_protocol = {
    .id = "sg-ingress-world-other-protocol",
    .title = "Raw IP protocol open to the internet",
    .risk = Risk::Medium,
    .resources = "SecurityGroup",
    .why =
        "GRE, IPIP and the like carry whole packets past every rule about ports: who may send "
        "them may tunnel into the host. ESP and AH belong to a VPN whose peers have known "
        "addresses.",
    .fix =
        "Name the peers of the tunnel by their addresses, or the protocol in public_services "
        "of portolan.yaml. Revoke the rule for the world with aws ec2 "
        "revoke-security-group-ingress.",
    .references = kReferences,
    .run = run,
    .yields_to = kAnythingElse};

}  // namespace portolan::checks
