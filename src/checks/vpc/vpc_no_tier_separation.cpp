#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/estate.h"
#include "checks/missing.h"
#include "checks/routing.h"

namespace portolan::checks {

extern const Check vpc_no_tier_separation;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Example, web and database servers"};

/// What the interfaces of one VPC say about its tiers.
struct Tiers {
  const NetworkInterface* data = nullptr;   // one of the data tier
  const NetworkInterface* other = nullptr;  // one of any other tier
  bool has_public = false;
  bool has_private = false;
  std::string gap;
};

/// What serves others (balancers, gateways, endpoints) makes its subnet one that is in use, but is
/// of no tier.
bool is_workload(const NetworkInterface& interface) {
  const std::string& type = interface.interface_type;
  return (type == "interface" && !interface.description.starts_with("ELB ")) || type == "lambda" ||
         type == "efa" || type == "branch";
}

std::unordered_map<VpcId, Tiers> tiers_of(const Context& context) {
  const Routing routing(context);
  std::unordered_map<VpcId, Tiers> by_vpc;
  for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
    const Subnet* subnet = context.snapshot().find(interface.subnet);
    if (subnet == nullptr) {
      continue;
    }
    Tiers& tiers = by_vpc[interface.vpc];
    if (is_workload(interface)) {
      const NetworkInterface*& example =
          context.estate().is_data_tier(interface) ? tiers.data : tiers.other;
      example = example == nullptr ? &interface : example;
    }
    const SubnetKind kind = routing.kind_of(*subnet);
    tiers.has_public |= kind == SubnetKind::Public;
    tiers.has_private |= kind == SubnetKind::Private;
    if (kind == SubnetKind::Unknown) {
      tiers.gap = routing.gap_of(*subnet);
    }
  }
  return by_vpc;
}

Finding mixed(const Context& context, Finding finding, const Tiers& tiers) {
  finding.risk = Risk::Info;
  finding.affected = affected_ids(std::array{tiers.data, tiers.other});
  finding.message = fmt::format(
      "{} of the data tier and {} of another one both live in {} subnets, and the VPC uses no "
      "subnets of the other kind",
      title_of(context.estate(), *tiers.data), title_of(context.estate(), *tiers.other),
      tiers.has_public ? "public" : "private");
  finding.fix = tiers.has_public ? "make private subnets, and move the data tier there"
                                 : "make subnets with a table of their own for each tier";
  return finding;
}

std::vector<Finding> run(const Context& context) {
  const auto by_vpc = tiers_of(context);
  const Need need{.check = vpc_no_tier_separation.id,
                  .noun = Noun::NetworkInterfaces,
                  .risk = Risk::Info,
                  .unsaid = "whether its tiers live apart is not known"};
  return judge_each<Vpc>(
      context, vpc_no_tier_separation.id, "its tiers live in subnets of both kinds, or it has one",
      [&](const Vpc& vpc, std::vector<Finding>& findings) {
        Finding finding = about(need.check, vpc);
        const auto found = by_vpc.find(vpc.id);
        if (is_missing(context, need.noun, vpc.owned)) {
          findings.push_back(unread(std::move(finding), need));
          return;
        }
        if (found == by_vpc.end() || found->second.data == nullptr ||
            found->second.other == nullptr ||
            (found->second.has_public && found->second.has_private)) {
          return;
        }
        const Tiers& tiers = found->second;
        findings.push_back(tiers.gap.empty()
                               ? mixed(context, std::move(finding), tiers)
                               : unknown(std::move(finding), Risk::Info,
                                         fmt::format("{}: {}", need.unsaid, tiers.gap),
                                         {tiers.gap}));
      });
}

}  // namespace

const Check vpc_no_tier_separation = {
    .id = "vpc-no-tier-separation",
    .title = "VPC has only public or only private subnets",
    .risk = Risk::Info,
    .resources = "Vpc",
    .why =
        "Where servers and databases live in subnets of one kind, routes and network ACLs cannot "
        "treat them differently: what lets the one out to the internet, or the internet in, does "
        "so for the other.",
    .fix =
        "Put what answers the internet into public subnets and all the rest into private ones, "
        "each with a table of their own. Add subnets with aws ec2 create-subnet.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
