#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

namespace {

/// One or two groups that count in the VPC, all of one owner.
struct Membership {
  std::string groups;
  std::size_t place = 0;
};

Membership draw_membership(Draft& draft, const DraftVpc& vpc) {
  Random& random = draft.random;
  if (random.chance(7)) {
    return {.groups = "default", .place = vpc.place};
  }
  const DraftGroup& first = draft.groups[random.pick(vpc.groups)];
  Membership membership{.groups = first.name, .place = first.place};
  const DraftGroup& second = draft.groups[random.pick(vpc.groups)];
  if (random.chance(35) && second.name != first.name && second.place == first.place) {
    membership.groups += "," + second.name;
  }
  return membership;
}

std::string draw_public(Draft& draft, const DraftSubnet& subnet, const DraftInterface& interface) {
  const bool is_usual = subnet.is_public;
  if (!draft.wants(draft.setting->public_addresses, is_usual ? 65 : 6)) {
    return {};
  }
  std::string options = " public=" + draft.public_address();
  if (interface.addresses.size() > 1 && draft.random.chance(50) &&
      interface.addresses[1].find_first_of(":/") == std::string::npos) {
    options += "," + draft.public_address() + "@" + interface.addresses[1];
  }
  return options;
}

DraftInterface draw_addresses(Draft& draft, std::size_t index) {
  DraftSubnet& subnet = draft.subnets[index];
  Random& random = draft.random;
  DraftInterface interface {
    .name = {}, .subnet = index, .addresses = { draft.host_address(subnet) }
  };
  if (random.chance(15)) {
    interface.addresses.push_back(draft.host_address(subnet));
  }
  if (!subnet.cidr6.empty() && random.chance(75)) {
    interface.addresses.push_back(
        fmt::format("{}:{}::{}", draft.vpcs[subnet.vpc].base6, subnet.number, subnet.next_host));
  }
  if (random.chance(5) && subnet.next_block < 240) {
    interface.addresses.push_back(
        fmt::format("{}.{}.{}/28", draft.vpcs[subnet.vpc].base, subnet.number, subnet.next_block));
    subnet.next_block += 16;
  }
  return interface;
}

std::string instance_options(Draft& draft) {
  Random& random = draft.random;
  std::string options;
  options += random.chance(25) ? " windows" : "";
  options += random.chance(5) ? " state=stopped" : random.chance(3) ? " state=terminated" : "";
  options += draft.wants(draft.setting->appliances, 8) ? " no-source-check" : "";
  options += random.chance(10) ? " imds=v1 hop-limit=2" : "";
  options += random.chance(10) ? " profile=admin" : "";
  return options;
}

/// A second interface of the latest instance, one that a service made, or an idle one.
void draw_lone(Draft& draft, const DraftInterface& interface, const std::string& words,
               std::size_t place, const std::string& instance) {
  const int kind = draft.random.between(0, 2);
  if (kind == 0 && !instance.empty()) {
    draft.line(place, fmt::format("eni {} {} instance={}", interface.name, words, instance));
  } else if (kind == 2 && draft.random.chance(40)) {
    draft.line(place, fmt::format("eni {} {}", interface.name, words));
  } else {
    draft.line(place, fmt::format("eni {} {} type=lambda requester=727180483921 "
                                  "description=\"AWS Lambda VPC ENI-{}\"",
                                  interface.name, words, interface.name));
  }
}

void draw_database(Draft& draft, std::size_t index) {
  DraftSubnet& subnet = draft.subnets[index];
  const Membership membership = draw_membership(draft, draft.vpcs[subnet.vpc]);
  DraftInterface interface { .name = draft.name("db"), .subnet = index };
  interface.addresses.push_back(draft.host_address(subnet));
  draft.line(membership.place,
             fmt::format("{} {} subnets={} sg={} port=5432 address={}",
                         draft.random.chance(70) ? "db" : "redshift", interface.name, subnet.name,
                         membership.groups, interface.addresses.front()));
  interface.name += ".eni";
  draft.interfaces.push_back(std::move(interface));
}

void draw_mentions(Draft& draft) {
  const DraftGroup& group = draft.random.pick(draft.groups);
  if (draft.wants(draft.setting->mentions, 15)) {
    draft.line(group.place, fmt::format("launch-template {} sg={}", draft.name("lt"), group.name));
  }
  if (draft.wants(draft.setting->mentions, 15)) {
    draft.line(group.place,
               fmt::format("lambda {} subnets={} sg={}", draft.name("fn"),
                           draft.subnets[draft.vpcs[group.vpc].subnets.front()].name, group.name));
  }
}

/// A way through an instance that forwards, or that is not allowed to.
void draw_appliance_routes(Draft& draft) {
  Random& random = draft.random;
  const DraftInterface& appliance = random.pick(draft.interfaces);
  if (!appliance.is_instance) {
    return;
  }
  const DraftSubnet& home = draft.subnets[appliance.subnet];
  const DraftSubnet& there = draft.subnets[random.pick(draft.vpcs[home.vpc].subnets)];
  const DraftSubnet& from = draft.subnets[random.pick(draft.vpcs[home.vpc].subnets)];
  draft.route(from.table, random.chance(60) ? there.cidr : std::string("10.64.0.0/16"),
              appliance.name);
}

}  // namespace

void draw_interfaces(Draft& draft) {
  Random& random = draft.random;
  const int count = random.between(3, draft.setting->interfaces_max);
  std::string instance;
  std::size_t instance_vpc = 0;
  for (int i = 0; i < count; ++i) {
    const std::size_t index = random.below(draft.subnets.size());
    if (draft.wants(draft.setting->mentions, 6)) {
      draw_database(draft, index);
      continue;
    }
    DraftInterface interface = draw_addresses(draft, index);
    const DraftSubnet& subnet = draft.subnets[index];
    const Membership membership = draw_membership(draft, draft.vpcs[subnet.vpc]);
    std::string words = fmt::format("{} {} sg={}", subnet.name, joined_names(interface.addresses),
                                    membership.groups);
    words += draw_public(draft, subnet, interface);
    interface.is_instance = i == 0 || random.chance(75);
    interface.name = draft.name(interface.is_instance ? "i" : "n");
    if (interface.is_instance) {
      draft.line(membership.place,
                 fmt::format("instance {} {}{}", interface.name, words, instance_options(draft)));
      instance = interface.name;
      instance_vpc = subnet.vpc;
    } else {
      draw_lone(draft, interface, words, membership.place,
                instance_vpc == subnet.vpc ? instance : std::string());
    }
    draft.interfaces.push_back(std::move(interface));
  }
  draw_mentions(draft);
  if (draft.wants(draft.setting->appliances, 15)) {
    draw_appliance_routes(draft);
  }
}

}  // namespace portolan::tests::random
