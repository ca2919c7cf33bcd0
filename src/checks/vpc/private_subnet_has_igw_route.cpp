#include <unordered_map>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/estate.h"
#include "checks/routing.h"
#include "checks/tag_patterns.h"

namespace portolan::checks {

extern const Check private_subnet_has_igw_route;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Subnet types, route tables"};

class Run {
 public:
  explicit Run(const Context& context)
      : context_(context),
        routing_(context),
        private_(lowered(context.config().private_tags)),
        data_tier_(lowered(context.config().data_tier_tags)) {
    for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
      if (is_public(interface)) {
        public_[interface.subnet].push_back(&interface);
      }
    }
  }

  void judge(const Subnet& subnet, std::vector<Finding>& findings) const {
    if (!matches_tags(subnet.owned, private_) && !matches_tags(subnet.owned, data_tier_)) {
      return;
    }
    Finding finding = about(private_subnet_has_igw_route.id, subnet);
    const SubnetKind kind = routing_.kind_of(subnet);
    if (kind == SubnetKind::Unknown) {
      const std::string gap = routing_.gap_of(subnet);
      findings.push_back(unknown(std::move(finding), Risk::High,
                                 fmt::format("whether the subnet is private is not known: {}", gap),
                                 {gap}));
    } else if (kind == SubnetKind::Public) {
      tell(subnet, finding);
      findings.push_back(std::move(finding));
    }
  }

 private:
  void tell(const Subnet& subnet, Finding& finding) const {
    const RouteTable& table = *routing_.table_of(subnet);
    const InternetRoutes& internet = routing_.internet_of(table);
    for (const Route* route : internet.routes) {
      finding.rules.push_back(name_route(table, *route));
    }
    const auto found = public_.find(subnet.id);
    const Interfaces exposed = found == public_.end() ? Interfaces{} : found->second;
    const bool is_blocked = is_blocked_from_internet(context_.snapshot(), subnet);
    const bool is_live = !is_blocked && (!exposed.empty() || subnet.maps_public_ip_on_launch ||
                                         subnet.assigns_ipv6_on_creation);
    finding.risk = is_live ? Risk::High : Risk::Medium;
    finding.is_latent = !is_live;
    finding.affected = affected_ids(exposed);
    finding.message = fmt::format(
        "the subnet says it is private, but {}{} sends it to the internet by {}; {}",
        table.id.value, table.is_main ? " (the main table)" : "",
        route_text(*internet.routes.front()),
        is_blocked         ? "VPC block public access stops that now"
        : !exposed.empty() ? names_of(context_.estate(), exposed) +
                                 (exposed.size() == 1 ? " has" : " have") + " a public address"
        : is_live ? "what is launched there gets a public address"
                  : "nothing there has a public address now");
    finding.fix = route_deletion(table, *internet.routes.front());
  }

  const Context& context_;
  Routing routing_;
  std::vector<std::string> private_;
  std::vector<std::string> data_tier_;
  std::unordered_map<SubnetId, Interfaces> public_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  return judge_each<Subnet>(
      context, private_subnet_has_igw_route.id, "it does not say that it is private, or it is",
      [&](const Subnet& subnet, std::vector<Finding>& findings) { run.judge(subnet, findings); });
}

}  // namespace

const Check private_subnet_has_igw_route = {
    .id = "private-subnet-has-igw-route",
    .title = "Subnet named or tagged private is public",
    .risk = Risk::High,
    .resources = "Subnet",
    .why =
        "People put databases and servers where the name says private, and relax their groups "
        "because of it. If the table that decides there leads to an internet gateway, one public "
        "address is enough to be reached from everywhere.",
    .fix =
        "Find out which is meant, the name or the route; outbound traffic only needs a NAT "
        "gateway. Replace the route with aws ec2 replace-route, or the subnet's table.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
