#pragma once

#include <string_view>

#include "core/name.h"

/// Private to the module.
namespace portolan::collect {

/// The account that a path names: a run of exactly twelve digits that is no part of a word or
/// longer number, the last such one. Unknown if there is none.
AccountId account_of_path(std::string_view path);

/// The region that a path names as a word of its own (`eu-west-1/vpcs.json`,
/// `vpcs_eu-west-1.json`), the last such one. Unknown if there is none.
Region region_of_path(std::string_view path);

}  // namespace portolan::collect
