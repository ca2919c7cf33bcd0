#pragma once

#include <string>
#include <string_view>

#include "collect/decode/harvest.h"

/// Private to the module.
namespace portolan::collect {

/// Finds the ids of security groups in all of `text` but the harvest's silent ranges, and adds
/// them with their pointers to its mentions. Works on bytes, for no list of services that name
/// groups would ever be complete; a pointer is looked up for what is found only.
void find_mentions(std::string_view text, const std::string& path, Harvest& out);

}  // namespace portolan::collect
