#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"
#include "checks/routing.h"

namespace portolan::checks {

extern const Check peering_route_too_broad;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 1.5: 5.5", "CIS AWS 3.0: 5.5",
                                            "CIS AWS 5.0: 5.6", "CIS AWS 7.0: 6.6"};

/// It names the subnets that the route leads into.
constexpr std::string_view kYieldsTo[] = {"public-tier-peers-private-tier"};

/// A route of a table through a peering.
struct Use {
  const RouteTable* table = nullptr;
  const Route* route = nullptr;
};

class Run {
 public:
  explicit Run(const Context& context) : context_(context) {
    for (const RouteTable& table : context.snapshot().all<RouteTable>()) {
      for (const Route& route : table.routes) {
        if (route.target.kind == RouteTargetKind::VpcPeering && !route.is_blackhole) {
          uses_[route.target.id].push_back({.table = &table, .route = &route});
        }
      }
    }
  }

  std::vector<Finding> run() const {
    auto findings = judge_each<VpcPeering>(
        context_, kId, "no route through it is for a whole VPC",
        [&](const VpcPeering& peering, std::vector<Finding>& found) { judge(peering, found); });
    for (const auto& [id, uses] : uses_) {
      if (context_.snapshot().find(VpcPeeringId{id}) == nullptr) {
        findings.push_back(
            unread(about(kId, id, uses.front().table->owned),
                   {.check = kId,
                    .noun = Noun::VpcPeerings,
                    .risk = Risk::Medium,
                    .unsaid = "whether routes through the peering are for a whole VPC is not "
                              "known"}));
      }
    }
    ask_for<Vpc>(context_,
                 {.check = kId,
                  .noun = Noun::RouteTables,
                  .risk = Risk::Medium,
                  .unsaid = "whether its routes to peers are for whole VPCs is not known"},
                 findings);
    return findings;
  }

 private:
  void judge(const VpcPeering& peering, std::vector<Finding>& findings) const {
    const auto found = uses_.find(peering.id.value);
    if (found == uses_.end()) {
      return;
    }
    Finding finding = about(kId, peering);
    finding.risk = Risk::Low;
    const std::vector<Use>& uses = found->second;
    for (std::size_t first = 0; first < uses.size();) {
      std::size_t end = first;
      while (end < uses.size() && uses[end].table == uses[first].table) {
        ++end;
      }
      judge_table(peering, {uses.data() + first, end - first}, finding);
      first = end;
    }
    if (!finding.rules.empty()) {
      finding.message +=
          finding.rules.size() == 1
              ? ""
              : fmt::format(", and so {} {} more route{}", finding.rules.size() == 2 ? "is" : "are",
                            finding.rules.size() - 1, finding.rules.size() == 2 ? "" : "s");
      finding.gaps.clear();
      findings.push_back(std::move(finding));
    } else if (!finding.gaps.empty()) {
      const auto gaps = finding.gaps;
      findings.push_back(unknown(
          std::move(finding), Risk::Medium,
          fmt::format("whether its routes are for a whole VPC is not known: {}", gaps.front()),
          gaps));
    }
  }

  /// The routes of one table through the peering: two halves of a VPC are the VPC.
  void judge_table(const VpcPeering& peering, std::span<const Use> uses, Finding& finding) const {
    const std::vector<IpPrefix> peer = cidrs_beyond(peering, uses.front().table->vpc);
    if (peer.empty()) {
      finding.gaps.push_back(fmt::format("the CIDR of the VPC beyond {} was not collected: {}",
                                         peering.id.value, call_of(Noun::VpcPeerings)));
      return;
    }
    std::vector<IpPrefix> all;
    bool is_told = false;
    for (const Use& use : uses) {
      const auto blocks = destinations_of(context_.snapshot(), *use.route);
      if (!blocks) {
        finding.gaps.push_back(fmt::format("the entries of {} were not collected: {}",
                                           use.route->prefix_list.value,
                                           call_of(Noun::PrefixLists)));
        continue;
      }
      all.insert(all.end(), blocks->begin(), blocks->end());
      is_told = judge_route(use, *blocks, peer, finding) || is_told;
    }
    const IpSet united(all);
    const bool is_whole = std::any_of(peer.begin(), peer.end(), [&](const IpPrefix& cidr) {
      return IpSet({cidr}).without(united).empty();
    });
    for (std::size_t i = 0; !is_told && is_whole && i < uses.size(); ++i) {
      tell(uses[i], true, finding);
    }
  }

  static bool judge_route(const Use& use, const std::vector<IpPrefix>& blocks,
                          const std::vector<IpPrefix>& peer, Finding& finding) {
    for (const IpPrefix& block : blocks) {
      for (const IpPrefix& cidr : peer) {
        if (block.contains(cidr)) {
          tell(use, block == cidr, finding);
          return true;
        }
      }
    }
    return false;
  }

  static void tell(const Use& use, bool is_equal, Finding& finding) {
    const Risk risk = is_equal ? Risk::Low : Risk::Medium;
    if (finding.rules.empty() || risk > finding.risk) {
      finding.risk = risk;
      finding.message =
          fmt::format("{} of {} is for {}", route_text(*use.route), use.table->id.value,
                      is_equal ? "all of the peer's VPC" : "more than the peer's VPC");
      finding.fix =
          "route to the subnets that are needed, then: " + route_deletion(*use.table, *use.route);
    }
    finding.rules.push_back(name_route(*use.table, *use.route));
    finding.affected.push_back(use.table->id.value);
  }

  /// The CIDRs of the VPC on the other side of a table.
  [[nodiscard]] std::vector<IpPrefix> cidrs_beyond(const VpcPeering& peering,
                                                   const VpcId& here) const {
    const PeeringSide& side = peering.requester.vpc == here ? peering.accepter : peering.requester;
    if (!side.cidrs.empty()) {
      return side.cidrs;
    }
    const Vpc* vpc = context_.snapshot().find(side.vpc);
    return vpc == nullptr ? std::vector<IpPrefix>{} : vpc->cidrs;
  }

  const std::string_view kId = peering_route_too_broad.id;

  const Context& context_;
  std::map<std::string, std::vector<Use>> uses_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

}  // namespace

const Check peering_route_too_broad = {
    .id = "peering-route-too-broad",
    .title = "Peering route covers a whole VPC or everything",
    .risk = Risk::Medium,
    .resources = "VpcPeering",
    .why =
        "A route for all of the peer's VPC lets every subnet that has the table reach every "
        "subnet there, where mostly one service is meant. A route for more than the VPC also "
        "takes traffic that belongs elsewhere.",
    .fix =
        "Find out which subnets of the peer are called. Replace the route by routes for their "
        "blocks with aws ec2 create-route and delete-route.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
