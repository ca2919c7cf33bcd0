#include <fmt/format.h>

#include "tools/scenario/groups.h"
#include "tools/scenario/interface.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

void expand_database(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::array subnets;
  std::vector<const Thing*> places;
  for (const std::string& name : arguments.list("subnets")) {
    const Thing& subnet = estate.need(arguments, name, {"subnet"});
    places.push_back(&subnet);
    subnets.push_back(object({{"SubnetIdentifier", subnet.id}, {"SubnetStatus", "Active"}}));
  }
  if (places.empty()) {
    arguments.complain("`db` needs `subnets=`");
    return;
  }
  const std::string& vpc = places.front()->vpc;
  const json::array groups = groups_of(estate, arguments.list("sg"), vpc, arguments);
  json::array memberships;
  for (const json::value& group : groups) {
    memberships.push_back(
        object({{"VpcSecurityGroupId", group.as_object().at("GroupId")}, {"Status", "active"}}));
  }
  json::object row = object({{"DBInstanceIdentifier", self.name},
                             {"DBInstanceArn", self.id},
                             {"Engine", arguments.option("engine", "postgres")},
                             {"DBInstanceStatus", "available"},
                             {"Endpoint", object({{"Address", self.name + ".rds.amazonaws.com"},
                                                  {"Port", arguments.number("port", 5432)}})},
                             {"PubliclyAccessible", arguments.flag("public-access")},
                             {"VpcSecurityGroups", memberships},
                             {"DBSubnetGroup", object({{"VpcId", vpc}, {"Subnets", subnets}})}});
  row["TagList"] = tags_of(self, arguments);
  estate.add(Kind::DbInstances, self.place, self.id, std::move(row));
  add_service_interface(estate, self, *places.front(),
                        {.type = "interface",
                         .description = "RDSNetworkInterface",
                         .requester = "amazon-rds",
                         .instance_owner = "amazon-rds",
                         .public_addresses = arguments.list("public"),
                         .address = arguments.option("address"),
                         .groups = groups,
                         .checks_source_dest = true});
}

void expand_launch_template(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const json::array groups = ids_of(estate, "sg", arguments.list("sg"), arguments);
  estate.add(Kind::LaunchTemplateVersions, self.place, self.id,
             object({{"LaunchTemplateId", self.id},
                     {"LaunchTemplateName", self.name},
                     {"VersionNumber", 1},
                     {"DefaultVersion", true},
                     {"LaunchTemplateData", object({{"SecurityGroupIds", groups}})}}));
}

void expand_function(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::array groups;
  json::array subnets;
  for (const std::string& name : arguments.list("sg")) {
    groups.push_back(json::value(estate.need(arguments, name, {"sg"}).id));
  }
  for (const std::string& name : arguments.list("subnets")) {
    subnets.push_back(json::value(estate.need(arguments, name, {"subnet"}).id));
  }
  estate.add(
      Kind::Functions, self.place, self.id,
      object({{"FunctionName", self.name},
              {"FunctionArn", self.id},
              {"VpcConfig", object({{"SubnetIds", subnets}, {"SecurityGroupIds", groups}})}}));
}

void expand_elastic_ip(Estate& estate, Arguments& arguments) {
  const std::string address = arguments.word("a public address");
  estate.add(Kind::Addresses, estate.here, address,
             object({{"PublicIp", address},
                     {"AllocationId", "eipalloc-0" + digest(address)},
                     {"Domain", "vpc"}}));
}

}  // namespace portolan::scenario
