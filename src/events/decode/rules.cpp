#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/text.h"
#include "events/decode/call.h"
#include "events/decode/services.h"
#include "events/record.h"

/// Calls that change the rules of security groups.
/// SOURCE: EC2 API, AuthorizeSecurityGroupIngress, RevokeSecurityGroupIngress,
/// ModifySecurityGroupRules, IpPermission, SecurityGroupRule.
namespace portolan::events {

namespace {

struct Rules {
  Call& call;
  bool is_egress;
  std::vector<SecurityGroupRule> found = {};
};

/// A rule without its peer, of an object with `ipProtocol`, `fromPort`, `toPort`.
std::optional<SecurityGroupRule> rule_of(Call& call, const Value& value) {
  SecurityGroupRule rule;
  rule.protocol = value["ipProtocol"].text();
  const auto from = value["fromPort"].number();
  const auto to = value["toPort"].number();
  auto services = services_of({rule.protocol, from, to});
  if (!services) {
    call.faults.push_back(services.error().message);
    return std::nullopt;
  }
  rule.services = std::move(*services);
  // All spellings of "all" are one: ports of -1, of 0 to 0 with protocol -1, and none.
  const bool is_all = rule.services.is_all();
  rule.protocol = is_all ? "-1" : rule.protocol;
  rule.from_port = is_all ? -1 : static_cast<int>(from.value_or(-1));
  rule.to_port = is_all ? -1 : static_cast<int>(to.value_or(-1));
  rule.description = value["description"].text();
  return rule;
}

/// `groups.items[]`, `referencedGroupInfo`.
std::optional<RulePeer> group_peer(const Value& value) {
  GroupReference reference;
  reference.group.value = value["groupId"].text();
  if (reference.group.empty() && value["groupName"].exists()) {
    reference.group.value = "name:" + value["groupName"].text();
  }
  reference.account = account_of(value["userId"]);
  reference.vpc.value = value["vpcId"].text();
  reference.peering = value["vpcPeeringConnectionId"].text();
  return reference.group.empty() ? std::nullopt : std::optional<RulePeer>(reference);
}

/// The peer of a SecurityGroupRule, as responses and ModifySecurityGroupRules have it.
std::optional<RulePeer> single_peer(Call& call, const Value& value) {
  for (const std::string_view key : {"cidrIpv4", "cidrIpv6", "cidrIp"}) {
    if (const Value cidr = value[key]; cidr.exists()) {
      const auto block = call.prefix(key, cidr);
      return block ? std::optional<RulePeer>(*block) : std::nullopt;
    }
  }
  if (const Value list = value["prefixListId"]; list.exists()) {
    return PrefixListId{list.text()};
  }
  if (const Value group = any_of(value, {"referencedGroupInfo", "referencedGroup"});
      group.is_object()) {
    return group_peer(group);
  }
  if (const Value group = value["referencedGroupId"]; group.exists()) {
    return GroupReference{.group = {group.text()}};
  }
  return std::nullopt;
}

/// SOURCE: EC2 API, SecurityGroupRule.
std::optional<SecurityGroupRule> response_rule(Call& call, const Value& value) {
  auto rule = rule_of(call, value);
  const auto peer = single_peer(call, value);
  if (!rule || !peer) {
    return std::nullopt;
  }
  rule->peer = *peer;
  rule->id.value = value["securityGroupRuleId"].text();
  rule->is_egress = value["isEgress"].flag().value_or(call.event.name.ends_with("Egress"));
  return rule;
}

void add_rule(Rules& rules, SecurityGroupRule rule, const RulePeer& peer, const Value& described) {
  rule.peer = peer;
  rule.is_egress = rules.is_egress;
  if (const std::string text = described["description"].text(); !text.empty()) {
    rule.description = text;
  }
  rules.found.push_back(std::move(rule));
}

/// SOURCE: EC2 API, IpPermission: one protocol, many peers.
void add_permission(Rules& rules, const Value& permission) {
  const auto rule = rule_of(rules.call, permission);
  if (!rule) {
    return;
  }
  for (const auto& [list, key] : {std::pair{"ipRanges", "cidrIp"}, {"ipv6Ranges", "cidrIpv6"}}) {
    permission[list].each([&, member = key](const Value& range) {
      const Value cidr = range.is_object() ? range[member] : range;
      if (const auto block = rules.call.prefix(member, cidr)) {
        add_rule(rules, *rule, *block, range);
      }
    });
  }
  permission["prefixListIds"].each([&](const Value& list) {
    add_rule(rules, *rule, PrefixListId{list["prefixListId"].text()}, list);
  });
  any_of(permission, {"groups", "userIdGroupPairs"}).each([&](const Value& group) {
    if (const auto peer = group_peer(group)) {
      add_rule(rules, *rule, *peer, group);
    } else {
      rules.call.fault("groups", group);
    }
  });
}

/// A group of a default VPC, by its name alone, as old tools do: tcp, udp and icmp.
/// SOURCE: EC2 API, AuthorizeSecurityGroupIngress, SourceSecurityGroupName.
void add_named_source(Rules& rules) {
  const Value& request = rules.call.request;
  const RulePeer peer =
      GroupReference{.group = {"name:" + request["sourceSecurityGroupName"].text()},
                     .account = account_of(request["sourceSecurityGroupOwnerId"])};
  for (const std::string_view protocol : {"tcp", "udp", "icmp"}) {
    SecurityGroupRule rule;
    rule.protocol = protocol;
    rule.services = services_of({protocol, std::nullopt, std::nullopt}).value_or(ServiceSet{});
    add_rule(rules, rule, peer, {});
  }
}

/// The rules that the request spells: in a list, or one in its own members.
std::vector<SecurityGroupRule> requested(Call& call, const Value& permissions) {
  Rules rules{call, call.event.name.ends_with("Egress")};
  permissions.each([&](const Value& permission) { add_permission(rules, permission); });
  const Value& request = call.request;
  if (request["cidrIp"].exists()) {
    if (const auto rule = rule_of(call, request)) {
      if (const auto block = call.prefix("cidrIp", request["cidrIp"])) {
        add_rule(rules, *rule, *block, {});
      }
    }
  } else if (request["sourceSecurityGroupName"].exists()) {
    add_named_source(rules);
  }
  return std::move(rules.found);
}

struct Told {
  SecurityGroupId group;
  SecurityGroupRule rule;
};

/// The rules that a response tells, with their ids.
std::vector<Told> told_in(Call& call, std::string_view member) {
  std::vector<Told> rules;
  call.response[member].each([&](const Value& each) {
    if (auto rule = response_rule(call, each)) {
      const SecurityGroupId group{each["groupId"].text()};
      rules.push_back({group.empty() ? call.group() : group, std::move(*rule)});
    }
  });
  return rules;
}

void decode_authorize(Call& call) {
  const std::vector<Told> told = told_in(call, "securityGroupRuleSet");
  for (const Told& each : told) {
    call.add(RuleOpened{each.group, each.rule});
  }
  if (told.empty()) {
    for (SecurityGroupRule& rule : requested(call, call.request["ipPermissions"])) {
      call.add(RuleOpened{call.group(), std::move(rule)});
    }
  }
}

void decode_revoke(Call& call) {
  const std::vector<Told> told = told_in(call, "revokedSecurityGroupRuleSet");
  for (const Told& each : told) {
    call.add(RuleClosed{each.group, each.rule, true});
  }
  if (!told.empty()) {
    return;
  }
  any_of(call.request, {"securityGroupRuleIds", "securityGroupRuleId"}).each([&](const Value& id) {
    const std::string text = id.is_object() ? id["securityGroupRuleId"].text() : id.text();
    call.add(RuleClosedById{call.group(), {text}, call.event.name.ends_with("Egress")});
  });
  std::vector<SecurityGroupRule> unknown;
  if (call.response["unknownIpPermissionSet"].exists()) {
    Rules rules{call, call.event.name.ends_with("Egress")};
    call.response["unknownIpPermissionSet"].each(
        [&](const Value& permission) { add_permission(rules, permission); });
    unknown = std::move(rules.found);
  }
  for (SecurityGroupRule& rule : requested(call, call.request["ipPermissions"])) {
    const bool was_there = std::none_of(unknown.begin(), unknown.end(), [&](const auto& each) {
      return each.services == rule.services && each.peer == rule.peer;
    });
    if (was_there) {
      call.add(RuleClosed{call.group(), std::move(rule), false});
    }
  }
}

/// SOURCE: EC2 API, SecurityGroupRuleUpdate.
void decode_modify(Call& call) {
  any_of(call.request, {"securityGroupRules", "securityGroupRule"}).each([&](const Value& update) {
    const SecurityGroupRuleId id{update["securityGroupRuleId"].text()};
    if (auto after = response_rule(call, update["securityGroupRule"])) {
      after->id = id;
      after->is_egress = false;
      call.add(RuleRewritten{call.group(), id, std::move(*after)});
    } else {
      call.faults.push_back(
          fmt::format("what rule `{}` became is not understood", printable(id.text())));
    }
  });
}

void decode_descriptions(Call& call) { call.add(Noted{call.group().text()}); }

}  // namespace

std::vector<Decoder> rule_decoders() {
  return {{"AuthorizeSecurityGroupIngress", decode_authorize},
          {"AuthorizeSecurityGroupEgress", decode_authorize},
          {"RevokeSecurityGroupIngress", decode_revoke},
          {"RevokeSecurityGroupEgress", decode_revoke},
          {"ModifySecurityGroupRules", decode_modify},
          {"UpdateSecurityGroupRuleDescriptionsIngress", decode_descriptions},
          {"UpdateSecurityGroupRuleDescriptionsEgress", decode_descriptions}};
}

}  // namespace portolan::events
