#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

namespace {

void draw_nat(Draft& draft, const DraftVpc& vpc) {
  Random& random = draft.random;
  DraftSubnet& home = draft.subnets[vpc.subnets.front()];
  const std::string name = vpc.name + "n";
  const std::string_view state = random.chance(6) ? " state=failed" : "";
  if (random.chance(15)) {
    draft.line(vpc.place, fmt::format("nat {} {} private address={}{}", name, home.name,
                                      draft.node_address(home), state));
  } else if (random.chance(15)) {
    draft.line(vpc.place,
               fmt::format("nat {} {} regional {}", name, vpc.name, draft.public_address()));
  } else {
    draft.line(vpc.place, fmt::format("nat {} {} {} address={}{}", name, home.name,
                                      draft.public_address(), draft.node_address(home), state));
  }
  for (const std::size_t index : vpc.subnets) {
    const DraftSubnet& subnet = draft.subnets[index];
    if (!subnet.is_public && random.chance(75)) {
      draft.route(subnet.table, "default", name);
    }
    if (!subnet.cidr6.empty() && random.chance(15)) {
      draft.route(subnet.table, "64:ff9b::/96", name);
    }
  }
}

void draw_internet_gateway(Draft& draft, DraftVpc& vpc) {
  Random& random = draft.random;
  vpc.gateway = vpc.name + "g";
  draft.line(vpc.place, random.chance(5) ? fmt::format("igw {}", vpc.gateway)
                                         : fmt::format("igw {} {}", vpc.gateway, vpc.name));
  for (std::size_t i = 0; i < vpc.subnets.size(); ++i) {
    DraftSubnet& subnet = draft.subnets[vpc.subnets[i]];
    subnet.is_public = i == 0 || random.chance(35);
    if (!subnet.is_public) {
      continue;
    }
    if (random.chance(12)) {
      draft.route(subnet.table, "0.0.0.0/1", vpc.gateway);
      draft.route(subnet.table, "128.0.0.0/1", vpc.gateway);
    }
    draft.route(subnet.table, "default", vpc.gateway);
    if (!subnet.cidr6.empty() && random.chance(70)) {
      draft.route(subnet.table, "default6", vpc.gateway);
    }
  }
}

void draw_egress_only_gateway(Draft& draft, const DraftVpc& vpc) {
  const std::string name = vpc.name + "e";
  draft.line(vpc.place, fmt::format("eigw {} {}", name, vpc.name));
  for (const std::size_t index : vpc.subnets) {
    const DraftSubnet& subnet = draft.subnets[index];
    if (!subnet.cidr6.empty()) {
      draft.route(subnet.table, "default6", name);
    }
  }
}

}  // namespace

void draw_gateways(Draft& draft) {
  for (DraftVpc& vpc : draft.vpcs) {
    if (draft.wants(draft.setting->internet_gateways, 75)) {
      draw_internet_gateway(draft, vpc);
    }
    if (draft.wants(draft.setting->nat, 50)) {
      draw_nat(draft, vpc);
    }
    if (draft.wants(draft.setting->internet_gateways && !vpc.cidr6.empty(), 40)) {
      draw_egress_only_gateway(draft, vpc);
    }
  }
  if (draft.wants(draft.setting->public_addresses, 10)) {
    draft.line(0, "eip " + draft.public_address());
  }
}

}  // namespace portolan::tests::random
