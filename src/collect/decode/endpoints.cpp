#include <algorithm>
#include <utility>

#include "collect/decode/families.h"
#include "collect/decode/policies.h"

namespace portolan::collect {

namespace {

void kind(Reader& in, VpcEndpoint& row) {
  const auto text = in.string();
  if (text == "Gateway") {
    row.kind = EndpointKind::Gateway;
  } else if (text == "Interface") {
    row.kind = EndpointKind::Interface;
  } else if (text == "GatewayLoadBalancer") {
    row.kind = EndpointKind::GatewayLoadBalancer;
  }
}

void policy(Reader& in, VpcEndpoint& row) {
  if (const auto text = in.string()) {
    row.policy = endpoint_policy_of(std::string(*text));
  }
}

/// SOURCE: EC2 API, VpcEndpoint. The state is printed with a capital by some versions.
constexpr Field<VpcEndpoint> kEndpointFields[] = {
    {"VpcEndpointId", value<&VpcEndpoint::id>},
    {"VpcEndpointType", kind},
    {"VpcId", value<&VpcEndpoint::vpc>},
    {"ServiceName", value<&VpcEndpoint::service_name>},
    {"State",
     [](Reader& in, VpcEndpoint& row) {
       const auto state = in.string();
       row.is_available = state == "available" || state == "Available";
     }},
    {"RouteTableIds", value<&VpcEndpoint::route_tables>},
    {"SubnetIds", value<&VpcEndpoint::subnets>},
    {"Groups", [](Reader& in, VpcEndpoint& row) { members_of(in, "GroupId", row.groups); }},
    {"NetworkInterfaceIds", value<&VpcEndpoint::interfaces>},
    {"PolicyDocument", policy},
    {"Tags", tags<VpcEndpoint>},
    {"OwnerId", owner<VpcEndpoint>},
};

constexpr Field<EndpointService> kServiceFields[] = {
    {"ServiceId", value<&EndpointService::id>},
    {"ServiceName", value<&EndpointService::service_name>},
    {"AcceptanceRequired", value<&EndpointService::asks_acceptance>},
    {"NetworkLoadBalancerArns", value<&EndpointService::balancers>},
    {"GatewayLoadBalancerArns", value<&EndpointService::balancers>},
    {"Tags", tags<EndpointService>},
};

}  // namespace

void decode_vpc_endpoints(Answer& answer) {
  read_rows(answer, kEndpointFields, [](VpcEndpoint& row) {
    std::sort(row.route_tables.begin(), row.route_tables.end());
    std::sort(row.subnets.begin(), row.subnets.end());
    std::sort(row.interfaces.begin(), row.interfaces.end());
    std::sort(row.groups.begin(), row.groups.end());
  });
}

void decode_endpoint_services(Answer& answer) {
  read_rows(answer, kServiceFields, [](EndpointService& row) {
    std::sort(row.balancers.begin(), row.balancers.end());
    for (const LoadBalancerId& balancer : row.balancers) {
      read_arn(balancer.value, row.owned);  // a service and its balancers have one owner
    }
  });
}

}  // namespace portolan::collect
