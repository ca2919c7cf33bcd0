#include "tests/support/compare_difference.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace portolan::tests {

namespace {

using reach::ConnectionChange;
using reach::EndClass;
using reach::Moment;
using reach::Passage;
using reach::Place;
using reach::Verdict;

bool exists(const Moment& moment, const Place& place) {
  switch (place.kind) {
    case Place::Kind::Interface:
      return moment.snapshot().find(NetworkInterfaceId{place.id}) != nullptr;
    case Place::Kind::Balancer:
      return moment.snapshot().find(LoadBalancerId{place.id}) != nullptr;
    case Place::Kind::Outside:
      return true;
  }
  return false;
}

std::optional<Passage> traced(const Moment& moment, const Place& from, const Place& to) {
  const bool are_outside = from.kind == Place::Kind::Outside && to.kind == Place::Kind::Outside;
  if (from == to || are_outside || !exists(moment, from) || !exists(moment, to)) {
    return Passage{};
  }
  return reach::trace(moment.network(), from, to, ServiceSet::all()).passage;
}

ServiceSet Passage::*plane_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Yes:
      return &Passage::yes;
    case Verdict::Depends:
      return &Passage::depends;
    case Verdict::Unknown:
      return &Passage::unknown;
    case Verdict::No:
      return nullptr;
  }
  return nullptr;
}

/// What a passage is after the changes; nothing if they do not fit it.
std::optional<Passage> changed(Passage passage, const std::vector<const ConnectionChange*>& list) {
  const Passage before = passage;
  for (const ConnectionChange* change : list) {
    const auto from = plane_of(change->before);
    const auto to = plane_of(change->after);
    if (from == nullptr ? before.possible().overlaps(change->services)
                        : !(before.*from).contains(change->services)) {
      return std::nullopt;
    }
    if (from != nullptr) {
      passage.*from = (passage.*from).without(change->services);
    }
    if (to != nullptr) {
      passage.*to = (passage.*to).united(change->services);
    }
  }
  return passage;
}

Place place_of(const EndClass& end, bool is_last) {
  if (end.interfaces.empty()) {
    return end.place;
  }
  const auto* member = is_last ? end.interfaces.back() : end.interfaces.front();
  return {.kind = Place::Kind::Interface, .id = member->id.value, .address = std::nullopt};
}

}  // namespace

void compare_difference(const Moment& before, const Moment& after,
                        const reach::Difference& difference, Compared& compared) {
  compare_difference(before, after, difference, traced, compared);
}

void compare_difference(const Moment& before, const Moment& after,
                        const reach::Difference& difference, const Judge& judge,
                        Compared& compared) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const ConnectionChange*>> changes;
  for (const ConnectionChange& change : difference.changes()) {
    for (const std::uint32_t source : change.sources) {
      changes[{source, change.target}].push_back(&change);
    }
  }
  for (std::uint32_t target = 0; target < difference.target_count(); ++target) {
    const EndClass to_class = difference.target(target);
    for (std::uint32_t source = 0; source < difference.source_count(); ++source) {
      const Place from = place_of(difference.source(source), false);
      const Place to = place_of(to_class, true);
      const std::optional<Passage> was = judge(before, from, to);
      const std::optional<Passage> is = judge(after, from, to);
      if (!was || !is) {
        continue;
      }
      const auto found = changes.find({source, target});
      const auto told = changed(
          *was, found == changes.end() ? std::vector<const ConnectionChange*>{} : found->second);
      ++compared.pairs;
      compared.open += was == is ? 0 : 1;
      if (from != to && told != is) {
        compared.disagreement =
            fmt::format("{} -> {}\n  before {}\n  after  {}\n  told   {}\n", from.text(), to.text(),
                        text(*was), text(*is), told ? text(*told) : "a change of what was not so");
        return;
      }
    }
  }
}

}  // namespace portolan::tests
