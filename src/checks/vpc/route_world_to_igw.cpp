#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"
#include "checks/routing.h"
#include "checks/tag_patterns.h"

namespace portolan::checks {

extern const Check route_world_to_igw;

namespace {

constexpr std::string_view kReferences[] = {"AWS Config: no-unrestricted-route-to-igw"};

/// It names the subnet, and how bad it is.
constexpr std::string_view kYieldsTo[] = {"private-subnet-has-igw-route"};

class Run {
 public:
  explicit Run(const Context& context)
      : routing_(context), private_(lowered(context.config().private_tags)) {
    const auto data_tier = lowered(context.config().data_tier_tags);
    private_.insert(private_.end(), data_tier.begin(), data_tier.end());
  }

  void judge(const RouteTable& table, std::vector<Finding>& findings) const {
    const InternetRoutes& internet = routing_.internet_of(table);
    Finding finding = about(route_world_to_igw.id, table);
    finding.affected = private_subnets(table);
    if (finding.affected.empty()) {
      return;
    }
    if (!internet.gap.empty()) {
      findings.push_back(unknown(
          std::move(finding), Risk::Info,
          fmt::format("whether it sends everything to the internet is not known: {}", internet.gap),
          {internet.gap}));
    } else if (internet.is_world) {
      finding.risk = Risk::Info;
      for (const Route* route : internet.routes) {
        finding.rules.push_back(name_route(table, *route));
      }
      finding.message = fmt::format("{} decides for {}{}, which {} private",
                                    route_text(*internet.routes.front()), finding.affected.front(),
                                    finding.affected.size() == 1
                                        ? ""
                                        : fmt::format(" and {} more", finding.affected.size() - 1),
                                    finding.affected.size() == 1 ? "says it is" : "say they are");
      finding.fix = route_deletion(table, *internet.routes.front());
      findings.push_back(std::move(finding));
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> private_subnets(const RouteTable& table) const {
    std::vector<std::string> ids;
    for (const Subnet* subnet : routing_.subnets_of(table)) {
      if (matches_tags(subnet->owned, private_)) {
        ids.push_back(subnet->id.value);
      }
    }
    return ids;
  }

  Routing routing_;
  std::vector<std::string> private_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  auto findings = judge_each<RouteTable>(
      context, route_world_to_igw.id, "no subnet that says it is private is sent to the internet",
      [&](const RouteTable& table, std::vector<Finding>& found) { run.judge(table, found); });
  ask_for<Vpc>(context,
               {.check = route_world_to_igw.id,
                .noun = Noun::RouteTables,
                .risk = Risk::Info,
                .unsaid = "whether its tables send private subnets to the internet is not known"},
               findings);
  return findings;
}

}  // namespace

const Check route_world_to_igw = {
    .id = "route-world-to-igw",
    .title = "Route table sends everything to an internet gateway",
    .risk = Risk::Info,
    .resources = "RouteTable",
    .why =
        "A table with a route for everything to an internet gateway makes each of its subnets "
        "public. That is what public subnets are for; where subnets that are called private have "
        "the same table, one of the two is a mistake.",
    .fix =
        "Give public and private subnets tables of their own, with a NAT gateway where calls out "
        "are needed. Remove the route from the private table with aws ec2 delete-route.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
