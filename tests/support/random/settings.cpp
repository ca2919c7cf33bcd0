#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

namespace {

void draw_public_access(Draft& draft) {
  Random& random = draft.random;
  const std::size_t place = random.below(draft.places.size());
  draft.line(place, fmt::format("block-public-access {}",
                                random.pick({"off", "ingress", "bidirectional"})));
  const DraftVpc& vpc = random.pick(draft.vpcs);
  if (vpc.place == place && random.chance(50)) {
    draft.line(place,
               fmt::format("exclusion {} {}{}",
                           random.chance(50) ? vpc.name : draft.subnets[vpc.subnets.front()].name,
                           random.pick({"allow-bidirectional", "allow-egress"}),
                           random.chance(15) ? " state=create-in-progress" : ""));
  }
}

void draw_gaps(Draft& draft) {
  Random& random = draft.random;
  const std::string_view kind = random.pick({"network-acls",
                                             "route-tables",
                                             "network-interfaces",
                                             "nat-gateways",
                                             "security-groups",
                                             "vpc-peering-connections",
                                             "internet-gateways",
                                             "prefix-lists",
                                             "prefix-list-entries",
                                             "vpc-endpoints",
                                             "target-health",
                                             "listeners",
                                             "transit-gateways",
                                             "subnets",
                                             "transit-gateway-attachments",
                                             "instances",
                                             "vpn-connections",
                                             "block-public-access",
                                             "load-balancers",
                                             "vpc-endpoint-services",
                                             "transit-gateway-vpc-attachments"});
  const bool is_everywhere = random.chance(50);
  draft.line(0, fmt::format("not-collected {}{}{}", kind, is_everywhere ? "" : " ",
                            is_everywhere ? std::string() : random.pick(draft.places)));
}

}  // namespace

void draw_settings(Draft& draft) {
  if (draft.wants(draft.setting->block_public_access, 20)) {
    draw_public_access(draft);
  }
  if (draft.wants(draft.setting->gaps, 25)) {
    draw_gaps(draft);
  }
}

}  // namespace portolan::tests::random
