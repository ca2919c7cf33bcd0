#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "model/change.h"

/// Private to the module: the words of a change that have a meaning of their own.
namespace portolan {

inline constexpr std::string_view kPublicAccess = "public-access";

/// `off`, `ingress`, `bidirectional`.
std::string_view mode_text(BlockMode mode);
Result<BlockMode> parse_mode(std::string_view word);

/// `igw-…` and the like, `local`, `blackhole`.
std::string target_text(const Route& route);
/// Sets `target` and `is_blackhole`. Error `bad_change`.
Result<void> parse_target(std::string_view word, Route& route);

/// Services, with the members that AWS spells them with: empty where it needs several rules.
struct SpelledServices {
  ServiceSet services;
  std::string protocol;
  int from_port = -1;
  int to_port = -1;
};

/// Error `bad_service`, also if there are none.
Result<SpelledServices> parse_rule_services(std::string_view word);

/// A CIDR, or an address as the block of it alone. Error `bad_prefix`, `bad_address`.
Result<IpPrefix> parse_block(std::string_view word);

Result<RouteDestination> parse_destination(std::string_view word);

/// A group's id, or `sg:NAME`. Error `no_such_group`, `ambiguous_name`, `bad_change`.
Result<SecurityGroupId> parse_group(const Snapshot& snapshot, std::string_view word);

/// Error as `parse_block` and `parse_group`.
Result<RulePeer> parse_peer(const Snapshot& snapshot, std::string_view word);

/// `, did you mean …`, or nothing.
std::string advice(std::string_view word, const std::vector<std::string>& known);

}  // namespace portolan
