#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "collect/decode/families.h"
#include "collect/decode/services.h"

namespace portolan::collect {

namespace {

/// One IpPermission: a protocol with its ports, and several peers.
struct Permission {
  struct Peer {
    RulePeer peer;
    std::string description;
  };
  std::string protocol;
  std::optional<int> from;
  std::optional<int> to;
  std::vector<Peer> peers;
  bool has_bad_peer = false;
};

struct GroupDraft {
  SecurityGroup& row;
  bool has_bad_rule = false;
};

/// SOURCE: EC2 API, UserIdGroupPair; ReferencedSecurityGroup has the same members.
constexpr Field<GroupReference> kReferenceFields[] = {
    {"GroupId", value<&GroupReference::group>},
    {"UserId", value<&GroupReference::account>},
    {"VpcId", value<&GroupReference::vpc>},
    {"VpcPeeringConnectionId", value<&GroupReference::peering>},
    {"PeeringStatus", value<&GroupReference::peering_status>},
};

/// Reads an array of peers, each an object whose member `key` is read by `read_peer` (false: bad).
template <class ReadPeer>
void read_peers(Reader& in, Permission& permission, std::string_view key, ReadPeer&& read_peer) {
  in.objects([&] {
    const std::size_t place = in.offset();
    const std::size_t problems = in.problems().size();
    Permission::Peer peer;
    bool is_good = false;
    in.object([&](std::string_view name) {
      if (name == key) {
        is_good = read_peer(peer);
      } else if (name == "Description") {
        in.read(peer.description);
      } else {
        in.skip();
      }
    });
    if (is_good) {
      permission.peers.push_back(std::move(peer));
      return;
    }
    permission.has_bad_peer = true;
    if (in.ok() && in.problems().size() == problems) {
      in.problem("rule_not_understood", fmt::format("a peer of a rule has no `{}`", key), place);
    }
  });
}

void read_ranges(Reader& in, Permission& permission, std::string_view key) {
  read_peers(in, permission, key, [&](Permission::Peer& peer) {
    const auto prefix = in.prefix();
    peer.peer = prefix.value_or(IpPrefix{});
    return prefix.has_value();
  });
}

void read_prefix_lists(Reader& in, Permission& permission) {
  read_peers(in, permission, "PrefixListId", [&](Permission::Peer& peer) {
    PrefixListId list;
    in.read(list);
    const bool is_good = !list.empty();
    peer.peer = std::move(list);
    return is_good;
  });
}

void read_groups(Reader& in, Permission& permission) {
  in.objects([&] {
    const std::size_t place = in.offset();
    Permission::Peer peer;
    GroupReference reference;
    in.object([&](std::string_view key) {
      if (key == "Description") {
        in.read(peer.description);
        return;
      }
      for (const auto& field : kReferenceFields) {
        if (field.key.text == key) {
          field.read(in, reference);
          return;
        }
      }
      in.skip();
    });
    if (reference.group.empty()) {
      permission.has_bad_peer = true;
      in.problem("rule_not_understood", "a peer of a rule has no `GroupId`", place);
      return;
    }
    peer.peer = std::move(reference);
    permission.peers.push_back(std::move(peer));
  });
}

constexpr Field<Permission> kPermissionFields[] = {
    {"FromPort", value<&Permission::from>},
    {"IpProtocol", value<&Permission::protocol>},
    {"IpRanges", [](Reader& in, Permission& row) { read_ranges(in, row, "CidrIp"); }},
    {"Ipv6Ranges", [](Reader& in, Permission& row) { read_ranges(in, row, "CidrIpv6"); }},
    {"PrefixListIds", read_prefix_lists},
    {"ToPort", value<&Permission::to>},
    {"UserIdGroupPairs", read_groups},
};

/// The services of a rule; none (and the problem reported) if they cannot be understood.
std::optional<ServiceSet> understood(Reader& in, const ServiceMembers& members, std::size_t place) {
  auto services = services_of(members);
  if (services) {
    return std::move(*services);
  }
  if (in.ok()) {
    in.problem("rule_not_understood", services.error().message, place);
  }
  return std::nullopt;
}

/// Cuts permissions into one rule for each peer.
void read_permissions(Reader& in, GroupDraft& draft, bool is_egress) {
  Permission permission;
  in.objects([&] {
    const std::size_t place = in.offset();
    permission.protocol.clear();
    permission.from.reset();
    permission.to.reset();
    permission.peers.clear();
    permission.has_bad_peer = false;
    read_fields(in, kPermissionFields, permission);
    const auto services =
        understood(in, {permission.protocol, permission.from, permission.to}, place);
    draft.has_bad_rule |= permission.has_bad_peer || !services;
    if (!services) {
      return;
    }
    for (Permission::Peer& peer : permission.peers) {
      draft.row.rules.push_back({.is_egress = is_egress,
                                 .services = *services,
                                 .peer = std::move(peer.peer),
                                 .protocol = permission.protocol,
                                 .from_port = permission.from.value_or(-1),
                                 .to_port = permission.to.value_or(-1),
                                 .description = std::move(peer.description)});
    }
  });
}

constexpr Field<GroupDraft> kGroupFields[] = {
    {"Description", [](Reader& in, GroupDraft& row) { in.read(row.row.description); }},
    {"GroupName", [](Reader& in, GroupDraft& row) { in.read(row.row.group_name); }},
    {"IpPermissions", [](Reader& in, GroupDraft& row) { read_permissions(in, row, false); }},
    {"OwnerId", [](Reader& in, GroupDraft& row) { owner(in, row.row); }},
    {"GroupId", [](Reader& in, GroupDraft& row) { in.read(row.row.id); }},
    {"IpPermissionsEgress", [](Reader& in, GroupDraft& row) { read_permissions(in, row, true); }},
    {"Tags", [](Reader& in, GroupDraft& row) { tags(in, row.row); }},
    {"VpcId", [](Reader& in, GroupDraft& row) { in.read(row.row.vpc); }},
    {"SecurityGroupArn", [](Reader& in, GroupDraft& row) { arn(in, row.row); }},
};

void note_bad_rule(Answer& answer, const SecurityGroupId& group) {
  add_gap(answer, "rule_not_understood", group.value,
          "a rule of the security group could not be understood");
}

/// One element of describe-security-group-rules.
struct RuleDraft {
  std::string& group;
  AccountId& owner;
  SecurityGroupRule& rule;
  std::optional<int> from;
  std::optional<int> to;
  bool has_peer = false;
};

void read_rule_prefix(Reader& in, RuleDraft& draft) {
  if (const auto prefix = in.prefix()) {
    draft.rule.peer = *prefix;
    draft.has_peer = true;
  }
}

void read_rule_list(Reader& in, RuleDraft& draft) {
  PrefixListId list;
  in.read(list);
  if (!list.empty()) {
    draft.rule.peer = std::move(list);
    draft.has_peer = true;
  }
}

void read_rule_reference(Reader& in, RuleDraft& draft) {
  GroupReference reference;
  read_fields(in, kReferenceFields, reference);
  if (!reference.group.empty()) {
    draft.rule.peer = std::move(reference);
    draft.has_peer = true;
  }
}

constexpr Field<RuleDraft> kRuleFields[] = {
    {"SecurityGroupRuleId", [](Reader& in, RuleDraft& row) { in.read(row.rule.id); }},
    {"GroupId", [](Reader& in, RuleDraft& row) { in.read(row.group); }},
    {"GroupOwnerId", [](Reader& in, RuleDraft& row) { in.read(row.owner); }},
    {"IsEgress", [](Reader& in, RuleDraft& row) { in.read(row.rule.is_egress); }},
    {"IpProtocol", [](Reader& in, RuleDraft& row) { in.read(row.rule.protocol); }},
    {"FromPort", value<&RuleDraft::from>},
    {"ToPort", value<&RuleDraft::to>},
    {"CidrIpv4", read_rule_prefix},
    {"CidrIpv6", read_rule_prefix},
    {"PrefixListId", read_rule_list},
    {"ReferencedGroupInfo", read_rule_reference},
    {"Description", [](Reader& in, RuleDraft& row) { in.read(row.rule.description); }},
};

/// Completes a rule that was read whole; false if it cannot be understood.
bool finish_rule(Answer& answer, RuleDraft& draft, std::size_t place) {
  auto services = understood(answer.in, {draft.rule.protocol, draft.from, draft.to}, place);
  if (!services) {
    return false;
  }
  if (!draft.has_peer) {
    answer.in.problem("rule_not_understood", "a rule has no peer", place);
    return false;
  }
  draft.rule.services = std::move(*services);
  draft.rule.from_port = draft.from.value_or(-1);
  draft.rule.to_port = draft.to.value_or(-1);
  answer.evidence.note({.account = draft.owner});
  return true;
}

/// Reads one rule into `part`; false if it is not to be kept.
bool read_rule(Answer& answer, Loose<GroupRulePart>& part) {
  const std::size_t place = answer.in.offset();
  const std::size_t problems = answer.in.problems().size();
  part.origin = answer.origin(place);
  RuleDraft draft{.group = part.holder, .owner = part.part.owner, .rule = part.part.rule};
  read_fields(answer.in, kRuleFields, draft);
  if (!answer.in.ok() || draft.group.empty()) {
    answer.in.missing_id(place);
    return false;
  }
  const bool is_good = finish_rule(answer, draft, place);
  if (!is_good) {
    note_bad_rule(answer, {draft.group});
  }
  answer.in.name_problems(problems, draft.group);
  return is_good;
}

}  // namespace

void decode_security_groups(Answer& answer) {
  read_drafts(answer, kGroupFields, [&](GroupDraft& draft) {
    std::sort(draft.row.rules.begin(), draft.row.rules.end());
    if (draft.has_bad_rule) {
      note_bad_rule(answer, draft.row.id);
    }
  });
}

void decode_security_group_rules(Answer& answer) {
  auto& parts = answer.out.loose<GroupRulePart>();
  const std::size_t list_start = answer.in.offset();
  const std::size_t first_part = parts.size();
  answer.in.objects([&] {
    reserve_rest(answer.in, list_start, parts, first_part);
    if (!read_rule(answer, parts.emplace_back())) {
      parts.pop_back();
    }
  });
}

void decode_security_group_vpc_associations(Answer& answer) {
  answer.in.objects([&] {
    const std::size_t place = answer.in.offset();
    std::string group;
    SecurityGroupVpcAssociation association;
    answer.in.object([&](std::string_view key) {
      if (key == "GroupId") {
        answer.in.read(group);
      } else if (key == "VpcId") {
        answer.in.read(association.vpc);
      } else if (key == "State") {
        answer.in.read(association.state);
      } else {
        answer.in.skip();
      }
    });
    if (!answer.in.ok() || group.empty() || association.vpc.empty()) {
      answer.in.missing_id(place);
      return;
    }
    answer.out.loose<SecurityGroupVpcAssociation>().push_back(
        {std::move(group), std::move(association), answer.origin(place)});
  });
}

}  // namespace portolan::collect
