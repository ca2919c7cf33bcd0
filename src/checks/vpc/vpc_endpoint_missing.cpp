#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/endpoint_names.h"
#include "checks/missing.h"
#include "checks/routing.h"
#include "core/text.h"

namespace portolan::checks {

extern const Check vpc_endpoint_missing;

namespace {

constexpr std::string_view kReferences[] = {"CIS AWS 7.0: 6.8",
                                            "AWS FSBP: EC2.10, EC2.55, EC2.56, EC2.57",
                                            "AWS Config: service-vpc-endpoint-enabled"};

/// What most workloads talk to. Endpoints of S3 and DynamoDB may be gateways, which cost nothing.
constexpr std::array<std::string_view, 6> kServices = {"s3",      "dynamodb", "ec2",
                                                       "ecr.api", "ecr.dkr",  "ssm"};

/// `s3` of `com.amazonaws.eu-west-1.s3`; empty for a service of somebody else.
std::string_view short_name(const VpcEndpoint& endpoint, const Region& region) {
  const std::string start = fmt::format("com.amazonaws.{}.", region.text());
  const std::string_view name = endpoint.service_name;
  return name.starts_with(start) ? name.substr(start.size()) : std::string_view{};
}

/// Interfaces that start no connection of their own to a service of AWS.
bool is_workload(const NetworkInterface& interface) {
  static constexpr std::array<std::string_view, 6> kOthers = {
      "nat_gateway",     "vpc_endpoint",          "gateway_load_balancer_endpoint",
      "transit_gateway", "network_load_balancer", "gateway_load_balancer"};
  return std::find(kOthers.begin(), kOthers.end(), interface.interface_type) == kOthers.end();
}

/// A subnet whose workloads get to the internet by a NAT gateway.
struct Private {
  const Subnet* subnet = nullptr;
  const RouteTable* table = nullptr;
};

/// The private subnets of one VPC, and what keeps them from being known.
struct Privates {
  std::vector<Private> subnets;
  std::string gap;
};

class Run {
 public:
  explicit Run(const Context& context) : context_(context), routing_(context) {
    for (const NetworkInterface& interface : context.snapshot().all<NetworkInterface>()) {
      if (is_workload(interface)) {
        busy_.insert(interface.subnet);
      }
    }
    for (const Subnet& subnet : context.snapshot().all<Subnet>()) {
      subnets_[subnet.vpc].push_back(&subnet);
    }
    for (const VpcEndpoint& endpoint : context.snapshot().all<VpcEndpoint>()) {
      endpoints_[endpoint.vpc].push_back(&endpoint);
    }
  }

  void judge(const Vpc& vpc, std::vector<Finding>& findings) const {
    Finding finding = about(kId, vpc);
    finding.risk = Risk::Low;
    for (const Noun noun : {Noun::NetworkInterfaces, Noun::VpcEndpoints}) {
      if (is_missing(context_, noun, vpc.owned)) {
        findings.push_back(unread(std::move(finding), need(noun)));
        return;
      }
    }
    const Privates privates = privates_of(vpc);
    std::set<std::string> without;  // ids of subnets
    std::vector<std::string> services;
    for (const std::string_view service : kServices) {
      const auto lacking = lacking_subnets(vpc, privates.subnets, service);
      without.insert(lacking.begin(), lacking.end());
      if (!lacking.empty()) {
        services.emplace_back(service);
      }
    }
    const std::string gap = services.empty() ? privates.gap : unseen_neighbour(vpc);
    if (!gap.empty()) {
      findings.push_back(unknown(
          std::move(finding), Risk::Low,
          fmt::format("whether services of AWS are reached without the internet is not known: {}",
                      gap),
          {gap}));
    } else if (!services.empty()) {
      finding.affected.assign(without.begin(), without.end());
      finding.message = missing_endpoints_text(without.size(), services);
      finding.fix = fmt::format(
          "aws ec2 create-vpc-endpoint --vpc-id {} --service-name com.amazonaws.{}.{} and so on",
          vpc.id.value, vpc.owned.region.text(), services.front());
      findings.push_back(std::move(finding));
    }
  }

 private:
  static Need need(Noun noun) {
    return {.check = kId,
            .noun = noun,
            .risk = Risk::Low,
            .unsaid = "whether services of AWS are reached without the internet is not known"};
  }

  [[nodiscard]] Privates privates_of(const Vpc& vpc) const {
    Privates privates;
    const auto subnets = subnets_.find(vpc.id);
    if (subnets == subnets_.end()) {
      return privates;
    }
    for (const Subnet* subnet : subnets->second) {
      if (!busy_.contains(subnet->id)) {
        continue;
      }
      const RouteTable* table = routing_.table_of(*subnet);
      if (table == nullptr) {
        privates.gap = routing_.gap_of(*subnet);
      } else if (const Route* route = route_to_nat(*table); route != nullptr) {
        const NatGateway* nat = context_.snapshot().find(NatGatewayId{route->target.id});
        if (nat == nullptr) {
          privates.gap =
              fmt::format("{} was not collected: {}", route->target.id, call_of(Noun::NatGateways));
        } else if (nat->is_public) {
          privates.subnets.push_back({.subnet = subnet, .table = table});
        }
      }
    }
    return privates;
  }

  /// The default route, if it leads to a NAT gateway.
  static const Route* route_to_nat(const RouteTable& table) {
    const auto found =
        std::find_if(table.routes.begin(), table.routes.end(), [](const Route& each) {
          return each.cidr && each.cidr->length() == 0 && !each.is_blackhole &&
                 each.target.kind == RouteTargetKind::NatGateway;
        });
    return found == table.routes.end() ? nullptr : &*found;
  }

  /// The subnets from which no endpoint leads to the service.
  [[nodiscard]] std::vector<std::string> lacking_subnets(const Vpc& vpc,
                                                         const std::vector<Private>& subnets,
                                                         std::string_view service) const {
    std::vector<std::string> lacking;
    if (has_interface_endpoint(vpc.id, vpc.owned.region, service)) {
      return lacking;
    }
    for (const VpcId& neighbour : neighbours_of(vpc.id)) {
      if (has_interface_endpoint(neighbour, vpc.owned.region, service)) {
        return lacking;
      }
    }
    for (const Private& each : subnets) {
      if (!has_gateway_endpoint(vpc, *each.table, service)) {
        lacking.push_back(each.subnet->id.value);
      }
    }
    return lacking;
  }

  [[nodiscard]] const std::vector<const VpcEndpoint*>& endpoints_in(const VpcId& vpc) const {
    static const std::vector<const VpcEndpoint*> kNone;
    const auto found = endpoints_.find(vpc);
    return found == endpoints_.end() ? kNone : found->second;
  }

  [[nodiscard]] bool has_interface_endpoint(const VpcId& vpc, const Region& region,
                                            std::string_view service) const {
    const auto& endpoints = endpoints_in(vpc);
    return std::any_of(endpoints.begin(), endpoints.end(), [&](const VpcEndpoint* endpoint) {
      return endpoint->is_available && endpoint->kind == EndpointKind::Interface &&
             short_name(*endpoint, region) == service;
    });
  }

  [[nodiscard]] bool has_gateway_endpoint(const Vpc& vpc, const RouteTable& table,
                                          std::string_view service) const {
    const auto& endpoints = endpoints_in(vpc.id);
    return std::any_of(endpoints.begin(), endpoints.end(), [&](const VpcEndpoint* endpoint) {
      return endpoint->is_available && endpoint->kind == EndpointKind::Gateway &&
             short_name(*endpoint, vpc.owned.region) == service &&
             std::binary_search(endpoint->route_tables.begin(), endpoint->route_tables.end(),
                                table.id);
    });
  }

  /// VPCs whose interface endpoints may serve this one: those behind its peerings and its transit
  /// gateways, in the snapshot or not.
  [[nodiscard]] std::set<VpcId> neighbours_of(const VpcId& vpc) const {
    std::set<VpcId> neighbours;
    for (const VpcPeering& peering : context_.snapshot().all<VpcPeering>()) {
      if (peering.is_active && peering.requester.vpc == vpc) {
        neighbours.insert(peering.accepter.vpc);
      } else if (peering.is_active && peering.accepter.vpc == vpc) {
        neighbours.insert(peering.requester.vpc);
      }
    }
    std::set<TransitGatewayId> gateways;
    const auto attachments = context_.snapshot().all<TransitGatewayAttachment>();
    for (const TransitGatewayAttachment& each : attachments) {
      if (each.kind == AttachmentKind::Vpc && each.is_available && each.resource == vpc.value) {
        gateways.insert(each.gateway);
      }
    }
    for (const TransitGatewayAttachment& each : attachments) {
      if (each.kind == AttachmentKind::Vpc && gateways.contains(each.gateway)) {
        neighbours.insert(VpcId{each.resource});
      }
    }
    neighbours.erase(vpc);
    return neighbours;
  }

  /// That a VPC which may have the endpoints was not collected, as a gap; empty if all were.
  [[nodiscard]] std::string unseen_neighbour(const Vpc& vpc) const {
    for (const VpcId& neighbour : neighbours_of(vpc.id)) {
      const Vpc* row = context_.snapshot().find(neighbour);
      if (row == nullptr) {
        return fmt::format("{}, which may have the endpoints, was not collected", neighbour.value);
      }
      if (is_missing(context_, Noun::VpcEndpoints, row->owned)) {
        return not_collected(Noun::VpcEndpoints, row->owned);
      }
    }
    return {};
  }

  static constexpr std::string_view kId = "vpc-endpoint-missing";

  const Context& context_;
  Routing routing_;
  std::set<SubnetId> busy_;
  std::map<VpcId, std::vector<const Subnet*>> subnets_;
  std::map<VpcId, std::vector<const VpcEndpoint*>> endpoints_;
};

std::vector<Finding> run(const Context& context) {
  const Run run(context);
  return judge_each<Vpc>(
      context, vpc_endpoint_missing.id,
      "nothing private in it goes out by a NAT gateway for a common service of AWS",
      [&](const Vpc& vpc, std::vector<Finding>& findings) { run.judge(vpc, findings); });
}

}  // namespace

const Check vpc_endpoint_missing = {
    .id = "vpc-endpoint-missing",
    .title = "Service traffic leaves through the internet because no endpoint exists",
    .risk = Risk::Low,
    .resources = "Vpc",
    .why =
        "As long as private machines need the internet for S3, registries and Systems Manager, "
        "their way out cannot be closed, and it is the way out for stolen data as well. A NAT "
        "gateway also charges for each byte.",
    .fix =
        "See which services are in use; interface endpoints may stand in a central VPC. Add "
        "gateway endpoints for S3 and DynamoDB to all private route tables, which cost "
        "nothing, and interface endpoints for the others.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
