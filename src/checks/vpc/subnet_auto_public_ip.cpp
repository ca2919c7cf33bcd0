#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/finding_text.h"
#include "checks/routing.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check subnet_auto_public_ip;

namespace {

constexpr std::string_view kReferences[] = {
    "AWS FSBP: EC2.15", "AWS Config: subnet-auto-assign-public-ip-disabled", "Trivy: AWS-0164"};

std::string call_for(const Subnet& subnet) {
  return fmt::format("aws ec2 modify-subnet-attribute --subnet-id {} --no-{}", subnet.id.value,
                     subnet.maps_public_ip_on_launch ? "map-public-ip-on-launch"
                                                     : "assign-ipv6-address-on-creation");
}

/// What a subnet gives to whatever starts in it.
Finding judge(const Routing& routing, const Subnet& subnet) {
  Finding finding = about(subnet_auto_public_ip.id, subnet);
  const SubnetKind kind = routing.kind_of(subnet);
  if (!subnet.maps_public_ip_on_launch && !subnet.assigns_ipv6_on_creation) {
    return passed(std::move(finding), "it gives out no public address by itself");
  }
  if (!subnet.maps_public_ip_on_launch && kind == SubnetKind::Private) {
    return passed(std::move(finding), "it gives out IPv6 addresses, but has no internet gateway");
  }
  finding.fix = call_for(subnet);
  const std::string_view what = subnet.maps_public_ip_on_launch ? "public IPv4" : "IPv6";
  if (kind == SubnetKind::Unknown && !subnet.maps_public_ip_on_launch) {
    return unknown(std::move(finding), Risk::Medium,
                   "it gives out IPv6 addresses, and whether it has a way to the internet is not "
                   "known",
                   {routing.gap_of(subnet)});
  }
  finding.risk = Risk::Medium;
  finding.message = fmt::format("whatever starts in {} gets a {} address", subnet.id.value, what);
  if (kind == SubnetKind::Private) {
    finding.risk = Risk::Low;
    finding.is_latent = true;
    finding.message += "; its route table leads to no internet gateway now";
  } else if (kind == SubnetKind::Unknown) {
    finding.message +=
        "; whether it has a way to the internet is not known: " + routing.gap_of(subnet);
  }
  return finding;
}

/// AWS makes the default subnets of a default VPC like that: one cause, one finding.
Finding grouped(const Vpc& vpc, const std::vector<Finding>& subnets) {
  Finding finding = about(subnet_auto_public_ip.id, vpc);
  finding.risk = Risk::Info;
  finding.is_latent = true;
  for (const Finding& subnet : subnets) {
    finding.affected.push_back(subnet.resource);
    finding.risk = std::max(finding.risk, subnet.risk);
    finding.is_latent = finding.is_latent && subnet.is_latent;
  }
  finding.message = fmt::format(
      "{} subnet{} of the default VPC give{} whatever starts there a "
      "public address: {}",
      subnets.size(), subnets.size() == 1 ? "" : "s", subnets.size() == 1 ? "s" : "",
      joined(finding.affected, ", "));
  finding.fix = fmt::format("delete the default VPC if nothing is in it, else {} and so on",
                            subnets.front().fix);
  return finding;
}

std::vector<Finding> run(const Context& context) {
  const Routing routing(context);
  std::vector<Finding> findings;
  std::map<VpcId, std::vector<Finding>> of_default;
  for (const Subnet& subnet : context.snapshot().all<Subnet>()) {
    Finding finding = judge(routing, subnet);
    const Vpc* vpc = context.snapshot().find(subnet.vpc);
    if (finding.outcome == Outcome::Fail && vpc != nullptr && vpc->is_default) {
      of_default[vpc->id].push_back(std::move(finding));
    } else {
      findings.push_back(std::move(finding));
    }
  }
  for (const auto& [vpc, subnets] : of_default) {
    findings.push_back(grouped(*context.snapshot().find(vpc), subnets));
  }
  return findings;
}

}  // namespace

const Check subnet_auto_public_ip = {
    .id = "subnet-auto-public-ip",
    .title = "Subnet gives public addresses to whatever starts in it",
    .risk = Risk::Medium,
    .resources = "Subnet, Vpc",
    .why =
        "A machine gets a public address because of the subnet it happens to start in, not because "
        "somebody decided that it should have one. Balancers and NAT gateways bring their own and "
        "do not need the setting.",
    .fix =
        "Ask for an address at launch where one is needed, or attach an Elastic IP. Turn the "
        "setting off with aws ec2 modify-subnet-attribute; running machines keep theirs.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
