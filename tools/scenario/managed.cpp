#include <fmt/format.h>

#include "tools/scenario/groups.h"
#include "tools/scenario/interface.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// The subnets of a database; complains if there are none.
std::vector<const Thing*> subnets_of(Estate& estate, Arguments& arguments) {
  std::vector<const Thing*> subnets;
  for (const std::string& name : arguments.list("subnets")) {
    subnets.push_back(&estate.need(arguments, name, {"subnet"}));
  }
  if (subnets.empty()) {
    arguments.complain(fmt::format("`{}` needs `subnets=`", arguments.statement().noun));
  }
  return subnets;
}

json::array memberships(const json::array& groups) {
  json::array all;
  for (const json::value& group : groups) {
    all.push_back(
        object({{"VpcSecurityGroupId", group.as_object().at("GroupId")}, {"Status", "active"}}));
  }
  return all;
}

}  // namespace

void expand_database(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::vector<const Thing*> places = subnets_of(estate, arguments);
  if (places.empty()) {
    return;
  }
  json::array subnets;
  for (const Thing* subnet : places) {
    subnets.push_back(object({{"SubnetIdentifier", subnet->id}, {"SubnetStatus", "Active"}}));
  }
  const std::string& vpc = places.front()->vpc;
  const json::array groups = groups_of(estate, arguments.list("sg"), vpc, arguments);
  json::object row = object({{"DBInstanceIdentifier", self.name},
                             {"DBInstanceArn", self.id},
                             {"Engine", arguments.option("engine", "postgres")},
                             {"DBInstanceStatus", "available"},
                             {"Endpoint", object({{"Address", self.name + ".rds.amazonaws.com"},
                                                  {"Port", arguments.number("port", 5432)}})},
                             {"PubliclyAccessible", arguments.flag("public-access")},
                             {"VpcSecurityGroups", memberships(groups)},
                             {"DBSubnetGroup", object({{"VpcId", vpc}, {"Subnets", subnets}})}});
  row["TagList"] = tags_of(self, arguments);
  estate.add(Kind::DbInstances, self.place, self.id, std::move(row));
  if (arguments.flag("no-interface")) {
    return;
  }
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

void expand_redshift(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::vector<const Thing*> places = subnets_of(estate, arguments);
  if (places.empty()) {
    return;
  }
  const std::string& vpc = places.front()->vpc;
  const json::array groups = groups_of(estate, arguments.list("sg"), vpc, arguments);
  json::object row =
      object({{"ClusterIdentifier", self.name},
              {"ClusterStatus", "available"},
              {"Endpoint", object({{"Address", self.name + ".redshift.amazonaws.com"},
                                   {"Port", arguments.number("port", 5439)}})},
              {"VpcSecurityGroups", memberships(groups)},
              {"VpcId", vpc},
              {"PubliclyAccessible", arguments.flag("public-access")}});
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::RedshiftClusters, self.place, self.id, std::move(row));
  add_service_interface(estate, self, *places.front(),
                        {.type = "interface",
                         .description = "RedshiftNetworkInterface",
                         .requester = "amazon-redshift",
                         .instance_owner = "amazon-redshift",
                         .public_addresses = arguments.list("public"),
                         .address = arguments.option("address"),
                         .groups = groups,
                         .checks_source_dest = true});
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
  const Thing& self = estate.self(arguments);
  json::object row =
      object({{"PublicIp", self.name}, {"AllocationId", self.id}, {"Domain", "vpc"}});
  if (arguments.flag("associated")) {
    row["AssociationId"] = "eipassoc-0" + digest(self.id);
  }
  if (const std::string service = arguments.option("service"); !service.empty()) {
    row["ServiceManaged"] = service;
  }
  estate.add(Kind::Addresses, self.place, self.id, std::move(row));
}

}  // namespace portolan::scenario
