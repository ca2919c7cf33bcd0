#include "tools/scenario/groups.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/noun.h"
#include "tools/scenario/traffic.h"

namespace portolan::scenario {

namespace {

/// A rule's peer, in the two ways the documents say it.
struct Peer {
  std::string_view list;    // of an IpPermission: `IpRanges` …
  json::object permission;  // the member of that list
  std::string_view member;  // of a SecurityGroupRule
  json::value flat;
};

Peer cidr_peer(std::string_view text) {
  const bool is_v6 = text.find(':') != std::string_view::npos;
  std::string cidr(text);
  if (text.find('/') == std::string_view::npos) {
    cidr += is_v6 ? "/128" : "/32";
  }
  const std::string_view member = is_v6 ? "CidrIpv6" : "CidrIp";
  return {.list = is_v6 ? "Ipv6Ranges" : "IpRanges",
          .permission = object({{member, cidr}}),
          .member = is_v6 ? "CidrIpv6" : "CidrIpv4",
          .flat = json::value(cidr)};
}

const Row* peering_between(Estate& estate, const Thing& one, const Thing& other) {
  for (const Row& row : estate.rows()) {
    if (row.kind != Kind::VpcPeerings) {
      continue;
    }
    const json::value& a = row.value.at("RequesterVpcInfo").as_object().at("VpcId");
    const json::value& b = row.value.at("AccepterVpcInfo").as_object().at("VpcId");
    if ((is(a, one.vpc) && is(b, other.vpc)) || (is(a, other.vpc) && is(b, one.vpc))) {
      return &row;
    }
  }
  return nullptr;
}

/// A reference to a group. One over a peering connection names the connection and its state.
Peer group_peer(Estate& estate, const Thing& self, std::string_view name, Arguments& arguments) {
  std::string account;
  if (const std::size_t slash = name.find('/'); slash != std::string_view::npos) {
    account = name.substr(0, slash);
    name.remove_prefix(slash + 1);
  }
  const Thing& group = name == "self" ? self : estate.need(arguments, name, {"sg"});
  json::object pair =
      object({{"GroupId", group.id}, {"UserId", account.empty() ? group.place.account : account}});
  if (group.vpc != self.vpc && !group.vpc.empty()) {
    if (const Row* peering = peering_between(estate, self, group); peering != nullptr) {
      pair["VpcId"] = group.vpc;
      pair["VpcPeeringConnectionId"] = peering->id;
      pair["PeeringStatus"] = peering->value.at("Status").as_object().at("Code");
    }
  }
  return {.list = "UserIdGroupPairs",
          .permission = pair,
          .member = "ReferencedGroupInfo",
          .flat = pair};
}

Peer peer_of(Estate& estate, const Thing& self, std::string_view text, Arguments& arguments) {
  if (text == "any") {
    return cidr_peer("0.0.0.0/0");
  }
  if (text.starts_with("sg:")) {
    return group_peer(estate, self, text.substr(3), arguments);
  }
  if (text.starts_with("pl:")) {
    const Thing& list = estate.need(arguments, text.substr(3), {"pl"});
    return {.list = "PrefixListIds",
            .permission = object({{"PrefixListId", list.id}}),
            .member = "PrefixListId",
            .flat = json::value(list.id)};
  }
  return cidr_peer(text);
}

/// `why`: the rule's description, or empty.
void add_rule(Estate& estate, const Thing& self, json::object& row, bool is_egress,
              const Traffic& traffic, Peer peer, const std::string& why = {}) {
  json::object permission = object({{"IpProtocol", traffic.protocol},
                                    {"IpRanges", json::array{}},
                                    {"Ipv6Ranges", json::array{}},
                                    {"PrefixListIds", json::array{}},
                                    {"UserIdGroupPairs", json::array{}}});
  json::object flat = object({{"GroupId", self.id},
                              {"GroupOwnerId", self.place.account},
                              {"IsEgress", is_egress},
                              {"IpProtocol", traffic.protocol},
                              {"FromPort", traffic.from.value_or(-1)},
                              {"ToPort", traffic.to.value_or(-1)},
                              {"Tags", json::array{}}});
  if (traffic.from) {
    permission["FromPort"] = *traffic.from;
  }
  if (traffic.to) {
    permission["ToPort"] = *traffic.to;
  }
  if (!why.empty()) {
    peer.permission["Description"] = why;
  }
  array_of(permission, peer.list).push_back(std::move(peer.permission));
  flat[peer.member] = std::move(peer.flat);
  const std::string id = "sgr-0" + digest(json::serialize(flat));
  flat["SecurityGroupRuleId"] = id;
  if (!why.empty()) {
    flat["Description"] = why;
  }
  array_of(row, is_egress ? "IpPermissionsEgress" : "IpPermissions")
      .push_back(std::move(permission));
  estate.add(Kind::SecurityGroupRules, self.place, id, std::move(flat));
}

void add_rules(Estate& estate, const Thing& self, const Thing& vpc, json::object& row,
               bool is_egress, const std::string& why, Arguments& arguments) {
  for (const std::string& rule : arguments.options(is_egress ? "out" : "in")) {
    if (rule == "none") {
      continue;
    }
    const Spelling spelling = spelling_of(rule);
    for (const Traffic& traffic : traffic_of(spelling.service, arguments)) {
      add_rule(estate, self, row, is_egress, traffic,
               peer_of(estate, self, spelling.peer, arguments), why);
    }
    const bool has_v6 = std::any_of(vpc.cidrs.begin(), vpc.cidrs.end(), [](const IpPrefix& cidr) {
      return cidr.family() == IpFamily::V6;
    });
    if (is_egress && rule == "any" && has_v6) {
      add_rule(estate, self, row, true, {.protocol = "-1", .from = {}, .to = {}}, cidr_peer("::/0"),
               why);
    }
  }
}

json::object group_row(const Thing& self, const Thing& vpc, std::string_view name) {
  return object({{"GroupId", self.id},
                 {"GroupName", name},
                 {"Description", name},
                 {"OwnerId", self.place.account},
                 {"VpcId", vpc.id},
                 {"IpPermissions", json::array{}},
                 {"IpPermissionsEgress", json::array{}},
                 {"Tags", json::array{}}});
}

bool has_default_group(Estate& estate, const Thing& vpc) {
  return std::any_of(estate.rows().begin(), estate.rows().end(), [&](Row& row) {
    return row.kind == Kind::SecurityGroups && is(row.value["VpcId"], vpc.id) &&
           is(row.value["GroupName"], "default");
  });
}

}  // namespace

void prepare_group(Estate& estate, Arguments& arguments) {
  Thing& self = estate.self(arguments);
  self.vpc = estate.vpc_of(arguments).id;
}

void expand_group(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const Thing& vpc = estate.vpc_of(arguments);
  json::object row = group_row(
      self, vpc,
      arguments.option("group-name", self.name.ends_with(".default") ? "default" : self.name));
  row["Description"] = arguments.option("description", self.name);
  const std::string why = arguments.option("why");
  add_rules(estate, self, vpc, row, false, why, arguments);
  add_rules(estate, self, vpc, row, true, why, arguments);
  json::array tags = tags_of(self, arguments);
  row["Tags"] = std::move(tags);
  estate.add(Kind::SecurityGroups, self.place, self.id, std::move(row));
}

void expand_association(Estate& estate, Arguments& arguments) {
  const Thing& group = estate.need(arguments, arguments.word("a group"), {"sg"});
  const Thing& vpc = estate.need(arguments, arguments.word("a VPC"), {"vpc"});
  estate.add(Kind::SecurityGroupVpcAssociations, group.place, group.id + vpc.id,
             object({{"GroupId", group.id},
                     {"VpcId", vpc.id},
                     {"VpcOwnerId", vpc.place.account},
                     {"GroupOwnerId", group.place.account},
                     {"State", arguments.option("state", "associated")}}));
}

void expand_prefix_list(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const bool is_aws = arguments.flag("aws");
  const std::string name = arguments.option("list-name", self.name);
  const bool lacks_entries = arguments.flag("no-entries");
  const std::vector<std::string> entries = arguments.words_left();
  const bool is_v6 = !entries.empty() && entries.front().find(':') != std::string::npos;
  json::object row = object({{"PrefixListId", self.id},
                             {"PrefixListName", name},
                             {"AddressFamily", is_v6 ? "IPv6" : "IPv4"},
                             {"State", "create-complete"},
                             {"MaxEntries", entries.size()},
                             {"Version", 1},
                             {"OwnerId", is_aws ? "AWS" : self.place.account}});
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::PrefixLists, self.place, self.id, std::move(row));
  if (lacks_entries) {
    return;
  }
  json::object answer = object({{"Entries", json::array{}}});
  for (const std::string& entry : entries) {
    array_of(answer, "Entries").push_back(object({{"Cidr", entry}}));
  }
  estate.add(Kind::PrefixListEntries, self.place, self.id, std::move(answer));
}

json::array groups_of(Estate& estate, const std::vector<std::string>& names, std::string_view vpc,
                      Arguments& arguments) {
  json::array groups;
  for (const std::string& name : names) {
    const Thing* found = estate.find_id(vpc);
    const std::string full =
        name == "default" && found != nullptr ? found->name + ".default" : name;
    const Thing& group = estate.need(arguments, full, {"sg"});
    groups.push_back(object({{"GroupId", group.id}, {"GroupName", name}}));
  }
  return groups;
}

void complete_groups(Estate& estate) {
  const auto things = estate.things();
  for (const auto& [name, vpc] : things) {
    if (vpc.noun != "vpc" || estate.row(Kind::Vpcs, vpc.id) == nullptr ||
        has_default_group(estate, vpc)) {
      continue;
    }
    const Thing self = *estate.find(vpc.name + ".default");
    json::object row = group_row(self, vpc, "default");
    row["Description"] = "default VPC security group";
    const Traffic all{.protocol = "-1", .from = std::nullopt, .to = std::nullopt};
    const json::object pair = object({{"GroupId", self.id}, {"UserId", self.place.account}});
    add_rule(estate, self, row, false, all,
             {.list = "UserIdGroupPairs",
              .permission = pair,
              .member = "ReferencedGroupInfo",
              .flat = pair});
    add_rule(estate, self, row, true, all, cidr_peer("0.0.0.0/0"));
    estate.add(Kind::SecurityGroups, self.place, self.id, std::move(row));
  }
}

}  // namespace portolan::scenario
