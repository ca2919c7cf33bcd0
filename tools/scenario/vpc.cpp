#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/groups.h"
#include "tools/scenario/noun.h"
#include "tools/scenario/routes.h"

namespace portolan::scenario {

namespace {

bool is_v4(std::string_view cidr) { return cidr.find(':') == std::string_view::npos; }

json::object block(std::string_view cidr, std::string_view owner, std::string_view state) {
  const std::string member = is_v4(cidr) ? "CidrBlock" : "Ipv6CidrBlock";
  const std::string prefix = std::string(owner.substr(0, owner.find('-'))) + "-cidr-assoc-0";
  return object({{"AssociationId", prefix + digest(std::string(owner) + std::string(cidr))},
                 {member, cidr},
                 {member + "State", object({{"State", state}})}});
}

/// Takes the comma-separated blocks of the next word for `self`.
void take_cidrs(Thing& self, Arguments& arguments) {
  for (const std::string& cidr : list_of(arguments.word("a CIDR"))) {
    if (const auto prefix = IpPrefix::parse(cidr)) {
      self.cidrs.push_back(*prefix);
    } else {
      arguments.complain(prefix.error().message);
    }
  }
}

/// The letter of a zone made its name: `a` in eu-west-1 is `eu-west-1a`.
std::string zone_name(std::string_view zone, const Place& place) {
  return zone.size() == 1 ? place.region + std::string(zone) : std::string(zone);
}

/// `eu-west-1a` -> `euw1-az1`.
std::string zone_id(std::string_view zone) {
  std::string id;
  const std::vector<std::string_view> parts = split(zone, '-');
  for (const std::string_view part : parts) {
    id += id.empty() ? part : part.substr(0, 1);
  }
  return fmt::format("{}-az{}", id, zone.empty() ? 0 : zone.back() - 'a' + 1);
}

}  // namespace

void prepare_vpc(Estate& estate, Arguments& arguments) {
  const Thing vpc = estate.self(arguments);
  estate.declare("sg", vpc.name + ".default", "sg-0" + digest(vpc.id), vpc.place).vpc = vpc.id;
}

void expand_vpc(Estate& estate, Arguments& arguments) {
  Thing& self = estate.self(arguments);
  take_cidrs(self, arguments);
  self.vpc = self.id;
  json::object row = object({{"VpcId", self.id},
                             {"OwnerId", self.place.account},
                             {"State", "available"},
                             {"InstanceTenancy", "default"},
                             {"DhcpOptionsId", "dopt-0" + digest(self.id)},
                             {"IsDefault", arguments.flag("default")},
                             {"CidrBlockAssociationSet", json::array{}},
                             {"Ipv6CidrBlockAssociationSet", json::array{}}});
  const auto add = [&](std::string_view cidr, std::string_view state) {
    array_of(row, is_v4(cidr) ? "CidrBlockAssociationSet" : "Ipv6CidrBlockAssociationSet")
        .push_back(block(cidr, self.id, state));
  };
  for (const IpPrefix& cidr : self.cidrs) {
    if (!row.contains("CidrBlock") && cidr.family() == IpFamily::V4) {
      row["CidrBlock"] = cidr.text();
    }
    add(cidr.text(), "associated");
  }
  for (const std::string& cidr : arguments.list("disassociated")) {
    add(cidr, "disassociated");
  }
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::Vpcs, self.place, self.id, std::move(row));
}

void expand_subnet(Estate& estate, Arguments& arguments) {
  Thing& self = estate.self(arguments);
  const Thing& vpc = estate.need(arguments, arguments.word("a VPC"), {"vpc"});
  take_cidrs(self, arguments);
  self.place = vpc.place;
  self.vpc = vpc.id;
  self.subnet = self.id;
  self.zone = zone_name(arguments.option("zone", "a"), vpc.place);
  json::object row = object({{"SubnetId", self.id},
                             {"VpcId", vpc.id},
                             {"OwnerId", vpc.place.account},
                             {"State", "available"},
                             {"AvailabilityZone", self.zone},
                             {"AvailabilityZoneId", zone_id(self.zone)},
                             {"DefaultForAz", false},
                             {"MapPublicIpOnLaunch", arguments.flag("public-addresses")},
                             {"AssignIpv6AddressOnCreation", arguments.flag("ipv6-addresses")},
                             {"Ipv6CidrBlockAssociationSet", json::array{}}});
  for (const IpPrefix& cidr : self.cidrs) {
    if (cidr.family() == IpFamily::V4) {
      row["CidrBlock"] = cidr.text();
    } else {
      array_of(row, "Ipv6CidrBlockAssociationSet")
          .push_back(block(cidr.text(), self.id, "associated"));
    }
  }
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::Subnets, self.place, self.id, std::move(row));
  if (arguments.flag("routes")) {
    const std::string name = self.name + ".table";
    const Thing table = estate.declare("table", name, "rtb-0" + digest(self.id), vpc.place);
    json::object& made = add_table(estate, table, vpc);
    associate_table(made, "SubnetId", self.id);
    add_routes(estate, made, arguments);
  }
}

void complete_vpcs(Estate& estate) {
  complete_tables(estate);
  complete_acls(estate);
  complete_groups(estate);
}

}  // namespace portolan::scenario
