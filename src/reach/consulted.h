#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// Private to the module: what a way was decided by.
namespace portolan::reach {

enum class ConsultedKind : std::uint8_t { RouteTable, NetworkAcl, TransitRouteTable, PrefixList };

/// One that was looked at. `id` is in the snapshot.
struct Mention {
  ConsultedKind kind = ConsultedKind::RouteTable;
  const std::string* id = nullptr;
};

/// In the order they were looked at, as often as they were.
using Mentions = std::vector<Mention>;

/// Nobody listens if `mentions` is null.
inline void mention(Mentions* mentions, ConsultedKind kind, const std::string& id) {
  if (mentions != nullptr) {
    mentions->push_back({kind, &id});
  }
}

}  // namespace portolan::reach
