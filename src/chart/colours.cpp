#include "chart/colours.h"

#include <array>

namespace portolan::chart {

namespace {

struct Row {
  std::string_view colour;
  std::string_view meaning;
};

// SOURCE: the palette of Okabe and Ito, "Color Universal Design".
constexpr std::array<Row, kLooks> kRows{{
    {"#d55e00", "reachable from the internet, with a grave finding"},
    {"#e69f00", "reachable from the internet"},
    {"#f0d58c", "perhaps reachable from the internet"},
    {"#56b4e9", "public address, not reachable"},
    {"#a9b4c2", "not reachable from the internet"},
}};

}  // namespace

Look look_of(const Node& node) {
  const bool is_grave = node.risk != kNoRisk && node.risk >= static_cast<std::uint8_t>(Risk::High);
  if ((node.flags & kReachable) != 0) {
    return is_grave ? Look::Dangerous : Look::Exposed;
  }
  if ((node.flags & kPerhapsReachable) != 0) {
    return Look::Perhaps;
  }
  return (node.flags & kHasPublicAddress) != 0 ? Look::Public : Look::Quiet;
}

std::string_view colour_of(Look look) { return kRows.at(static_cast<std::size_t>(look)).colour; }
std::string_view meaning_of(Look look) { return kRows.at(static_cast<std::size_t>(look)).meaning; }

}  // namespace portolan::chart
