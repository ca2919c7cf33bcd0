#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace portolan::events {

/// What a call changes: the network itself, what is attached to it, who may use it, who sees it.
enum class EventClass : std::uint8_t {
  AttachOther,
  ClientAccess,
  Compute,
  Db,
  Dir,
  Dns,
  Edge,
  Endpoint,
  Firewall,
  Gateway,
  Lattice,
  Lb,
  Logging,  // of the trail itself, not of a network
  Media,
  Nacl,
  Peering,
  PrefixList,
  PublicAddr,
  Route,
  SgAttach,
  SgLife,
  SgRule,
  Sharing,
  Storage,
  Stream,
  Tgw,
  Visibility,
  VpcBpa,
  VpcSubnet,
};

/// The name in reports, such as `sg_rule`.
std::string_view text(EventClass event_class);

/// No listed name is shorter.
inline constexpr std::size_t kNameBeginning = 4;

/// False if no listed name begins with the first four bytes of the text, as of nearly all calls
/// that only read: a question of 2 ns, which spares finding the name's end and hashing it.
bool may_begin_name(std::string_view text);

/// The number of a listed name, to look at what services have a call of that name; nothing for
/// names that are not listed. Cost: about 10 ns, no allocation.
std::optional<std::uint16_t> find_name(std::string_view name);

/// What the call changes; nothing if that service has no such call that changes a network or its
/// trail.
/// `source` is as in `eventSource`, such as `ec2.amazonaws.com`.
std::optional<EventClass> class_of(std::string_view source, std::string_view name);

/// How many calls (pairs of a service and a name) are listed.
std::size_t listed_calls();

}  // namespace portolan::events
