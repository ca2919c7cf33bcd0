#include "reach/engine/door.h"

namespace portolan::reach {

const Door& Doors::of(const HostClass& host, std::size_t family) {
  Kept& kept = inner_[family];
  if (kept.kind == host.inner[family] && kept.subnet == host.subnet && !host.is_lone) {
    return kept.door;
  }
  kept = {.kind = host.inner[family], .subnet = host.is_lone ? kNone : host.subnet, .door = {}};
  for (std::size_t kind = 0; kind < compiled_.classes->inner.size(); ++kind) {
    const auto way = compiled_.inner->number(static_cast<std::uint32_t>(kind), kept.kind);
    kept.door.add(compiled_.inner->way(way), false, compiled_.inner_members[kind]);
  }
  if (!host.is_lone) {
    std::vector<std::uint32_t> near;
    const Window& subnet = compiled_.subnet_members[host.subnet];
    for (std::size_t word = subnet.first(); word < subnet.end(); ++word) {
      for_each_bit(
          word, subnet.word(word) & compiled_.speak[family].word(word),
          [&](std::size_t position) { near.push_back(static_cast<std::uint32_t>(position)); });
    }
    const Window neighbours(near);
    kept.door.remove(neighbours);
    kept.door.add(in_subnet_, false, neighbours);
  }
  return kept.door;
}

const Door& Doors::of(const HostClass& host, std::size_t family, const Window& only) {
  Door& door = narrow_[family];
  door = {};
  only.for_each([&](std::size_t position) {
    const HostClass& source = compiled_.classes->hosts[position];
    if (!compiled_.speak[family].has(position)) {
      return;
    }
    const Window alone({static_cast<std::uint32_t>(position)});
    const bool is_near = !host.is_lone && !source.is_lone && source.subnet == host.subnet;
    door.add(is_near ? in_subnet_
                     : compiled_.inner->way(
                           compiled_.inner->number(source.inner[family], host.inner[family])),
             false, alone);
  });
  return door;
}

const Door& Doors::from_outside(const HostClass& host, std::size_t family) {
  Kept& kept = inbound_[family];
  if (kept.kind != host.outer[family]) {
    kept = {.kind = host.outer[family], .subnet = kNone, .door = {}};
    for (std::size_t kind = 0; kind < compiled_.classes->outside.size(); ++kind) {
      const auto way = compiled_.inbound->number(static_cast<std::uint32_t>(kind), kept.kind);
      kept.door.add(compiled_.inbound->way(way),
                    !compiled_.classes->outside[kind].outside->is_public(),
                    compiled_.sender_members[kind]);
    }
  }
  return kept.door;
}

const Door& Doors::out_to(const OutsideClass& receiver) {
  static const Door kNobody;
  if (receiver.kind == kNone) {
    return kNobody;
  }
  if (outbound_.kind != receiver.kind) {
    outbound_ = {.kind = receiver.kind, .subnet = kNone, .door = {}};
    for (std::size_t kind = 0; kind < compiled_.classes->outer.size(); ++kind) {
      const auto way = compiled_.outbound->number(static_cast<std::uint32_t>(kind), receiver.kind);
      outbound_.door.add(compiled_.outbound->way(way), false, compiled_.outer_members[kind]);
    }
  }
  return outbound_.door;
}

}  // namespace portolan::reach
