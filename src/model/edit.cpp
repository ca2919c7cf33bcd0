#include "model/edit.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan {

namespace {

template <class Value>
void insert_sorted(std::vector<Value>& values, Value value) {
  values.insert(std::upper_bound(values.begin(), values.end(), value), std::move(value));
}

std::string_view direction(bool is_egress) { return is_egress ? "egress" : "ingress"; }

bool is_same_peer(const RulePeer& a, const RulePeer& b) {
  const auto* group = std::get_if<GroupReference>(&a);
  const auto* other = std::get_if<GroupReference>(&b);
  return group != nullptr && other != nullptr ? group->group == other->group : a == b;
}

std::vector<SecurityGroupRule>::iterator find_rule(SecurityGroup& group,
                                                   const SecurityGroupRule& rule) {
  auto& rules = group.rules;
  if (!rule.id.empty()) {
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [&](const auto& each) { return each.id == rule.id; });
    if (found != rules.end()) {
      return found;
    }
  }
  return std::find_if(rules.begin(), rules.end(),
                      [&](const auto& each) { return permits_same(each, rule); });
}

tl::unexpected<Error> no_such_rule(const SecurityGroup& group, const SecurityGroupRule& rule) {
  const std::string id = rule.id.empty() ? "" : fmt::format(" `{}`, or", printable(rule.id.value));
  return fail("no_such_rule", fmt::format("{} has no{} {} rule `{} {}`", printable(group.id.value),
                                          id, direction(rule.is_egress), rule.services.text(),
                                          printable(peer_text(rule.peer))));
}

}  // namespace

bool permits_same(const SecurityGroupRule& a, const SecurityGroupRule& b) {
  return a.is_egress == b.is_egress && a.services == b.services && is_same_peer(a.peer, b.peer);
}

Result<void> edit(SecurityGroup& group, const RuleAdded& change) {
  const auto& rules = group.rules;
  if (std::none_of(rules.begin(), rules.end(),
                   [&](const auto& each) { return permits_same(each, change.rule); })) {
    insert_sorted(group.rules, change.rule);
  }
  return {};
}

Result<void> edit(SecurityGroup& group, const RuleRemoved& change) {
  const auto found = find_rule(group, change.rule);
  if (found == group.rules.end()) {
    return no_such_rule(group, change.rule);
  }
  group.rules.erase(found);
  return {};
}

Result<void> edit(SecurityGroup& group, const RuleModified& change) {
  const auto found = find_rule(group, change.before);
  if (found == group.rules.end()) {
    return no_such_rule(group, change.before);
  }
  SecurityGroupRule rule = change.after;
  if (rule.id.empty()) {
    rule.id = found->id;
  }
  group.rules.erase(found);
  insert_sorted(group.rules, std::move(rule));
  return {};
}

Result<void> edit(NetworkInterface& interface, const GroupAttached& change) {
  if (!std::binary_search(interface.groups.begin(), interface.groups.end(), change.group)) {
    insert_sorted(interface.groups, change.group);
  }
  return {};
}

Result<void> edit(NetworkInterface& interface, const GroupDetached& change) {
  if (std::erase(interface.groups, change.group) == 0) {
    return fail("no_such_group",
                fmt::format("{} does not have the group `{}`", printable(interface.id.value),
                            printable(change.group.value)));
  }
  return {};
}

Result<void> edit(NetworkInterface& interface, const PublicAddressSet& change) {
  for (InterfaceAddress& address : interface.addresses) {
    if (address.private_ip == change.private_ip) {
      address.public_ip = change.public_ip;
      return {};
    }
  }
  return fail("no_such_address",
              fmt::format("{} has no private address `{}`", printable(interface.id.value),
                          change.private_ip.text()));
}

Result<void> edit(NetworkAcl& acl, const AclEntrySet& change) {
  const auto key = [](const NetworkAclEntry& entry) {
    return std::pair(entry.is_egress, entry.number);
  };
  const auto place = std::lower_bound(
      acl.entries.begin(), acl.entries.end(), change.entry,
      [&](const NetworkAclEntry& a, const NetworkAclEntry& b) { return key(a) < key(b); });
  if (place != acl.entries.end() && key(*place) == key(change.entry)) {
    *place = change.entry;
  } else {
    acl.entries.insert(place, change.entry);
  }
  return {};
}

Result<void> edit(NetworkAcl& acl, const AclEntryRemoved& change) {
  const auto count = std::erase_if(acl.entries, [&](const NetworkAclEntry& entry) {
    return entry.is_egress == change.is_egress && entry.number == change.number;
  });
  if (count == 0) {
    return fail("no_such_entry", fmt::format("{} has no {} entry `{}`", printable(acl.id.value),
                                             direction(change.is_egress), change.number));
  }
  return {};
}

RouteDestination destination_of(const Route& route) {
  return route.cidr ? RouteDestination(*route.cidr) : RouteDestination(route.prefix_list);
}

Result<void> edit(RouteTable& table, const RouteSet& change) {
  const RouteDestination destination = destination_of(change.route);
  std::erase_if(table.routes,
                [&](const Route& route) { return destination_of(route) == destination; });
  insert_sorted(table.routes, change.route);
  return {};
}

Result<void> edit(RouteTable& table, const RouteRemoved& change) {
  const auto count = std::erase_if(table.routes, [&](const Route& route) {
    return destination_of(route) == change.destination;
  });
  if (count == 0) {
    const auto* block = std::get_if<IpPrefix>(&change.destination);
    return fail("no_such_route",
                fmt::format("{} has no route to `{}`", printable(table.id.value),
                            block != nullptr
                                ? block->text()
                                : printable(std::get<PrefixListId>(change.destination).value)));
  }
  return {};
}

namespace {

/// Where the block is in the list, or belongs.
Result<std::vector<PrefixListEntry>::iterator> place_of(PrefixList& list, const IpPrefix& cidr) {
  if (!list.entries) {
    return fail("entries_not_collected",
                fmt::format("the entries of {} were not collected: {}", printable(list.id.value),
                            call_of(Noun::PrefixLists)));
  }
  return std::lower_bound(
      list.entries->begin(), list.entries->end(), cidr,
      [](const PrefixListEntry& entry, const IpPrefix& block) { return entry.cidr < block; });
}

}  // namespace

Result<void> edit(PrefixList& list, const PrefixListEntrySet& change) {
  const auto place = TRY(place_of(list, change.entry.cidr));
  if (place != list.entries->end() && place->cidr == change.entry.cidr) {
    *place = change.entry;
  } else {
    list.entries->insert(place, change.entry);
  }
  return {};
}

Result<void> edit(PrefixList& list, const PrefixListEntryRemoved& change) {
  const auto place = TRY(place_of(list, change.cidr));
  if (place == list.entries->end() || place->cidr != change.cidr) {
    return fail("no_such_entry",
                fmt::format("{} has no entry `{}`", printable(list.id.value), change.cidr.text()));
  }
  list.entries->erase(place);
  return {};
}

Result<void> edit(VpcPeering& peering, const PeeringSet& change) {
  peering.is_active = change.is_active;
  return {};
}

void edit(Owned& owned, const TagSet& change) {
  std::erase_if(owned.tags, [&](const Tag& tag) { return tag.key == change.key; });
  if (change.value) {
    insert_sorted(owned.tags, Tag{.key = change.key, .value = *change.value});
  }
}

}  // namespace portolan
