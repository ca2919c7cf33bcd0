#pragma once

#include <optional>
#include <string>

#include "core/ip.h"
#include "model/snapshot.h"
#include "reach/reach.h"

/// Private to the module: which route decides.
namespace portolan::reach {

/// What a route table says about one destination.
struct RouteChoice {
  enum class Kind { None, Found, Unknown };
  Kind kind = Kind::None;
  const Route* route = nullptr;  // Found
  std::string gap;               // Unknown: what is missing
  std::string assumption;        // what was taken for granted, or empty
  std::string unread_list;       // with `assumption`: which entries would settle it

  /// `0.0.0.0/0 -> igw-…`.
  [[nodiscard]] std::string text() const;
};

/// The route for `destination`: the longest prefix; for equal prefixes static over propagated, CIDR
/// over prefix list, prefix list over propagated. A blackhole wins like any other route.
/// SOURCE: VPC guide, "Route priority".
RouteChoice choose_route(const Network& network, const RouteTable& table,
                         const IpAddress& destination);

/// The same for a transit gateway's table.
struct TransitChoice {
  enum class Kind { None, Found, Blackhole, Unknown };
  Kind kind = Kind::None;
  std::string attachment;  // tgw-attach-…
  std::string rule;        // `10.0.0.0/8 -> tgw-attach-…`
  std::string gap;
};

/// Longest prefix, then static, prefix list, VPC, Direct Connect, Connect, VPN.
/// SOURCE: Transit gateway guide, "Route evaluation order".
TransitChoice choose_transit_route(const Network& network, const TransitGatewayRouteTable& table,
                                   const IpAddress& destination);

}  // namespace portolan::reach
