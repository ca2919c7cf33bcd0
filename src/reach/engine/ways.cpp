#include "reach/engine/ways.h"

#include <algorithm>
#include <atomic>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>

#include "core/assert.h"
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
  const bool is_deserted = (!from.outside && from.samples.empty()) ||
                           (!to.outside && to.samples.empty());  // by a change
  if (is_deserted) {
    return std::nullopt;
  }
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

Way way_between(const Network& network, const WayKind& from, const WayKind& to,
                Mentions& consulted) {
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
    Carried carried = carry_watched(network, pair.from, pair.to, ServiceSet::all(),
                                    {.tells = false, .consulted = &consulted});
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

std::uint32_t number_in(std::vector<Way>& ways, Way&& way) {
  const auto found = std::find(ways.begin(), ways.end(), way);
  const auto number = static_cast<std::uint32_t>(found - ways.begin());
  if (found == ways.end()) {
    ways.push_back(std::move(way));
  }
  return number;
}

constexpr std::size_t kBatch = 128;

/// Some pairs and their ways, found by one thread.
struct Batch {
  std::span<const WayPair> pairs;
  std::vector<Way> ways = {};               // each once
  std::vector<std::uint32_t> numbers = {};  // by pair
  Mentions mentions = {};                   // of one pair after the other
  std::vector<std::size_t> ends = {};       // by pair: where its mentions end

  void work_out(const Network& network, const std::vector<WayKind>& from,
                const std::vector<WayKind>& to) {
    for (const WayPair& pair : pairs) {
      Way way = way_between(network, from[pair.from], to[pair.to], mentions);
      numbers.push_back(number_in(ways, std::move(way)));
      ends.push_back(mentions.size());
    }
  }

  [[nodiscard]] std::span<const Mention> mentions_of(std::size_t pair) const {
    const std::size_t start = pair == 0 ? 0 : ends[pair - 1];
    return std::span(mentions).subspan(start, ends[pair] - start);
  }
};

/// Makes sets of numbers of what pairs mention.
class Numbering {
 public:
  explicit Numbering(ConsultedSets& sets) : sets_(sets) {}

  std::uint32_t set_of(std::span<const Mention> mentions) {
    set_.clear();
    for (const Mention& mention : mentions) {
      const auto [place, is_new] = numbers_.try_emplace(mention.id, 0);
      if (is_new) {
        place->second = sets_.number_of(mention.kind, *mention.id);
      }
      set_.push_back(place->second);
    }
    std::sort(set_.begin(), set_.end());
    set_.erase(std::unique(set_.begin(), set_.end()), set_.end());
    return sets_.set_of(set_);
  }

 private:
  ConsultedSets& sets_;
  std::unordered_map<const std::string*, std::uint32_t> numbers_;  // by where the text stands
  std::vector<std::uint32_t> set_;
};

}  // namespace

Way way_in_subnet() {
  const Shown other{
      .counts = true, .is_host = true, .references = ReferenceMatch::Yes, .address = std::nullopt};
  return {.passage = Passage::all(), .to_source = other, .to_target = other};
}

Ways::Ways(const Network& network, const std::vector<WayKind>& from, const std::vector<WayKind>& to,
           int threads)
    : Ways(Ways().updated(network, from, to, {}, threads)) {}

Ways Ways::updated(const Network& network, const std::vector<WayKind>& from,
                   const std::vector<WayKind>& to, std::span<const WayPair> pairs,
                   int threads) const {
  PORTOLAN_ASSERT(from.size() >= from_count_);
  PORTOLAN_ASSERT(to.size() >= to_count_);
  Ways result;
  result.from_count_ = from.size();
  result.to_count_ = to.size();
  result.ways_ = ways_;
  result.sets_ = sets_;
  result.numbers_.resize(from.size() * to.size());
  result.set_numbers_.resize(from.size() * to.size());
  std::vector<WayPair> wanted(pairs.begin(), pairs.end());
  for (std::uint32_t column = 0; column < to.size(); ++column) {
    const std::size_t known = column < to_count_ ? from_count_ : 0;
    if (known > 0) {
      const auto here = static_cast<std::ptrdiff_t>(place({0, column}));
      const auto there = static_cast<std::ptrdiff_t>(result.place({0, column}));
      std::copy_n(numbers_.begin() + here, known, result.numbers_.begin() + there);
      std::copy_n(set_numbers_.begin() + here, known, result.set_numbers_.begin() + there);
    }
    for (auto row = static_cast<std::uint32_t>(known); row < from.size(); ++row) {
      wanted.push_back({.from = row, .to = column});
    }
  }
  result.work_out(network, from, to, wanted, threads);
  return result;
}

void Ways::work_out(const Network& network, const std::vector<WayKind>& from,
                    const std::vector<WayKind>& to, std::span<const WayPair> pairs, int threads) {
  std::vector<Batch> batches;
  for (std::size_t start = 0; start < pairs.size(); start += kBatch) {
    batches.push_back({.pairs = pairs.subspan(start, std::min(kBatch, pairs.size() - start))});
  }
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t batch = next++; batch < batches.size(); batch = next++) {
      batches[batch].work_out(network, from, to);
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < batches.size() && i < static_cast<std::size_t>(threads); ++i) {
      helpers.emplace_back(work);
    }
    work();
  }
  Numbering numbering(sets_);
  for (Batch& batch : batches) {
    std::vector<std::uint32_t> numbers;
    for (Way& way : batch.ways) {
      numbers.push_back(number_in(ways_, std::move(way)));
    }
    for (std::size_t i = 0; i < batch.pairs.size(); ++i) {
      numbers_[place(batch.pairs[i])] = numbers[batch.numbers[i]];
      set_numbers_[place(batch.pairs[i])] = numbering.set_of(batch.mentions_of(i));
    }
  }
}

std::vector<WayPair> Ways::pairs_decided_by(std::span<const std::string> ids) const {
  const std::vector<bool> is_meant = sets_.holding(ids);
  std::vector<WayPair> pairs;
  for (std::uint32_t to = 0; to < to_count_; ++to) {
    for (std::uint32_t from = 0; from < from_count_; ++from) {
      if (is_meant[set_numbers_[place({from, to})]]) {
        pairs.push_back({.from = from, .to = to});
      }
    }
  }
  return pairs;
}

bool Ways::pass_unfiltered() const {
  return std::any_of(ways_.begin(), ways_.end(), [](const Way& way) {
    return !way.passage.blocked() && !way.to_target.counts;
  });
}

std::vector<IpAddress> Ways::shown_addresses() const {
  std::vector<IpAddress> addresses;
  for (const Way& way : ways_) {
    if (way.to_target.address) {
      addresses.push_back(*way.to_target.address);
    }
  }
  std::sort(addresses.begin(), addresses.end());
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
  return addresses;
}

}  // namespace portolan::reach
