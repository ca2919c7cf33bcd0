#include "reach/engine/ways.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "reach/carried.h"
#include "reach/connect.h"

namespace portolan::reach {

namespace {

Place place_of(const WayKind& kind, const NetworkInterface* sample) {
  if (sample == nullptr) {
    return {.kind = Place::Kind::Outside, .id = {}, .address = kind.outside};
  }
  return {.kind = Place::Kind::Interface, .id = sample->id.value, .address = std::nullopt};
}

struct Samples {
  const NetworkInterface* from = nullptr;
  const NetworkInterface* to = nullptr;
};

/// Two that are not beside each other. Nothing if all are: then nobody takes a way between them.
std::optional<Samples> samples_of(const WayKind& from, const WayKind& to) {
  if (from.outside || to.outside) {
    return Samples{from.outside ? nullptr : from.samples.front(),
                   to.outside ? nullptr : to.samples.front()};
  }
  for (const NetworkInterface* source : from.samples) {
    for (const NetworkInterface* target : to.samples) {
      const bool are_apart = source->subnet != target->subnet || from.is_lone;
      if (are_apart && !are_on_one_host(*source, *target)) {
        return Samples{source, target};
      }
    }
  }
  return std::nullopt;
}

Shown shown(const std::optional<Peer>& peer, const IpAddress& own, bool is_egress) {
  if (!peer) {
    return {};
  }
  return {.counts = true,
          .is_host = peer->interface != nullptr,
          .references = reference_match(peer->crossing, is_egress),
          .address = peer->address == own ? std::nullopt : std::optional(peer->address)};
}

Way way_between(const Network& network, const WayKind& from, const WayKind& to) {
  Way best;
  const auto samples = from.family == to.family ? samples_of(from, to) : std::nullopt;
  if (!samples) {
    return best;
  }
  const EndChoice choice =
      choose_ends(network, place_of(from, samples->from), place_of(to, samples->to));
  for (EndPair pair : choice.pairs) {
    if (pair.to.address.family() != from.family) {
      continue;
    }
    pair.from.skips_groups_of_source = true;
    pair.to.skips_groups_of_target = true;
    Carried carried = carry_watched(network, pair.from, pair.to, ServiceSet::all(), false);
    Way way{.passage = std::move(carried.outcome.passage),
            .to_source = shown(carried.seen_by_source, pair.to.address, true),
            .to_target = shown(carried.seen_by_target, pair.from.address, false)};
    if (best.passage.blocked()) {
      best = std::move(way);
    } else {
      best.passage = best.passage.or_else(way.passage);
    }
  }
  return best.passage.blocked() ? Way{} : best;
}

}  // namespace

Way way_in_subnet() {
  const Shown other{
      .counts = true, .is_host = true, .references = ReferenceMatch::Yes, .address = std::nullopt};
  return {.passage = Passage::all(), .to_source = other, .to_target = other};
}

Ways::Ways(const Network& network, const std::vector<WayKind>& from, const std::vector<WayKind>& to,
           int threads)
    : from_count_(from.size()), numbers_(from.size() * to.size(), 0) {
  ways_.emplace_back();  // number 0: no way
  std::vector<std::vector<Way>> found(to.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t column = next++; column < to.size(); column = next++) {
      for (std::size_t row = 0; row < from.size(); ++row) {
        Way way = way_between(network, from[row], to[column]);
        auto& ways = found[column];
        auto place = std::find(ways.begin(), ways.end(), way);
        if (place == ways.end()) {
          place = ways.insert(ways.end(), std::move(way));
        }
        numbers_[column * from.size() + row] = static_cast<std::uint32_t>(place - ways.begin());
      }
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (int i = 1; i < threads; ++i) {
      helpers.emplace_back(work);
    }
    work();
  }
  for (std::size_t column = 0; column < to.size(); ++column) {
    std::vector<std::uint32_t> renumbered;
    for (Way& way : found[column]) {
      auto place = std::find(ways_.begin(), ways_.end(), way);
      if (place == ways_.end()) {
        place = ways_.insert(ways_.end(), std::move(way));
      }
      renumbered.push_back(static_cast<std::uint32_t>(place - ways_.begin()));
    }
    for (std::size_t row = 0; row < from.size(); ++row) {
      std::uint32_t& number = numbers_[column * from.size() + row];
      number = renumbered[number];
    }
  }
}

}  // namespace portolan::reach
