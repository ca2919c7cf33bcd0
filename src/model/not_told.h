#pragma once

#include <string_view>

/// Stand-ins in snapshots of the past for what nobody recorded. No resource has such an id, so what
/// names one is as unknown as a resource that was not collected.
namespace portolan {

/// A prefix list: the peer of a rule that was another then, or may not have been there.
inline constexpr std::string_view kPeerNotTold = "pl-not-told";
/// A security group, of an interface whose groups were others then.
inline constexpr std::string_view kGroupNotTold = "sg-not-told";

}  // namespace portolan
