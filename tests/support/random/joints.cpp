#include <fmt/format.h>

#include "tests/support/random/draft.h"

/// What joins VPCs with each other and with what is outside of AWS.
namespace portolan::tests::random {

namespace {

/// Most tables of `from` lead to `to` by `target`; some lead to a part of it, some nowhere.
void draw_routes(Draft& draft, std::size_t from, std::size_t to, const std::string& target) {
  Random& random = draft.random;
  const DraftVpc& there = draft.vpcs[to];
  for (const std::size_t table : draft.tables_of(from)) {
    if (!random.chance(85) || draft.vpcs[from].cidr == there.cidr) {
      continue;
    }
    const std::string_view mark = random.chance(4) ? ":blackhole" : "";
    const DraftSubnet& part = draft.subnets[random.pick(there.subnets)];
    draft.route(table, random.chance(20) ? part.cidr : there.cidr,
                fmt::format("{}{}", target, mark));
    if (random.chance(6)) {
      draft.route(table, draft.subnets[random.pick(there.subnets)].cidr, target + ":blackhole");
    }
    if (!there.cidr6.empty() && !draft.vpcs[from].cidr6.empty() && random.chance(80)) {
      draft.route(table, there.cidr6, target);
    }
  }
}

void draw_peering(Draft& draft, std::size_t one, std::size_t other) {
  const std::string name = draft.name("p");
  const std::string_view state = draft.random.chance(7) ? " status=pending-acceptance" : "";
  draft.line(draft.vpcs[one].place, fmt::format("peering {} {} {}{}", name, draft.vpcs[one].name,
                                                draft.vpcs[other].name, state));
  draw_routes(draft, one, other, name);
  draw_routes(draft, other, one, name);
}

/// A peering with a VPC of somebody else.
void draw_foreign_peering(Draft& draft, std::size_t vpc) {
  const std::string name = draft.name("p");
  draft.line(draft.vpcs[vpc].place,
             fmt::format("peering {} {} 999988887777:{}:vpc-0aaaaaaaaaaaaaaaa:10.9.0.0/16", name,
                         draft.vpcs[vpc].name, draft.region_of(draft.vpcs[vpc].place)));
  for (const std::size_t table : draft.tables_of(vpc)) {
    draft.route(table, "10.9.0.0/16", name);
  }
}

struct TransitDraft {
  std::string name = {};
  std::size_t place = 0;
  std::vector<std::size_t> vpcs = {};
  std::vector<std::string> attachments = {};  // one for each of the VPCs
  std::vector<std::string> tables = {};
};

void draw_attachment(Draft& draft, TransitDraft& transit, std::size_t index) {
  Random& random = draft.random;
  const DraftVpc& vpc = draft.vpcs[index];
  std::vector<std::string> subnets;
  for (const std::size_t subnet : vpc.subnets) {
    if (subnets.empty() || random.chance(60)) {
      subnets.push_back(draft.subnets[subnet].name);
    }
  }
  const std::string name = transit.name + vpc.name;
  std::string options = random.chance(92) ? " table=" + random.pick(transit.tables) : "";
  options += random.chance(10) ? " appliance" : "";
  options += random.chance(15) ? " sg-referencing=disable" : "";
  options += random.chance(4) ? " state=deleting" : "";
  draft.line(transit.place, fmt::format("attachment {} {} {} subnets={}{}", name, transit.name,
                                        vpc.name, joined_names(subnets), options));
  transit.vpcs.push_back(index);
  transit.attachments.push_back(name);
}

std::string draw_transit_routes(Draft& draft, const TransitDraft& transit) {
  Random& random = draft.random;
  std::vector<std::string> propagated;
  std::string routes;
  for (std::size_t i = 0; i < transit.vpcs.size(); ++i) {
    const DraftVpc& vpc = draft.vpcs[transit.vpcs[i]];
    if (random.chance(75)) {
      propagated.push_back(transit.attachments[i]);
    } else if (random.chance(70)) {
      routes += fmt::format(" {}={}", vpc.cidr, transit.attachments[i]);
    }
    if (random.chance(10)) {
      routes += fmt::format(" {}={}", draft.subnets[random.pick(vpc.subnets)].cidr,
                            random.chance(50) ? "blackhole" : transit.attachments[i]);
    }
  }
  if (random.chance(12)) {
    routes += " default=" + random.pick(transit.attachments);
  }
  return (propagated.empty() ? "" : " propagate=" + joined_names(propagated)) + routes;
}

void draw_vpn_of_transit(Draft& draft, const TransitDraft& transit) {
  const std::string vpn = draft.name("vpn");
  draft.line(transit.place, fmt::format("vpn {} tgw={} routes=192.168.0.0/16", vpn, transit.name));
  draft.line(transit.place, fmt::format("attachment {}a {} vpn:{} table={}", vpn, transit.name, vpn,
                                        transit.tables.front()));
  if (draft.random.chance(20)) {
    draft.line(transit.place, fmt::format("attachment {}c {} connect", vpn, transit.name));
  }
}

/// A transit gateway with all VPCs of `vpcs`; the blocks of `beyond` lead to its peering.
TransitDraft draw_transit_gateway(Draft& draft, const std::vector<std::size_t>& vpcs,
                                  const std::vector<std::size_t>& beyond,
                                  const std::string& peering) {
  Random& random = draft.random;
  TransitDraft transit{.name = draft.name("t"), .place = draft.vpcs[vpcs.front()].place};
  for (int i = random.between(1, 2); i > 0; --i) {
    transit.tables.push_back(fmt::format("{}r{}", transit.name, i));
  }
  draft.line(transit.place,
             fmt::format("tgw {}{}", transit.name, random.chance(60) ? " sg-referencing" : ""));
  for (const std::size_t vpc : vpcs) {
    draw_attachment(draft, transit, vpc);
  }
  const bool has_vpn = random.chance(20);
  if (has_vpn) {
    draw_vpn_of_transit(draft, transit);
  }
  for (const std::string& table : transit.tables) {
    std::string routes = draw_transit_routes(draft, transit);
    for (const std::size_t vpc : beyond) {
      routes += fmt::format(" {}={}", draft.vpcs[vpc].cidr, peering);
    }
    routes += draft.wants(draft.setting->gaps, 3) ? " no-routes" : "";
    routes += draft.wants(draft.setting->gaps, 3) ? " static-only" : "";
    draft.line(transit.place, fmt::format("tgw-table {} {}{}", table, transit.name, routes));
  }
  for (const std::size_t vpc : vpcs) {
    for (const std::size_t table : has_vpn ? draft.tables_of(vpc) : std::vector<std::size_t>()) {
      draft.route(table, "192.168.0.0/16", transit.name);
    }
  }
  return transit;
}

void join_by_transit(Draft& draft, const std::vector<std::size_t>& vpcs) {
  const TransitDraft transit = draw_transit_gateway(draft, vpcs, {}, {});
  for (const std::size_t from : vpcs) {
    if (draft.random.chance(15)) {
      for (const std::size_t table : draft.tables_of(from)) {
        draft.route(table, "10.0.0.0/8", transit.name);
      }
    }
    for (const std::size_t to : vpcs) {
      if (from != to) {
        draw_routes(draft, from, to, transit.name);
      }
    }
  }
}

/// Two VPCs, each on a transit gateway of its own, which are peered.
void join_by_transit_peering(Draft& draft, std::size_t one, std::size_t other) {
  const std::string peering = draft.name("tp");
  const TransitDraft a = draw_transit_gateway(draft, {one}, {other}, peering);
  const TransitDraft b = draw_transit_gateway(draft, {other}, {one}, peering);
  draft.line(a.place, fmt::format("tgw-peering {} {} {} table-a={} table-b={}", peering, a.name,
                                  b.name, a.tables.front(), b.tables.front()));
  draw_routes(draft, one, other, a.name);
  draw_routes(draft, other, one, b.name);
}

void draw_vpn_gateway(Draft& draft, std::size_t index) {
  const DraftVpc& vpc = draft.vpcs[index];
  const std::string name = vpc.name + "o";
  draft.line(vpc.place, fmt::format("vgw {} {}", name, vpc.name));
  draft.line(vpc.place, fmt::format("vpn {}l vgw={} routes=192.168.0.0/16", name, name));
  for (const std::size_t table : draft.tables_of(index)) {
    if (draft.random.chance(70)) {
      draft.route(table, "192.168.0.0/16", name + (draft.random.chance(50) ? ":propagated" : ""));
    }
  }
}

bool same_region(const Draft& draft, std::size_t one, std::size_t other) {
  return draft.region_of(draft.vpcs[one].place) == draft.region_of(draft.vpcs[other].place);
}

}  // namespace

void draw_joints(Draft& draft) {
  const RandomNetwork& setting = *draft.setting;
  std::vector<std::size_t> regional;
  for (std::size_t i = 0; i < draft.vpcs.size(); ++i) {
    if (same_region(draft, 0, i)) {
      regional.push_back(i);
    }
  }
  const bool has_transit = draft.wants(setting.transit && regional.size() > 1, 50);
  if (has_transit) {
    join_by_transit(draft, regional);
  }
  for (std::size_t one = 0; one < draft.vpcs.size(); ++one) {
    for (std::size_t other = one + 1; other < draft.vpcs.size(); ++other) {
      const int percent = has_transit && same_region(draft, one, other) ? 25 : 75;
      if (draft.wants(setting.peering, percent)) {
        draw_peering(draft, one, other);
      } else if (draft.wants(setting.transit && !has_transit, 50)) {
        join_by_transit_peering(draft, one, other);
      }
    }
  }
  for (std::size_t vpc = 0; vpc < draft.vpcs.size(); ++vpc) {
    if (draft.wants(setting.transit, 12)) {
      draw_vpn_gateway(draft, vpc);
    }
    if (draft.wants(setting.peering && setting.gaps, 6)) {
      draw_foreign_peering(draft, vpc);
    }
  }
}

}  // namespace portolan::tests::random
