#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "events/names.h"

/// Private to the module: what the generator writes.
namespace portolan::events {

inline constexpr std::size_t kNameGroups = 115;
inline constexpr std::size_t kNameBuckets = 256;
inline constexpr std::size_t kNameSlots = 1024;

/// The calls of one service that change one kind of thing.
struct NameGroup {
  std::string_view source;
  EventClass event_class;
  std::string_view names;  // with a space between
};

extern const std::array<NameGroup, kNameGroups> kNameTable;
/// Of a perfect hash: see `slot_of`.
extern const std::array<std::uint8_t, kNameBuckets> kNameDisplacements;

}  // namespace portolan::events
