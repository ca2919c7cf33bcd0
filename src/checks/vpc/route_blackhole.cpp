#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/missing.h"
#include "checks/routing.h"

namespace portolan::checks {

extern const Check route_blackhole;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Route tables, blackhole"};

/// One finding for the table: who mends it looks at all its routes.
void judge(const RouteTable& table, std::vector<Finding>& findings) {
  Finding finding = about(route_blackhole.id, table);
  for (const Route& route : table.routes) {
    if (!route.is_blackhole) {
      continue;
    }
    if (finding.rules.empty()) {
      finding.message = route_text(route);
      finding.fix = route_deletion(table, route);
    }
    finding.rules.push_back(name_route(table, route));
  }
  if (finding.rules.empty()) {
    return;
  }
  finding.risk = Risk::Info;
  finding.message +=
      finding.rules.size() == 1
          ? " leads to what is gone"
          : fmt::format(" and {} more routes lead to what is gone", finding.rules.size() - 1);
  for (const SubnetId& subnet : table.subnets) {
    finding.affected.push_back(subnet.value);
  }
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  auto findings =
      judge_each<RouteTable>(context, route_blackhole.id, "all its routes lead somewhere", judge);
  ask_for<Vpc>(context,
               {.check = route_blackhole.id,
                .noun = Noun::RouteTables,
                .risk = Risk::Info,
                .unsaid = "whether its routes lead anywhere is not known"},
               findings);
  return findings;
}

}  // namespace

const Check route_blackhole = {
    .id = "route-blackhole",
    .title = "Route to a deleted target",
    .risk = Risk::Info,
    .resources = "RouteTable",
    .why =
        "A route whose gateway, interface or peering is gone drops what it is for: something is "
        "down, or nobody needs the route. A wider route does not take over, for the longest "
        "prefix wins even where it leads nowhere.",
    .fix =
        "Find out whether anything should still get there. Replace the target with aws ec2 "
        "replace-route, or delete the route.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
