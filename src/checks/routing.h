#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "checks/check.h"
#include "model/network.h"

/// Private to the module: which table decides in a subnet, and what it sends to the internet.
namespace portolan::checks {

/// What a table sends to internet gateways.
struct InternetRoutes {
  bool is_world = false;             // at least half of the internet, of one family
  std::vector<const Route*> routes;  // to internet gateways, that are in force
  std::string gap;                   // if not `is_world`: what may hide such a route
};
InternetRoutes internet_routes(const Context& context, const RouteTable& table);

/// Whether the internet gateway answers for a subnet.
enum class SubnetKind : std::uint8_t { Public, Private, Unknown };

/// The tables of all subnets: the explicit one, else the main one of the VPC, never that of
/// another.
class Routing {
 public:
  explicit Routing(const Context& context);

  /// Null if it was not collected; `gap_of` says so in words.
  [[nodiscard]] const RouteTable* table_of(const Subnet& subnet) const;
  /// The subnets for which a table decides, by id.
  [[nodiscard]] const std::vector<const Subnet*>& subnets_of(const RouteTable& table) const;
  /// `table` must be a row of the snapshot.
  [[nodiscard]] const InternetRoutes& internet_of(const RouteTable& table) const;
  [[nodiscard]] SubnetKind kind_of(const Subnet& subnet) const;
  /// Why the kind is not known.
  [[nodiscard]] std::string gap_of(const Subnet& subnet) const;

 private:
  const Context* context_;
  std::unordered_map<SubnetId, const RouteTable*> explicit_;
  std::unordered_map<VpcId, const RouteTable*> main_;
  std::unordered_map<RouteTableId, std::vector<const Subnet*>> subnets_;
  std::unordered_map<RouteTableId, InternetRoutes> internet_;
};

/// True if VPC block public access keeps the internet gateway from the subnet: a route to it is
/// then without effect, for traffic that comes in.
bool is_blocked_from_internet(const Snapshot& snapshot, const Subnet& subnet);

/// True for an interface that the internet can know: a public IPv4 address, or an IPv6 address.
bool is_public(const NetworkInterface& interface);

/// The blocks that a route is for: nothing if the entries of its prefix list were not collected.
std::optional<std::vector<IpPrefix>> destinations_of(const Snapshot& snapshot, const Route& route);

/// `0.0.0.0/0 -> igw-…`.
std::string route_text(const Route& route);
/// How a finding names a route.
FindingRule name_route(const RouteTable& table, const Route& route);
/// The call that takes it away; empty for routes that cannot be deleted.
std::string route_deletion(const RouteTable& table, const Route& route);

}  // namespace portolan::checks
