#include "reach/engine/consulted_sets.h"

#include <algorithm>

#include "reach/engine/key.h"

namespace portolan::reach {

namespace {

std::size_t hash_of(std::span<const std::uint32_t> ids) {
  std::uint64_t hash = 0x9E37'79B9'7F4A'7C15ULL;
  for (const std::uint32_t id : ids) {
    hash = (hash ^ id) * 0xFF51'AFD7'ED55'8CCDULL;
    hash ^= hash >> 32U;
  }
  return static_cast<std::size_t>(hash);
}

std::vector<std::string>& list_of(Consulted& consulted, ConsultedKind kind) {
  switch (kind) {
    case ConsultedKind::RouteTable:
      return consulted.route_tables;
    case ConsultedKind::NetworkAcl:
      return consulted.network_acls;
    case ConsultedKind::TransitRouteTable:
      return consulted.transit_route_tables;
    case ConsultedKind::PrefixList:
      break;
  }
  return consulted.prefix_lists;
}

}  // namespace

ConsultedSets::ConsultedSets() : ends_{0}, slots_(16, kNone) { set_of({}); }

std::uint32_t ConsultedSets::number_of(ConsultedKind kind, const std::string& id) {
  const auto [place, is_new] = numbers_.try_emplace(id, static_cast<std::uint32_t>(names_.size()));
  if (is_new) {
    names_.push_back({kind, id});
  }
  return place->second;
}

std::uint32_t& ConsultedSets::slot_of(std::span<const std::uint32_t> ids) {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash_of(ids) & mask;; at = (at + 1) & mask) {
    std::uint32_t& slot = slots_[at];
    if (slot == kNone) {
      return slot;
    }
    const auto there = ids_of(slot);
    if (std::equal(there.begin(), there.end(), ids.begin(), ids.end())) {
      return slot;
    }
  }
}

std::uint32_t ConsultedSets::set_of(std::span<const std::uint32_t> ids) {
  std::uint32_t& slot = slot_of(ids);
  if (slot != kNone) {
    return slot;
  }
  const auto number = static_cast<std::uint32_t>(ends_.size() - 1);
  slot = number;
  pool_.insert(pool_.end(), ids.begin(), ids.end());
  ends_.push_back(static_cast<std::uint32_t>(pool_.size()));
  if (ends_.size() * 2 > slots_.size()) {
    grow();
  }
  return number;
}

void ConsultedSets::grow() {
  slots_.assign(slots_.size() * 2, kNone);
  for (std::uint32_t set = 0; set + 1 < ends_.size(); ++set) {
    slot_of(ids_of(set)) = set;
  }
}

Consulted ConsultedSets::consulted(std::uint32_t set) const {
  Consulted consulted;
  for (const std::uint32_t id : ids_of(set)) {
    list_of(consulted, names_[id].kind).push_back(names_[id].id);
  }
  for (auto* list : {&consulted.route_tables, &consulted.network_acls,
                     &consulted.transit_route_tables, &consulted.prefix_lists}) {
    std::sort(list->begin(), list->end());
  }
  return consulted;
}

std::vector<bool> ConsultedSets::holding(std::span<const std::string> ids) const {
  std::vector<bool> is_wanted(names_.size(), false);
  for (const std::string& id : ids) {
    if (const auto found = numbers_.find(id); found != numbers_.end()) {
      is_wanted[found->second] = true;
    }
  }
  std::vector<bool> holding(ends_.size() - 1, false);
  for (std::uint32_t set = 0; set < holding.size(); ++set) {
    const auto there = ids_of(set);
    holding[set] =
        std::any_of(there.begin(), there.end(), [&](std::uint32_t id) { return is_wanted[id]; });
  }
  return holding;
}

}  // namespace portolan::reach
