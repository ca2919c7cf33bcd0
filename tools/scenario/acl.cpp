#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/noun.h"
#include "tools/scenario/routes.h"
#include "tools/scenario/traffic.h"

namespace portolan::scenario {

namespace {

constexpr int kLastRule = 32767;
constexpr int kLastRuleV6 = 32768;

bool is_v6(std::string_view cidr) { return cidr.find(':') != std::string_view::npos; }

struct Entry {
  int number = 0;
  bool is_egress = false;
  std::string action;
  std::string cidr;
  Traffic traffic;
};

json::object row_of(const Entry& entry) {
  json::object row = object({{"RuleNumber", entry.number},
                             {"Egress", entry.is_egress},
                             {"RuleAction", entry.action},
                             {"Protocol", protocol_number_of(entry.traffic)}});
  row[is_v6(entry.cidr) ? "Ipv6CidrBlock" : "CidrBlock"] = entry.cidr;
  if (entry.traffic.from && entry.traffic.to) {
    const bool is_icmp = is(row["Protocol"], "1") || is(row["Protocol"], "58");
    row[is_icmp ? "IcmpTypeCode" : "PortRange"] =
        is_icmp ? object({{"Type", *entry.traffic.from}, {"Code", *entry.traffic.to}})
                : object({{"From", *entry.traffic.from}, {"To", *entry.traffic.to}});
  }
  return row;
}

/// The entries of `100:allow:tcp/22@10.0.0.0/8`; a service of several port ranges takes as many
/// rule numbers.
void add_entries(std::string_view rule, bool is_egress, json::array& entries,
                 Arguments& arguments) {
  const std::vector<std::string_view> parts = split(rule, ':');
  const std::size_t head = parts.size() < 3 ? 0 : parts[0].size() + parts[1].size() + 2;
  const bool is_rule = head > 0 && (parts[1] == "allow" || parts[1] == "deny") &&
                       parts[0].find_first_not_of("0123456789") == std::string_view::npos &&
                       !parts[0].empty() && parts[0].size() <= 5;
  if (!is_rule) {
    arguments.complain(fmt::format("a rule is `100:allow:tcp/22@10.0.0.0/8`, not `{}`", rule));
    return;
  }
  const Spelling spelling = spelling_of(rule.substr(head));
  int number = std::stoi(std::string(parts[0]));
  for (const Traffic& traffic : traffic_of(spelling.service, arguments)) {
    entries.push_back(row_of({.number = number++,
                              .is_egress = is_egress,
                              .action = std::string(parts[1]),
                              .cidr = spelling.peer == "any" ? "0.0.0.0/0" : spelling.peer,
                              .traffic = traffic}));
  }
}

const Traffic kEverything = {.protocol = "-1", .from = std::nullopt, .to = std::nullopt};

void add_last_entries(json::array& entries, bool has_v6) {
  for (const bool is_egress : {true, false}) {
    entries.push_back(row_of({.number = kLastRule,
                              .is_egress = is_egress,
                              .action = "deny",
                              .cidr = "0.0.0.0/0",
                              .traffic = kEverything}));
    if (has_v6) {
      entries.push_back(row_of({.number = kLastRuleV6,
                                .is_egress = is_egress,
                                .action = "deny",
                                .cidr = "::/0",
                                .traffic = kEverything}));
    }
  }
}

bool has_v6(const Thing& vpc) {
  for (const IpPrefix& cidr : vpc.cidrs) {
    if (cidr.family() == IpFamily::V6) {
      return true;
    }
  }
  return false;
}

json::object acl_row(const Thing& self, const Thing& vpc, bool is_default) {
  return object({{"NetworkAclId", self.id},
                 {"VpcId", vpc.id},
                 {"OwnerId", self.place.account},
                 {"IsDefault", is_default},
                 {"Associations", json::array{}},
                 {"Entries", json::array{}},
                 {"Tags", json::array{}}});
}

void associate(json::object& acl, const std::string& subnet) {
  array_of(acl, "Associations")
      .push_back(object({{"NetworkAclAssociationId", "aclassoc-0" + digest(subnet)},
                         {"NetworkAclId", acl["NetworkAclId"]},
                         {"SubnetId", subnet}}));
}

bool has_acl(Estate& estate, const std::string& subnet) {
  for (Row& row : estate.rows()) {
    if (row.kind != Kind::NetworkAcls) {
      continue;
    }
    for (const json::value& association : array_of(row.value, "Associations")) {
      if (is(association.as_object().at("SubnetId"), subnet)) {
        return true;
      }
    }
  }
  return false;
}

json::object* default_acl(Estate& estate, const Thing& vpc) {
  for (Row& row : estate.rows()) {
    if (row.kind == Kind::NetworkAcls && is(row.value["VpcId"], vpc.id) &&
        row.value["IsDefault"] == true) {
      return &row.value;
    }
  }
  return nullptr;
}

/// The NACL that AWS makes with a VPC: all may pass.
json::object& add_default_acl(Estate& estate, const Thing& vpc) {
  const Thing& self = estate.declare("acl", vpc.name + ".acl", "acl-0" + digest(vpc.id), vpc.place);
  json::object acl = acl_row(self, vpc, true);
  json::array& entries = array_of(acl, "Entries");
  for (const bool is_egress : {true, false}) {
    const Entry all{.number = 100,
                    .is_egress = is_egress,
                    .action = "allow",
                    .cidr = "0.0.0.0/0",
                    .traffic = kEverything};
    entries.push_back(row_of(all));
    if (has_v6(vpc)) {
      Entry all_v6 = all;
      all_v6.number = 101;
      all_v6.cidr = "::/0";
      entries.push_back(row_of(all_v6));
    }
  }
  add_last_entries(entries, has_v6(vpc));
  return estate.add(Kind::NetworkAcls, vpc.place, self.id, std::move(acl)).value;
}

}  // namespace

void expand_acl(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const Thing& vpc = estate.vpc_of(arguments);
  json::object acl = acl_row(self, vpc, arguments.flag("default"));
  json::array& entries = array_of(acl, "Entries");
  for (const std::string& rule : arguments.options("in")) {
    add_entries(rule, false, entries, arguments);
  }
  for (const std::string& rule : arguments.options("out")) {
    add_entries(rule, true, entries, arguments);
  }
  add_last_entries(entries, has_v6(vpc));
  for (const std::string& subnet : arguments.list("subnets")) {
    associate(acl, estate.need(arguments, subnet, {"subnet"}).id);
  }
  acl["Tags"] = tags_of(self, arguments);
  estate.add(Kind::NetworkAcls, vpc.place, self.id, std::move(acl));
}

void complete_acls(Estate& estate) {
  const auto things = estate.things();
  for (const auto& [name, vpc] : things) {
    if (vpc.noun != "vpc" || estate.row(Kind::Vpcs, vpc.id) == nullptr) {
      continue;
    }
    json::object* made = default_acl(estate, vpc);
    json::object& acl = made != nullptr ? *made : add_default_acl(estate, vpc);
    for (const auto& [subnet_name, subnet] : things) {
      if (subnet.noun == "subnet" && subnet.vpc == vpc.id && !has_acl(estate, subnet.id)) {
        associate(acl, subnet.id);
      }
    }
  }
}

}  // namespace portolan::scenario
