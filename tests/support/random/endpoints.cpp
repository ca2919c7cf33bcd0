#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

namespace {

void draw_gateway_endpoint(Draft& draft, std::size_t vpc_index) {
  const DraftVpc& vpc = draft.vpcs[vpc_index];
  const std::string list = draft.name("s3pl");
  const bool is_unread = draft.wants(draft.setting->gaps, 15);
  draft.line(vpc.place,
             fmt::format("pl {} {} aws list-name=com.amazonaws.{}.s3", list,
                         is_unread ? "no-entries" : "52.218.0.0/17", draft.region_of(vpc.place)));
  std::vector<std::string> tables;
  for (const std::size_t subnet : vpc.subnets) {
    DraftTable& table = draft.tables[draft.subnets[subnet].table];
    const bool is_named = !tables.empty() && tables.back() == table.name;
    if (!is_named && (tables.empty() || draft.random.chance(60))) {
      table.is_written = true;
      tables.push_back(table.name);
    }
  }
  draft.line(vpc.place, fmt::format("endpoint {} {} gateway s3 tables={}", draft.name("e"),
                                    vpc.name, joined_names(tables)));
}

void draw_interface_endpoint(Draft& draft, std::size_t vpc_index, std::string_view service) {
  const DraftVpc& vpc = draft.vpcs[vpc_index];
  DraftSubnet& subnet = draft.subnets[draft.random.pick(vpc.subnets)];
  draft.line(vpc.place,
             fmt::format("endpoint {} {} interface {} subnets={} sg={} addresses={}{}",
                         draft.name("e"), vpc.name, service, subnet.name,
                         draft.groups[vpc.groups.front()].name, draft.node_address(subnet),
                         draft.random.chance(8) ? " state=pendingAcceptance" : ""));
}

/// An endpoint service in front of instances of one VPC, and its endpoint in another.
void draw_private_link(Draft& draft, std::size_t provider_index, std::size_t consumer) {
  const DraftVpc& provider = draft.vpcs[provider_index];
  DraftSubnet& subnet = draft.subnets[provider.subnets.back()];
  const std::string balancer = draft.name("nlb");
  const std::string targets = draft.name("tg");
  const std::string service = draft.name("svc");
  draft.line(provider.place, fmt::format("nlb {} internal subnets={} nodes={}", balancer,
                                         subnet.name, draft.node_address(subnet)));
  std::string addresses;
  for (const DraftInterface& interface : draft.interfaces) {
    if (draft.subnets[interface.subnet].vpc == provider_index && addresses.empty()) {
      addresses = " targets=" + interface.addresses.front();
    }
  }
  draft.line(provider.place, fmt::format("target-group {} TCP/443 {} type=ip{}", targets,
                                         provider.name, addresses));
  draft.line(provider.place, fmt::format("listener {} TCP/443 forward={}", balancer, targets));
  draft.line(provider.place, fmt::format("endpoint-service {} balancers={}", service, balancer));
  draw_interface_endpoint(draft, consumer, service);
}

}  // namespace

void draw_endpoints(Draft& draft) {
  const RandomNetwork& setting = *draft.setting;
  for (std::size_t vpc = 0; vpc < draft.vpcs.size(); ++vpc) {
    if (draft.wants(setting.endpoints && setting.prefix_lists, 15)) {
      draw_gateway_endpoint(draft, vpc);
    }
    if (draft.wants(setting.endpoints, 15)) {
      draw_interface_endpoint(draft, vpc, draft.random.pick({"ec2", "secretsmanager"}));
    }
  }
  const std::size_t provider = draft.random.below(draft.vpcs.size());
  const std::size_t consumer = draft.random.below(draft.vpcs.size());
  const bool is_near =
      draft.region_of(draft.vpcs[provider].place) == draft.region_of(draft.vpcs[consumer].place);
  if (draft.wants(setting.endpoints && setting.balancers && is_near, 20)) {
    draw_private_link(draft, provider, consumer);
  }
}

}  // namespace portolan::tests::random
