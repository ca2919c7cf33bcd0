#pragma once

#include <cstdint>
#include <string_view>

#include "chart/chart.h"

/// Private to the module: colours that most people with a colour vision deficiency tell apart.
namespace portolan::chart {

/// How a node is shown by what the internet can do to it.
enum class Look : std::uint8_t { Dangerous, Exposed, Perhaps, Public, Quiet };
inline constexpr std::size_t kLooks = 5;

/// Dangerous: reachable, with a finding of high risk or worse.
Look look_of(const Node& node);
std::string_view colour_of(Look look);
std::string_view meaning_of(Look look);

}  // namespace portolan::chart
