#include "reach/connections.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <thread>
#include <utility>

#include "reach/engine/column.h"

namespace portolan::reach {

namespace {

using Segment = ServiceSet::Segment;

std::vector<EndClass> ends_of(const Classes& classes, const SharedVector<OutsideClass>& atoms) {
  std::vector<EndClass> ends;
  const std::size_t count = classes.hosts.size() + atoms.size() + classes.alone.size();
  ends.reserve(count);
  for (std::size_t number = 0; number < count; ++number) {
    ends.push_back(end_class(classes, atoms, static_cast<std::uint32_t>(number)));
  }
  return ends;
}

/// The services of one source in a column, by level, as numbers of segments.
using SegmentList = std::vector<std::uint16_t>;
using Signature = std::array<SegmentList, kLevels>;

ServiceSet services_of(const std::vector<Segment>& segments, const SegmentList& list) {
  std::vector<Segment> parts;
  parts.reserve(list.size());
  for (const std::uint16_t segment : list) {
    parts.push_back(segments[segment]);
  }
  return ServiceSet::of_segments(parts);
}

Passage passage_of(const Column& column, const Signature& signature) {
  std::array<ServiceSet, kLevels> sets;
  for (std::size_t level = 0; level < kLevels; ++level) {
    sets[level] = services_of(column.segments, signature[level]);
  }
  return {.yes = sets[0],
          .depends = sets[1].without(sets[0]),
          .unknown = sets[2].without(sets[1]).without(sets[0])};
}

class Cells {
 public:
  void add(const Column& column, const SourcePlanes& planes, std::uint32_t offset) {
    std::map<std::uint32_t, Signature> signatures;
    const std::size_t levels = column.is_certain ? 1 : kLevels;
    for (std::size_t level = 0; level < levels; ++level) {
      for (std::size_t segment = 0; segment < column.segments.size(); ++segment) {
        const Plane& plane = planes.planes[level][segment];
        plane.for_each_word([&](std::size_t word, Word bits) {
          for_each_bit(word, bits, [&](std::size_t position) {
            signatures[static_cast<std::uint32_t>(position)][level].push_back(
                static_cast<std::uint16_t>(segment));
          });
        });
      }
    }
    std::map<Signature, std::vector<std::uint32_t>> groups;
    for (auto& [position, signature] : signatures) {
      if (column.is_certain) {
        signature[1] = signature[0];
        signature[2] = signature[0];
      }
      groups[signature].push_back(offset + position);
    }
    for (auto& [signature, sources] : groups) {
      add(passage_of(column, signature), std::move(sources));
    }
  }

  void add(const Passage& passage, std::vector<std::uint32_t> sources) {
    if (passage.blocked() || sources.empty()) {
      return;
    }
    const auto cell = std::find_if(cells_.begin(), cells_.end(),
                                   [&](const Cell& each) { return each.passage == passage; });
    if (cell == cells_.end()) {
      cells_.push_back({passage, std::move(sources)});
    } else {
      cell->sources.insert(cell->sources.end(), sources.begin(), sources.end());
    }
  }

  std::vector<Cell> take() {
    for (Cell& cell : cells_) {
      std::sort(cell.sources.begin(), cell.sources.end());
    }
    return std::move(cells_);
  }

 private:
  std::vector<Cell> cells_;
};

/// Adds up how many interfaces the classes of a set of bits stand for: the sizes of the classes are
/// kept by binary digit, so that whole words are counted.
class Weights {
 public:
  explicit Weights(const SharedVector<HostClass>& hosts) {
    for (std::size_t position = 0; position < hosts.size(); ++position) {
      for (std::size_t size = hosts[position].members.size(), digit = 0; size != 0;
           size >>= 1U, ++digit) {
        if ((size & 1U) != 0) {
          digits_.resize(std::max(digits_.size(), digit + 1));
          digits_[digit].resize(hosts.size() / kWordBits + 1);
          digits_[digit][position / kWordBits] |= Word{1} << (position % kWordBits);
        }
      }
    }
  }

  [[nodiscard]] std::uint64_t of(std::size_t number, Word bits) const {
    std::uint64_t sum = 0;
    for (std::size_t digit = 0; digit < digits_.size(); ++digit) {
      if (number < digits_[digit].size()) {
        sum += static_cast<std::uint64_t>(std::popcount(bits & digits_[digit][number])) << digit;
      }
    }
    return sum;
  }

 private:
  std::vector<std::vector<Word>> digits_;
};

/// Counts over the columns of one thread.
class Counter {
 public:
  Counter(const Compiled& compiled, const Weights& weights)
      : hosts_(compiled.classes->hosts), weights_(weights), maker_(compiled) {
    any_.resize(compiled.host_words());
  }

  void add(std::uint32_t target) {
    const Column& column = maker_.make({ColumnTarget::Kind::Host, target});
    const std::uint64_t size = hosts_[target].members.size();
    const std::uint64_t beside = column.beside.size();  // each stands for one interface
    const std::uint64_t open = count(column, Level::Yes) + beside;
    totals_.open += size * open - itself(column, Level::Yes, target);
    if (column.is_certain) {
      totals_.possible += size * open - itself(column, Level::Yes, target);
    } else {
      totals_.possible +=
          size * (count(column, Level::Unknown) + beside) - itself(column, Level::Unknown, target);
    }
    const auto& senders = column.senders.planes[0];
    const bool is_exposed = std::any_of(
        senders.begin(), senders.begin() + static_cast<std::ptrdiff_t>(column.segments.size()),
        [](const Plane& plane) { return !plane.empty(); });
    totals_.internet += is_exposed ? size : 0;
  }

  [[nodiscard]] const ConnectionTotals& totals() const { return totals_; }

 private:
  [[nodiscard]] std::uint64_t count(const Column& column, Level level) {
    any_.clear();
    for (std::size_t segment = 0; segment < column.segments.size(); ++segment) {
      column.hosts.at(level, segment, column.is_certain)
          .for_each_word([&](std::size_t word, Word bits) { any_.add_word(word, bits); });
    }
    std::uint64_t sum = 0;
    any_.for_each_word([&](std::size_t word, Word bits) { sum += weights_.of(word, bits); });
    return sum;
  }

  /// Of a class that reaches itself: each member's pair with itself is none.
  [[nodiscard]] std::uint64_t itself(const Column& column, Level level,
                                     std::uint32_t target) const {
    for (std::size_t segment = 0; segment < column.segments.size(); ++segment) {
      if (column.hosts.at(level, segment, column.is_certain).has(target)) {
        return hosts_[target].members.size();
      }
    }
    return 0;
  }

  const SharedVector<HostClass>& hosts_;
  const Weights& weights_;
  ColumnMaker maker_;
  Plane any_;
  ConnectionTotals totals_;
};

/// Targets of one subnet follow each other, so that what they have in common is worked out once.
std::vector<std::uint32_t> by_subnet(const SharedVector<HostClass>& hosts) {
  std::vector<std::uint32_t> order(hosts.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = static_cast<std::uint32_t>(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(hosts[a].subnet, hosts[a].outer) < std::pair(hosts[b].subnet, hosts[b].outer);
  });
  return order;
}

}  // namespace

Connections::Connections(const Network& network, int threads)
    : Connections(network, std::make_shared<const Compiled>(compile(network, threads))) {}

Connections::Connections(const Network& network, std::shared_ptr<const Compiled> compiled)
    : network_(&network), compiled_(std::move(compiled)), ends_(std::make_unique<LazyEnds>()) {}
Connections::Connections(Connections&&) noexcept = default;
Connections& Connections::operator=(Connections&&) noexcept = default;
Connections::~Connections() = default;

const Connections::Ends& Connections::ends() const {
  std::call_once(ends_->once, [&] {
    ends_->ends = {.sources = ends_of(*compiled_->classes, compiled_->classes->senders),
                   .targets = ends_of(*compiled_->classes, compiled_->classes->receivers)};
  });
  return ends_->ends;
}

std::vector<Cell> Connections::to(std::uint32_t target) const {
  const Classes& classes = *compiled_->classes;
  const auto host_count = static_cast<std::uint32_t>(classes.hosts.size());
  const auto first_alone = static_cast<std::uint32_t>(host_count + classes.senders.size());
  const EndClass& end = targets()[target];
  Cells cells;
  std::uint32_t first_traced = 0;
  if (end.kind != EndClass::Kind::Alone) {
    const bool is_host = end.kind == EndClass::Kind::Interfaces;
    ColumnMaker maker(*compiled_);
    const Column& column =
        maker.make({is_host ? ColumnTarget::Kind::Host : ColumnTarget::Kind::Receiver,
                    is_host ? target : target - host_count});
    cells.add(column, column.hosts, 0);
    cells.add(column, column.senders, host_count);
    cells.add(Passage::all(), column.beside);
    first_traced = first_alone;
  }
  for (std::uint32_t source = first_traced; source < sources().size() && !end.is_empty();
       ++source) {
    const Place& place = sources()[source].place;
    if (sources()[source].is_empty()) {
      continue;
    }
    const bool are_outside =
        place.kind == Place::Kind::Outside && end.place.kind == Place::Kind::Outside;
    if (!are_outside && place != end.place) {
      cells.add(trace(*network_, place, end.place, ServiceSet::all()).passage, {source});
    }
  }
  return cells.take();
}

ConnectionTotals Connections::totals(int threads) const {
  const SharedVector<HostClass>& hosts = compiled_->classes->hosts;
  const std::vector<std::uint32_t> order = by_subnet(hosts);
  const Weights weights(hosts);
  static constexpr std::size_t kBatch = 256;
  std::atomic<std::size_t> next = 0;
  std::vector<ConnectionTotals> parts(static_cast<std::size_t>(std::max(threads, 1)));
  const auto work = [&](std::size_t part) {
    Counter counter(*compiled_, weights);
    for (std::size_t at = next.fetch_add(kBatch); at < order.size(); at = next.fetch_add(kBatch)) {
      for (std::size_t i = at; i < std::min(at + kBatch, order.size()); ++i) {
        counter.add(order[i]);
      }
    }
    parts[part] = counter.totals();
  };
  {
    std::vector<std::jthread> helpers;
    for (std::size_t part = 1; part < parts.size(); ++part) {
      helpers.emplace_back(work, part);
    }
    work(0);
  }
  ConnectionTotals totals;
  std::uint64_t interfaces = 0;
  for (const HostClass& host : hosts) {
    interfaces += host.members.size();
  }
  totals.pairs = interfaces * (interfaces - (interfaces == 0 ? 0 : 1));
  for (const ConnectionTotals& part : parts) {
    totals.open += part.open;
    totals.possible += part.possible;
    totals.internet += part.internet;
  }
  return totals;
}

}  // namespace portolan::reach
