#include <fmt/format.h>

#include "tools/scenario/groups.h"
#include "tools/scenario/interface.h"
#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

/// `s3` is the service of AWS in the endpoint's region, an endpoint service that of its owner.
std::string service_name(Estate& estate, std::string_view service, const Place& place) {
  const Thing* own = estate.find(service);
  if (own != nullptr && own->noun == "endpoint-service") {
    return fmt::format("com.amazonaws.vpce.{}.{}", own->place.region, own->id);
  }
  if (service.find('.') != std::string_view::npos) {
    return std::string(service);
  }
  return fmt::format("com.amazonaws.{}.{}", place.region, service);
}

/// The prefix list that has the name of the service; one that nobody collected if there is none.
std::string list_of_service(Estate& estate, const std::string& service) {
  for (Row& row : estate.rows()) {
    if (row.kind == Kind::PrefixLists && is(row.value["PrefixListName"], service)) {
      return row.id;
    }
  }
  return "pl-0" + digest(service);
}

void add_gateway_routes(Estate& estate, const Thing& self, json::object& row,
                        const std::string& service, Arguments& arguments) {
  row["VpcEndpointType"] = "Gateway";
  const std::string list = list_of_service(estate, service);
  for (const std::string& name : arguments.list("tables")) {
    const Thing& table = estate.need(arguments, name, {"table"});
    array_of(row, "RouteTableIds").push_back(json::value(table.id));
    if (Row* routes = estate.row(Kind::RouteTables, table.id); routes != nullptr) {
      array_of(routes->value, "Routes")
          .push_back(object({{"DestinationPrefixListId", list},
                             {"GatewayId", self.id},
                             {"Origin", "CreateRoute"},
                             {"State", "active"}}));
    }
  }
}

void add_interfaces(Estate& estate, const Thing& self, json::object& row, bool is_gwlb,
                    Arguments& arguments) {
  row["VpcEndpointType"] = is_gwlb ? "GatewayLoadBalancer" : "Interface";
  const std::string vpc(row["VpcId"].as_string());
  const json::array groups = groups_of(estate, arguments.list("sg"), vpc, arguments);
  row["Groups"] = groups;
  std::vector<std::string> addresses = arguments.list("addresses");
  std::size_t next = 0;
  for (const std::string& name : arguments.list("subnets")) {
    const Thing& subnet = estate.need(arguments, name, {"subnet"});
    array_of(row, "SubnetIds").push_back(json::value(subnet.id));
    const MadeInterface made =
        add_service_interface(estate, self, subnet,
                              {.type = is_gwlb ? "gateway_load_balancer_endpoint" : "vpc_endpoint",
                               .description = "VPC Endpoint Interface " + self.id,
                               .requester = "727180483921",
                               .instance_owner = "amazon-aws",
                               .address = next < addresses.size() ? addresses[next] : std::string(),
                               .groups = groups,
                               .checks_source_dest = !is_gwlb});
    ++next;
    array_of(row, "NetworkInterfaceIds").push_back(json::value(made.id));
  }
}

/// The policy that AWS gives to an endpoint, or one that is narrower.
void add_policy(json::object& row, Arguments& arguments) {
  const std::string kind = arguments.option("policy", "open");
  json::object statement =
      object({{"Effect", "Allow"}, {"Principal", "*"}, {"Action", "*"}, {"Resource", "*"}});
  if (kind == "none") {
    return;
  }
  if (kind == "organization") {
    statement["Condition"] =
        object({{"StringEquals", object({{"aws:PrincipalOrgID", "o-a1b2c3d4e5"}})}});
  } else if (kind == "bucket") {
    statement["Resource"] = "arn:aws:s3:::shop/*";
  } else if (kind != "open") {
    arguments.complain(fmt::format("a policy is not `{}`", kind));
  }
  row["PolicyDocument"] =
      json::serialize(object({{"Version", "2008-10-17"}, {"Statement", json::array{statement}}}));
}

}  // namespace

void expand_endpoint(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const Thing& vpc = estate.need(arguments, arguments.word("a VPC"), {"vpc"});
  const std::string kind = arguments.word("`gateway`, `interface` or `gwlb`");
  const std::string service = service_name(estate, arguments.word("a service"), vpc.place);
  json::object row = object({{"VpcEndpointId", self.id},
                             {"VpcId", vpc.id},
                             {"OwnerId", self.place.account},
                             {"ServiceName", service},
                             {"State", arguments.option("state", "available")},
                             {"RouteTableIds", json::array{}},
                             {"SubnetIds", json::array{}},
                             {"NetworkInterfaceIds", json::array{}},
                             {"Groups", json::array{}}});
  if (kind == "gateway") {
    add_gateway_routes(estate, self, row, service, arguments);
  } else if (kind == "interface" || kind == "gwlb") {
    add_interfaces(estate, self, row, kind == "gwlb", arguments);
  } else {
    arguments.complain(fmt::format("an endpoint is not `{}`", kind));
  }
  add_policy(row, arguments);
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::VpcEndpoints, self.place, self.id, std::move(row));
}

void expand_endpoint_service(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row = object({{"ServiceId", self.id},
                             {"ServiceName", service_name(estate, self.name, self.place)},
                             {"ServiceState", "Available"},
                             {"AcceptanceRequired", !arguments.flag("no-acceptance")},
                             {"NetworkLoadBalancerArns", json::array{}},
                             {"GatewayLoadBalancerArns", json::array{}}});
  for (const std::string& name : arguments.list("balancers")) {
    const Thing& balancer = estate.need(arguments, name, {"nlb", "gwlb"});
    array_of(row, balancer.noun == "nlb" ? "NetworkLoadBalancerArns" : "GatewayLoadBalancerArns")
        .push_back(json::value(balancer.id));
  }
  row["ServiceType"] = json::array{object(
      {{"ServiceType",
        row["GatewayLoadBalancerArns"].as_array().empty() ? "Interface" : "GatewayLoadBalancer"}})};
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::EndpointServices, self.place, self.id, std::move(row));
}

}  // namespace portolan::scenario
