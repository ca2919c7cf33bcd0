#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"
#include "checks/routing.h"

namespace portolan::checks {

extern const Check public_tier_peers_private_tier;

namespace {

constexpr std::string_view kReferences[] = {"VPC Peering Guide: Routing, specific subnets"};

/// A public subnet of one VPC and a private one of its peer that have routes to one another.
struct Pair {
  const Subnet* open = nullptr;
  const Subnet* closed = nullptr;
  const Route* route = nullptr;  // of the public one
};

class Run {
 public:
  explicit Run(const Context& context) : context_(context), routing_(context) {
    for (const Subnet& subnet : context.snapshot().all<Subnet>()) {
      subnets_[subnet.vpc].push_back(&subnet);
    }
  }

  void judge(const VpcPeering& peering, std::vector<Finding>& findings) const {
    if (!peering.is_active) {
      return;
    }
    Finding finding = about(kId, peering);
    finding.risk = Risk::Medium;
    std::string gap;
    if (judge_way(peering, peering.requester, peering.accepter, finding, gap) ||
        judge_way(peering, peering.accepter, peering.requester, finding, gap)) {
      auto& ids = finding.affected.edit();
      std::sort(ids.begin(), ids.end());
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
      findings.push_back(std::move(finding));
    } else if (!gap.empty()) {
      findings.push_back(unknown(
          std::move(finding), Risk::Medium,
          fmt::format("whether a public tier has a way to a private one is not known: {}", gap),
          {gap}));
    }
  }

 private:
  [[nodiscard]] const std::vector<const Subnet*>& subnets_of(const VpcId& vpc) const {
    static const std::vector<const Subnet*> kNone;
    const auto found = subnets_.find(vpc);
    return found == subnets_.end() ? kNone : found->second;
  }

  bool judge_way(const VpcPeering& peering, const PeeringSide& from, const PeeringSide& to,
                 Finding& finding, std::string& gap) const {
    for (const PeeringSide* side : {&from, &to}) {
      if (context_.snapshot().find(side->vpc) == nullptr) {
        gap = fmt::format("{} was not collected: {}", side->vpc.value, call_of(Noun::Vpcs));
        return false;
      }
    }
    // By table: many subnets share one, and routes are the same for all of them.
    std::map<const RouteTable*, const Subnet*> tables;
    for (const Subnet* subnet : subnets_of(from.vpc)) {
      const SubnetKind kind = routing_.kind_of(*subnet);
      if (kind == SubnetKind::Public) {
        tables.emplace(routing_.table_of(*subnet), subnet);
      } else if (kind == SubnetKind::Unknown) {
        gap = routing_.gap_of(*subnet);
      }
    }
    for (const Subnet* subnet : subnets_of(to.vpc)) {
      const SubnetKind kind = routing_.kind_of(*subnet);
      if (kind == SubnetKind::Unknown) {
        gap = routing_.gap_of(*subnet);
      } else if (kind == SubnetKind::Private) {
        for (const auto& [table, open] : tables) {
          if (const Route* route = way(peering, *table, *subnet, gap);
              route != nullptr &&
              way(peering, *routing_.table_of(*subnet), *open, gap) != nullptr) {
            tell({.open = open, .closed = subnet, .route = route}, *table, finding);
          }
        }
      }
    }
    return !finding.rules.empty();
  }

  /// The route of the table through the peering into the subnet; null if there is none.
  [[nodiscard]] const Route* way(const VpcPeering& peering, const RouteTable& table,
                                 const Subnet& subnet, std::string& gap) const {
    for (const Route& route : table.routes) {
      if (route.target.kind != RouteTargetKind::VpcPeering || route.is_blackhole ||
          route.target.id != peering.id.value) {
        continue;
      }
      const auto blocks = destinations_of(context_.snapshot(), route);
      if (!blocks) {
        gap = fmt::format("the entries of {} were not collected: {}", route.prefix_list.value,
                          call_of(Noun::PrefixLists));
        continue;
      }
      for (const IpPrefix& block : *blocks) {
        for (const IpPrefix& cidr : subnet.cidrs) {
          if (block.overlaps(cidr)) {
            return &route;
          }
        }
      }
    }
    return nullptr;
  }

  static void tell(const Pair& pair, const RouteTable& table, Finding& finding) {
    if (finding.rules.empty()) {
      finding.message = fmt::format(
          "{} of {} is public and has a way to {} of {}, which is private", pair.open->id.value,
          pair.open->vpc.value, pair.closed->id.value, pair.closed->vpc.value);
      finding.fix = route_deletion(table, *pair.route);
    }
    const FindingRule rule = name_route(table, *pair.route);
    if (finding.rules.empty() || finding.rules.back() != rule) {
      finding.rules.push_back(rule);
    }
    finding.affected.push_back(pair.closed->id.value);
  }

  const std::string_view kId = public_tier_peers_private_tier.id;

  const Context& context_;
  Routing routing_;
  std::unordered_map<VpcId, std::vector<const Subnet*>> subnets_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  auto findings = judge_each<VpcPeering>(
      context, public_tier_peers_private_tier.id,
      "no public subnet has a way to a private one of the other VPC",
      [&](const VpcPeering& peering, std::vector<Finding>& found) { run.judge(peering, found); });
  ask_for<Vpc>(context,
               {.check = public_tier_peers_private_tier.id,
                .noun = Noun::VpcPeerings,
                .risk = Risk::Medium,
                .unsaid = "whether public subnets of a peer have a way to it is not known"},
               findings);
  return findings;
}

}  // namespace

const Check public_tier_peers_private_tier = {
    .id = "public-tier-peers-private-tier",
    .title = "Public subnet of one VPC routes to private subnet of another",
    .risk = Risk::Medium,
    .resources = "VpcPeering",
    .why =
        "What stands in a public subnet is broken into first. A route from there into private "
        "subnets of another VPC takes the intruder past everything that keeps the internet away "
        "from them; only security groups are left.",
    .fix =
        "Let the tier behind the public one call the peer, or share the service through an "
        "endpoint. Remove the route from the public table with aws ec2 delete-route.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
