#include "tests/support/chart.h"

#include <set>
#include <utility>

#include <fmt/format.h>

namespace portolan::tests {

namespace {

using reach::EndClass;
using reach::Passage;
using reach::Place;

bool is_outside(const Place& place) { return place.kind == Place::Kind::Outside; }

std::string told(const std::optional<Passage>& passage) {
  return passage ? text(*passage) : "no such end";
}

}  // namespace

Chart::Ends::Ends(const std::vector<EndClass>& classes) : classes_(&classes) {
  for (std::uint32_t number = 0; number < classes.size(); ++number) {
    for (const NetworkInterface* interface : classes[number].interfaces) {
      by_id_.emplace(interface->id.value, number);
    }
    if (classes[number].kind == EndClass::Kind::Alone) {
      by_id_.emplace(classes[number].place.id, number);
    }
  }
}

std::vector<Place> Chart::Ends::places() const {
  std::vector<Place> places;
  for (const EndClass& end : *classes_) {
    for (const NetworkInterface* interface : end.interfaces) {
      places.push_back({.kind = Place::Kind::Interface, .id = interface->id.value, .address = {}});
    }
    if (end.kind != EndClass::Kind::Interfaces) {
      places.push_back(end.place);
    }
  }
  return places;
}

/// A host out there is in the class of the smallest block around it; private and public hosts of
/// one block are in two.
std::optional<std::uint32_t> Chart::Ends::find(const Place& place) const {
  if (!is_outside(place)) {
    const auto found = by_id_.find(place.id);
    return found == by_id_.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<std::uint32_t> best;
  for (std::uint32_t number = 0; number < classes_->size(); ++number) {
    const EndClass& end = (*classes_)[number];
    if (end.kind == EndClass::Kind::Outside && end.block.contains(*place.address) &&
        end.place.address->is_public() == place.address->is_public() &&
        (!best || end.block.length() > (*classes_)[*best].block.length())) {
      best = number;
    }
  }
  return best;
}

Chart::Chart(const reach::Connections& connections)
    : sources_(connections.sources()), targets_(connections.targets()) {
  for (std::uint32_t target = 0; target < connections.targets().size(); ++target) {
    std::vector<Passage>& column = columns_.emplace_back(connections.sources().size());
    for (const reach::Cell& cell : connections.to(target)) {
      for (const std::uint32_t source : cell.sources) {
        column[source] = cell.passage;
      }
    }
  }
}

std::optional<Passage> Chart::passage(const Place& from, const Place& to) const {
  if (from == to || (is_outside(from) && is_outside(to))) {
    return std::nullopt;
  }
  const auto source = sources_.find(from);
  const auto target = targets_.find(to);
  if ((!source && is_outside(from)) || (!target && is_outside(to))) {
    return std::nullopt;
  }
  return source && target ? columns_[*target][*source] : Passage{};
}

void compare_charts(const Chart& one, const Chart& other, Compared& compared) {
  std::set<Place> sources;
  std::set<Place> targets;
  for (const Chart* chart : {&one, &other}) {
    const std::vector<Place> from = chart->sources();
    const std::vector<Place> to = chart->targets();
    sources.insert(from.begin(), from.end());
    targets.insert(to.begin(), to.end());
  }
  for (const Place& to : targets) {
    for (const Place& from : sources) {
      const auto first = one.passage(from, to);
      const auto second = other.passage(from, to);
      ++compared.pairs;
      compared.open += first && !first->blocked() ? 1 : 0;
      if (first != second) {
        compared.disagreement = fmt::format("{} -> {}\n  one   {}\n  other {}\n", from.text(),
                                            to.text(), told(first), told(second));
        return;
      }
    }
  }
}

}  // namespace portolan::tests
