#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ip.h"
#include "model/snapshot.h"
#include "reach/consulted.h"
#include "reach/reach.h"

/// Private to the module: which route decides.
namespace portolan::reach {

/// What a route table says about one destination.
struct RouteChoice {
  enum class Kind { None, Found, Unknown };
  Kind kind = Kind::None;
  const Route* route = nullptr;        // Found
  const Route* unread = nullptr;       // Unknown: the entries of its prefix list are missing
  const Route* passed_over = nullptr;  // missing, too, but taken not to hold the destination

  /// `0.0.0.0/0 -> igw-…`.
  [[nodiscard]] std::string text() const;
  /// For `unread`: what is missing.
  [[nodiscard]] std::string gap() const;
  /// For `passed_over`: what was taken for granted, and which entries would settle it.
  [[nodiscard]] std::string assumption() const;
  [[nodiscard]] std::string unread_list() const;
};

/// The route for `destination`: the longest prefix; for equal prefixes static over propagated, CIDR
/// over prefix list, prefix list over propagated. A blackhole wins like any other route.
/// `consulted`, if not null, gets the table and the prefix lists that it names.
/// SOURCE: VPC guide, "Route priority".
RouteChoice choose_route(const Network& network, const RouteTable& table,
                         const IpAddress& destination, Mentions* consulted = nullptr);

/// The same for a transit gateway's table.
struct TransitChoice {
  enum class Kind { None, Found, Blackhole, Unknown };
  Kind kind = Kind::None;
  std::string_view attachment;  // Found: tgw-attach-…
  IpPrefix cidr;                // Found and Blackhole: of the route
  std::string gap;              // Unknown: what is missing

  /// `10.0.0.0/8 -> tgw-attach-…`, `10.0.0.0/8 -> blackhole`.
  [[nodiscard]] std::string text() const;
};

/// Longest prefix, then static, prefix list, VPC, Direct Connect, Connect, VPN.
/// SOURCE: Transit gateway guide, "Route evaluation order".
TransitChoice choose_transit_route(const Network& network, const TransitGatewayRouteTable& table,
                                   const IpAddress& destination);

}  // namespace portolan::reach
