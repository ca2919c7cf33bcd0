#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests::random {

namespace {

void draw_prefix_lists(Draft& draft) {
  Random& random = draft.random;
  for (int i = draft.wants(draft.setting->prefix_lists, 60) ? random.between(1, 2) : 0; i > 0;
       --i) {
    const std::string name = draft.name("pl");
    const std::size_t place = random.below(draft.places.size());
    std::string entries;
    for (int entry = random.between(1, 3); entry > 0; --entry) {
      const std::string block = draw_block(draft, 0, false);
      entries += entries.find(block) == std::string::npos ? " " + block : "";
    }
    draft.line(place, fmt::format("pl {}{}", name,
                                  draft.wants(draft.setting->gaps, 10) ? " no-entries" : entries));
    draft.prefix_lists.push_back(name);
  }
}

/// A list instead of a CIDR in a route: it loses against the CIDR of equal length.
void draw_list_routes(Draft& draft) {
  Random& random = draft.random;
  for (const std::string& list : draft.prefix_lists) {
    const DraftSubnet& subnet = random.pick(draft.subnets);
    const auto& routes = draft.tables[subnet.table].routes;
    if (routes.empty() || !random.chance(35)) {
      continue;
    }
    const std::string target = random.pick(routes).second;
    const bool takes_lists = target.find(':') == std::string::npos;  // no mark behind it
    if (takes_lists) {
      draft.route(subnet.table, "pl:" + list, target);
    }
  }
}

std::string draw_reference(Draft& draft, const DraftGroup& group) {
  Random& random = draft.random;
  if (random.chance(30)) {
    return "sg:self";
  }
  if (random.chance(4)) {
    return "sg:sg-0123456789abcdef0";  // gone: a stale reference
  }
  const DraftGroup& near = draft.groups[random.pick(draft.vpcs[group.vpc].groups)];
  const DraftGroup& any = random.pick(draft.groups);
  const DraftGroup& other = random.chance(60) ? near : any;
  if (other.place != group.place && random.chance(50)) {
    return fmt::format("sg:{}/{}", draft.places[other.place].substr(0, 12), other.name);
  }
  return "sg:" + other.name;
}

std::string draw_rule(Draft& draft, const DraftGroup& group, bool is_egress) {
  Random& random = draft.random;
  if (random.chance(is_egress ? 20 : 32)) {
    const std::string service = draw_service(draft, false, false);
    return fmt::format("{}@{}", service, draw_reference(draft, group));
  }
  if (!draft.prefix_lists.empty() && random.chance(15)) {
    const std::string service = draw_service(draft, false, false);
    return fmt::format("{}@pl:{}", service, random.pick(draft.prefix_lists));
  }
  const bool is_v6 = !draft.vpcs[group.vpc].cidr6.empty() && random.chance(35);
  const std::string service = draw_service(draft, false, is_v6);
  return fmt::format("{}@{}", service, draw_block(draft, group.vpc, is_v6));
}

/// Rules for different peers: AWS refuses the same rule twice.
std::string draw_rules_of(Draft& draft, const DraftGroup& group, bool is_egress, int count) {
  std::string rules;
  std::set<std::string> peers;
  for (; count > 0; --count) {
    const std::string rule = draw_rule(draft, group, is_egress);
    std::string peer = rule.substr(rule.find('@') + 1);
    if (peer.starts_with("sg:")) {
      // `sg:self`, `sg:NAME` and `sg:ACCOUNT/NAME` can be the same group.
      peer = peer == "sg:self" ? group.name : peer.substr(peer.find_last_of(":/") + 1);
    }
    if (peers.insert(peer).second) {
      rules += fmt::format(" {}={}", is_egress ? "out" : "in", rule);
    }
  }
  return rules;
}

std::string draw_group_rules(Draft& draft, const DraftGroup& group) {
  Random& random = draft.random;
  const std::string rules = draw_rules_of(draft, group, false, random.between(1, 3));
  return rules +
         (random.chance(55) ? " out=any" : draw_rules_of(draft, group, true, random.between(0, 3)));
}

void draw_groups(Draft& draft) {
  Random& random = draft.random;
  for (const DraftGroup& group : draft.groups) {
    const DraftVpc& vpc = draft.vpcs[group.vpc];
    draft.line(group.place,
               fmt::format("sg {} {}{}", group.name, vpc.name, draw_group_rules(draft, group)));
    const DraftVpc& other = random.pick(draft.vpcs);
    if (other.name != vpc.name && other.place == group.place && random.chance(10)) {
      draft.line(group.place, fmt::format("associate {} {}{}", group.name, other.name,
                                          random.chance(30) ? " state=associating" : ""));
    }
  }
  for (const DraftVpc& vpc : draft.vpcs) {
    if (random.chance(15)) {
      const DraftGroup& any = draft.groups[vpc.groups.front()];
      draft.line(vpc.place, fmt::format("sg default {} in={} out=any", vpc.name,
                                        draw_rule(draft, any, false)));
    }
  }
}

/// What administrators write for replies: all of the ephemeral ports, or those that they know of.
std::string draw_reply_entries(Draft& draft, std::string_view direction, bool has_v6) {
  Random& random = draft.random;
  const std::string_view ports = random.pick({"tcp/1024-65535", "tcp/1024-65535", "tcp/32768-61000",
                                              "tcp/49152-65535", "tcp/1024-40000", "any", "any"});
  std::string entries = fmt::format(" {}=900:allow:{}", direction, ports);
  if (random.chance(60)) {
    entries += fmt::format(" {}=910:allow:udp/1024-65535", direction);
  }
  if (random.chance(50)) {
    entries +=
        fmt::format(" {}=920:allow:{}", direction, random.pick({"icmp", "icmp/0", "icmp/8"}));
  }
  if (has_v6 && random.chance(75)) {
    entries += fmt::format(" {}=930:allow:any@::/0", direction);
  }
  return entries;
}

std::string draw_entries(Draft& draft, const DraftVpc& vpc, std::size_t vpc_index,
                         std::string_view direction) {
  Random& random = draft.random;
  std::vector<std::string> entries;
  const int count = random.between(1, 4);
  for (int number = 1; number <= count; ++number) {
    const bool is_v6 = !vpc.cidr6.empty() && random.chance(30);
    const std::string service = draw_service(draft, true, is_v6);
    entries.push_back(fmt::format(" {}={}:{}:{}@{}", direction, number * 100,
                                  random.chance(25) ? "deny" : "allow", service,
                                  draw_block(draft, vpc_index, is_v6)));
  }
  // The order in the file says nothing.
  if (random.chance(40)) {
    std::reverse(entries.begin(), entries.end());
  }
  std::string text;
  for (const std::string& entry : entries) {
    text += entry;
  }
  return text + (random.chance(80) ? draw_reply_entries(draft, direction, !vpc.cidr6.empty()) : "");
}

void draw_acls(Draft& draft) {
  Random& random = draft.random;
  for (std::size_t vpc_index = 0; vpc_index < draft.vpcs.size(); ++vpc_index) {
    const DraftVpc& vpc = draft.vpcs[vpc_index];
    for (const std::size_t subnet : vpc.subnets) {
      if (!draft.wants(draft.setting->acls, 30)) {
        continue;
      }
      const std::string in = draw_entries(draft, vpc, vpc_index, "in");
      const std::string out = random.chance(40)
                                  ? std::string(" out=100:allow:any") +
                                        (vpc.cidr6.empty() ? "" : " out=101:allow:any@::/0")
                                  : draw_entries(draft, vpc, vpc_index, "out");
      draft.line(vpc.place, fmt::format("acl {} {} subnets={}{}{}", draft.name("acl"), vpc.name,
                                        draft.subnets[subnet].name, in, out));
    }
    if (draft.wants(draft.setting->acls, 5)) {
      draft.line(vpc.place, fmt::format("acl {} {} default in=100:allow:any out=100:allow:any",
                                        draft.name("acl"), vpc.name));
    }
  }
}

}  // namespace

void draw_rules(Draft& draft) {
  draw_prefix_lists(draft);
  draw_list_routes(draft);
  draw_groups(draft);
  draw_acls(draft);
}

}  // namespace portolan::tests::random
