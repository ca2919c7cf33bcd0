#include <algorithm>

#include <fmt/format.h>

#include "core/text.h"
#include "tools/scenario/groups.h"
#include "tools/scenario/interface.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// SOURCE: EC2 API, InstanceState.
int state_code(std::string_view state) {
  static constexpr std::pair<std::string_view, int> kCodes[] = {
      {"pending", 0},     {"running", 16},  {"shutting-down", 32},
      {"terminated", 48}, {"stopping", 64}, {"stopped", 80}};
  for (const auto& [name, code] : kCodes) {
    if (name == state) {
      return code;
    }
  }
  return -1;
}

/// What an interface says of itself in the document of its instance.
json::object short_form(const json::object& interface) {
  json::object form;
  for (const std::string_view member :
       {"NetworkInterfaceId", "OwnerId", "VpcId", "SubnetId", "Description", "InterfaceType",
        "Status", "SourceDestCheck", "Groups", "Ipv6Addresses", "PrivateIpAddress",
        "PrivateIpAddresses", "Association", "Attachment"}) {
    if (const json::value* value = interface.if_contains(member)) {
      form[member] = *value;
    }
  }
  return form;
}

/// The addresses, groups and settings that instances and lone interfaces spell alike.
InterfaceDraft draft_of(Estate& estate, const Thing& self, Arguments& arguments) {
  const Thing& subnet = estate.need(arguments, arguments.word("a subnet"), {"subnet"});
  InterfaceDraft draft{.id = self.id,
                       .place = self.place,
                       .subnet = &subnet,
                       .addresses = list_of(arguments.word("an address")),
                       .public_addresses = arguments.list("public")};
  draft.groups = groups_of(estate, arguments.list("sg"), subnet.vpc, arguments);
  draft.instance_owner = self.place.account;
  draft.checks_source_dest = !arguments.flag("no-source-check");
  return draft;
}

/// `imds=v1|v2|off`, `hop-limit=N`.
json::object metadata_of(Arguments& arguments) {
  const std::string version = arguments.option("imds", "v2");
  return object({{"State", "applied"},
                 {"HttpEndpoint", version == "off" ? "disabled" : "enabled"},
                 {"HttpTokens", version == "v1" ? "optional" : "required"},
                 {"HttpPutResponseHopLimit", arguments.number("hop-limit", 1)},
                 {"InstanceMetadataTags", "disabled"}});
}

void set_profile(json::object& row, const Thing& self, Arguments& arguments) {
  const std::string profile = arguments.option("profile");
  if (!profile.empty()) {
    row["IamInstanceProfile"] = object(
        {{"Arn", fmt::format("arn:aws:iam::{}:instance-profile/{}", self.place.account, profile)},
         {"Id", "AIPA0" + digest(profile)}});
  }
}

json::object instance_row(const Thing& self, const InterfaceDraft& draft, Arguments& arguments) {
  const std::string state = arguments.option("state", "running");
  if (state_code(state) < 0) {
    arguments.complain(fmt::format("an instance is not `{}`", state));
  }
  json::object row = object({{"InstanceId", self.id},
                             {"ImageId", "ami-0" + digest("image")},
                             {"InstanceType", "t3.micro"},
                             {"State", object({{"Code", state_code(state)}, {"Name", state}})},
                             {"VpcId", draft.subnet->vpc},
                             {"SubnetId", draft.subnet->id},
                             {"Placement", object({{"AvailabilityZone", draft.subnet->zone}})},
                             {"SourceDestCheck", draft.checks_source_dest},
                             {"SecurityGroups", draft.groups},
                             {"PlatformDetails", "Linux/UNIX"},
                             {"MetadataOptions", metadata_of(arguments)}});
  if (arguments.flag("windows")) {
    row["Platform"] = "windows";
    row["PlatformDetails"] = "Windows";
  }
  set_profile(row, self, arguments);
  return row;
}

}  // namespace

void prepare_instance(Estate& estate, Arguments& arguments) {
  const Thing instance = estate.self(arguments);
  estate.declare("eni", instance.name + ".eni", "eni-0" + digest(instance.id), instance.place);
}

void expand_instance(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  InterfaceDraft draft = draft_of(estate, self, arguments);
  draft.id = estate.need(arguments, self.name + ".eni", {"eni"}).id;
  draft.instance = self.id;
  json::object row = instance_row(self, draft, arguments);
  const json::object& interface = add_interface(estate, draft);
  if (const json::value* address = interface.if_contains("PrivateIpAddress")) {
    row["PrivateIpAddress"] = *address;
  }
  if (const json::value* association = interface.if_contains("Association")) {
    row["PublicIpAddress"] = association->as_object().at("PublicIp");
  }
  row["NetworkInterfaces"] = json::array{short_form(interface)};
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::Instances, self.place, self.id,
             object({{"ReservationId", "r-0" + digest(self.id)},
                     {"OwnerId", self.place.account},
                     {"Groups", json::array{}},
                     {"Instances", json::array{row}}}));
}

void expand_interface(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  InterfaceDraft draft = draft_of(estate, self, arguments);
  const std::string instance = arguments.option("instance");
  draft.type = arguments.option("type", "interface");
  draft.description = arguments.option("description");
  draft.requester = arguments.option("requester");
  draft.status = arguments.option("status", instance.empty() ? "available" : "in-use");
  if (!instance.empty()) {
    draft.instance = estate.need(arguments, instance, {"instance"}).id;
    draft.device = 1;
  } else if (!draft.requester.empty()) {
    draft.instance_owner = draft.requester;
    draft.status = "in-use";
  }
  json::object& row = add_interface(estate, draft);
  row["TagSet"] = tags_of(self, arguments);
  if (Row* reservation = estate.row(Kind::Instances, draft.instance); reservation != nullptr) {
    json::object& owner = array_of(reservation->value, "Instances").front().as_object();
    array_of(owner, "NetworkInterfaces").push_back(short_form(row));
  }
}

}  // namespace portolan::scenario
