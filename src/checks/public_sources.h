#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/estate.h"
#include "checks/openings.h"

/// Private to the module: public addresses, short of the world, that rules name.
namespace portolan::checks {

/// Public blocks as wide as these belong to whole providers, not to one owner.
bool is_wide(const IpPrefix& block);

/// The block with the most public addresses for its family; `blocks` must not be empty.
IpPrefix widest_of(const std::vector<IpPrefix>& blocks);

/// Of these blocks the widest that holds public addresses of strangers: not all of it is of a VPC
/// or an interface of the snapshot, nor of a network that the user named. Nothing if none does.
std::optional<IpPrefix> widest_strange(const Context& context, const std::vector<IpPrefix>& blocks);

/// The same for a rule that opens less than the world; nothing if it opens the world.
std::optional<IpPrefix> widest_stranger(const Context& context, const OpenRule& open);

/// Completes `finding`: the rule is open to `source` (words), of which `widest` is the widest
/// block, and whether its public addresses reach an interface now.
Finding judge_public(const Context& context, Finding finding, const OpenRule& open,
                     const IpPrefix& widest, std::string_view source);

}  // namespace portolan::checks
