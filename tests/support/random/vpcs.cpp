#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

namespace {

void draw_places(Draft& draft) {
  draft.places = {"111122223333 eu-west-1"};
  if (draft.wants(draft.setting->many_accounts, 45)) {
    draft.places.emplace_back("444455556666 eu-west-1");
  }
  if (draft.wants(draft.setting->many_accounts, 20)) {
    draft.places.emplace_back("111122223333 us-east-1");
  }
  draft.lines.resize(draft.places.size());
}

void draw_subnet(Draft& draft, std::size_t vpc_index, std::size_t number) {
  DraftVpc& vpc = draft.vpcs[vpc_index];
  Random& random = draft.random;
  DraftSubnet subnet{.name = fmt::format("{}{}", vpc.name, static_cast<char>('a' + number)),
                     .vpc = vpc_index,
                     .number = number,
                     .cidr = fmt::format("{}.{}.0/24", vpc.base, number),
                     .cidr6 = vpc.base6.empty() || random.chance(15)
                                  ? std::string()
                                  : fmt::format("{}:{}::/64", vpc.base6, number),
                     .zone = random.chance(60) ? 'a' : 'b'};
  const bool shares = number > 0 && random.chance(30);
  if (shares) {
    subnet.table = draft.subnets[vpc.subnets.back()].table;
  } else if (random.chance(15)) {
    subnet.table = vpc.main_table;
  } else {
    subnet.table = draft.tables.size();
    draft.tables.push_back({.name = subnet.name + "t", .vpc = vpc_index});
  }
  draft.tables[subnet.table].subnets.push_back(draft.subnets.size());
  vpc.subnets.push_back(draft.subnets.size());
  draft.line(vpc.place,
             fmt::format("subnet {} {} {}{}{} zone={}", subnet.name, vpc.name, subnet.cidr,
                         subnet.cidr6.empty() ? "" : ",", subnet.cidr6, subnet.zone));
  draft.subnets.push_back(std::move(subnet));
}

void draw_groups(Draft& draft, std::size_t vpc_index) {
  DraftVpc& vpc = draft.vpcs[vpc_index];
  const int count = draft.random.between(1, draft.setting->groups_max);
  for (int i = 0; i < count; ++i) {
    // Participants of a shared subnet own groups in a VPC that is not theirs.
    const bool is_theirs = i > 0 && draft.random.chance(15) && draft.places.size() > 1 &&
                           draft.region_of(1) == draft.region_of(vpc.place);
    vpc.groups.push_back(draft.groups.size());
    draft.groups.push_back({.name = fmt::format("{}s{}", vpc.name, i),
                            .vpc = vpc_index,
                            .place = is_theirs ? 1 : vpc.place});
  }
}

void draw_vpc(Draft& draft, std::size_t index) {
  Random& random = draft.random;
  const bool overlaps = index > 0 && random.chance(12);
  const std::size_t block = overlaps ? 0 : index;
  DraftVpc vpc{.name = fmt::format("v{}", index),
               .place = random.chance(60) ? 0 : random.below(draft.places.size()),
               .base = fmt::format("10.{}", block),
               .cidr = fmt::format("10.{}.0.0/16", block)};
  if (draft.wants(draft.setting->ipv6, 45)) {
    vpc.base6 = fmt::format("2600:1f18:{}", index + 1);
    vpc.cidr6 = vpc.base6 + "::/48";
  }
  vpc.main_table = draft.tables.size();
  draft.tables.push_back(
      {.name = vpc.name + "m", .vpc = index, .is_main = true, .is_written = random.chance(30)});
  draft.vpcs.push_back(vpc);
  std::string options;
  options += random.chance(8) ? " disassociated=10.77.0.0/16" : "";
  options += random.chance(20) ? " tags=env=prod" : "";
  draft.line(vpc.place, fmt::format("vpc {} {}{}{}{}", vpc.name, vpc.cidr,
                                    vpc.cidr6.empty() ? "" : ",", vpc.cidr6, options));
  const int subnets = random.between(1, draft.setting->subnets_max);
  for (int i = 0; i < subnets; ++i) {
    draw_subnet(draft, index, static_cast<std::size_t>(i));
  }
  draw_groups(draft, index);
}

}  // namespace

void draw_vpcs(Draft& draft) {
  draw_places(draft);
  const int count = draft.random.between(1, draft.setting->vpcs_max);
  for (int i = 0; i < count; ++i) {
    draw_vpc(draft, static_cast<std::size_t>(i));
  }
}

}  // namespace portolan::tests::random
