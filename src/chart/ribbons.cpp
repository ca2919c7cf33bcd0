#include "chart/ribbons.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "chart/cut.h"
#include "chart/places.h"
#include "checks/check.h"

namespace portolan::chart {

namespace {

/// Where the members of a class stand, for how far apart ends are.
struct Standpoint {
  std::int32_t account = kNoNode;
  std::int32_t vpc = kNoNode;
};

Standpoint standpoint_of(const Chart& chart, const ChartEnd& end) {
  Standpoint point;
  if (end.nodes.empty() || end.is_outside) {
    return point;
  }
  for (auto at = static_cast<std::int32_t>(end.nodes.front()); at != kNoNode;
       at = chart[static_cast<NodeNumber>(at)].parent) {
    const NodeKind kind = chart[static_cast<NodeNumber>(at)].kind;
    point.vpc = kind == NodeKind::Vpc ? at : point.vpc;
    point.account = kind == NodeKind::Account ? at : point.account;
  }
  return point;
}

struct Side {
  std::vector<ChartEnd> ends;
  std::vector<Standpoint> points;
};

Side side_of(const Chart& chart, const Traffic& traffic,
             const std::vector<reach::EndClass>& classes) {
  Side side;
  side.ends = chart_ends(chart, traffic.connections(), classes);
  for (const ChartEnd& end : side.ends) {
    side.points.push_back(standpoint_of(chart, end));
  }
  return side;
}

/// How many members of a class are in one node of the cut.
struct Part {
  std::uint32_t place = 0;  // in the cut
  std::uint32_t count = 0;
};

/// The parts of all classes of a side.
class Parts {
 public:
  Parts(const Side& side, const Cut& cut, const Scope& scope) {
    starts_.push_back(0);
    for (const ChartEnd& end : side.ends) {
      for (const NodeNumber node : end.nodes) {
        if (const std::int32_t place = cut.place_of(node); place >= 0 && scope.has(node)) {
          add(static_cast<std::uint32_t>(place));
        }
      }
      starts_.push_back(parts_.size());
    }
  }

  [[nodiscard]] std::span<const Part> of(std::size_t number) const {
    return {parts_.data() + starts_[number], starts_[number + 1] - starts_[number]};
  }

 private:
  void add(std::uint32_t place) {
    const auto first = parts_.begin() + static_cast<std::ptrdiff_t>(starts_.back());
    // Members of one class are in one subnet: the last part is mostly the one.
    const auto part = std::find_if(parts_.rbegin(), std::make_reverse_iterator(first),
                                   [&](const Part& each) { return each.place == place; });
    if (part != std::make_reverse_iterator(first)) {
      ++part->count;
    } else {
      parts_.push_back({.place = place, .count = 1});
    }
  }

  std::vector<Part> parts_;
  std::vector<std::size_t> starts_;
};

/// What is counted of a ribbon before its services are put together.
struct Strand {
  std::uint32_t from = 0;  // places in the cut
  std::uint32_t to = 0;
  Exposure exposure = Exposure::Intra;
  RibbonState state = RibbonState::Unknown;
  bool is_risky = false;
  std::uint64_t pairs = 0;
  std::vector<std::uint32_t> passages;     // numbers, each once
  std::unordered_set<std::uint32_t> seen;  // the same, where they are many
};

/// The strands to one place, by the place that they are from: as many as there are places, each
/// looked up often, so they stay close together.
class Row {
 public:
  explicit Row(std::size_t places) : strands_(places), is_used_(places), marks_(places, 0) {}

  Strand& from(std::uint32_t place) {
    Strand& strand = strands_[place];
    if (!is_used_[place]) {
      is_used_[place] = true;
      used_.push_back(place);
      strand.from = place;
    }
    return strand;
  }

  /// True the first time for this place since `next_target`.
  bool mark(std::uint32_t place) { return std::exchange(marks_[place], target_) != target_; }
  void next_target() { ++target_; }

  /// Calls `take` for each strand, which may move it, and begins another row.
  template <class Take>
  void end(const Take& take) {
    for (const std::uint32_t place : used_) {
      take(strands_[place]);
      Strand& strand = strands_[place];
      std::vector<std::uint32_t> passages = std::move(strand.passages);
      passages.clear();
      strand = Strand{.passages = std::move(passages)};
      is_used_[place] = false;
    }
    used_.clear();
  }

 private:
  std::vector<Strand> strands_;
  std::vector<bool> is_used_;
  std::vector<std::uint32_t> used_;
  std::vector<std::uint64_t> marks_;  // the last target that each place was marked for
  std::uint64_t target_ = 0;
};

void note_passage(Strand& strand, std::uint32_t passage) {
  static constexpr std::size_t kFew = 24;
  std::vector<std::uint32_t>& list = strand.passages;
  if (!list.empty() && list.back() == passage) {
    return;
  }
  if (list.size() < kFew) {
    if (std::find(list.begin(), list.end(), passage) == list.end()) {
      list.push_back(passage);
    }
    return;
  }
  if (strand.seen.empty()) {
    strand.seen.insert(list.begin(), list.end());
  }
  if (strand.seen.insert(passage).second) {
    list.push_back(passage);
  }
}

RibbonState state_of(const reach::Passage& passage) {
  if (!passage.yes.empty()) {
    return RibbonState::Open;
  }
  return passage.depends.empty() ? RibbonState::Unknown : RibbonState::Depends;
}

}  // namespace

std::string_view text(Exposure exposure) {
  static constexpr std::array<std::string_view, 5> kTexts{"internet", "outside", "account", "vpc",
                                                          "intra"};
  return kTexts.at(static_cast<std::size_t>(exposure));
}

std::string_view text(RibbonState state) {
  static constexpr std::array<std::string_view, 3> kTexts{"open", "depends", "unknown"};
  return kTexts.at(static_cast<std::size_t>(state));
}

RibbonState Ribbon::state() const { return state_of(passage); }

class Lifter::Impl {
 public:
  Impl(const Chart& chart, const Traffic& traffic)
      : chart_(chart),
        traffic_(traffic),
        sources_(side_of(chart, traffic, traffic.connections().sources())),
        targets_(side_of(chart, traffic, traffic.connections().targets())) {
    const ServiceSet risky = checks::risky_services();
    for (const reach::Passage& passage : traffic.passages()) {
      risky_.push_back(passage.only(risky));
      is_risky_.push_back(!risky_.back().blocked());
    }
    outside_first_.reserve(targets_.ends.size());
    for (std::uint32_t target = 0; target < targets_.ends.size(); ++target) {
      outside_first_.push_back(target);
    }
    // Targets out there of one node follow each other, so that sources count once for all of them.
    std::stable_sort(outside_first_.begin(), outside_first_.end(),
                     [&](auto a, auto b) { return block_of(a) > block_of(b); });
  }

  [[nodiscard]] const Chart& chart() const { return chart_; }

  [[nodiscard]] Result<Ribbons> lift(const Frontier& frontier) const;

 private:
  class Lifting;

  /// The node of a target out there; of all others none.
  [[nodiscard]] std::int64_t block_of(std::uint32_t target) const {
    const ChartEnd& end = targets_.ends[target];
    return end.is_outside ? std::int64_t{end.nodes.front()} : -1;
  }

  const Chart& chart_;
  const Traffic& traffic_;
  Side sources_;
  Side targets_;
  std::vector<reach::Passage> risky_;  // what is risky of each passage
  std::vector<bool> is_risky_;         // whether anything is
  std::vector<std::uint32_t> outside_first_;
};

class Lifter::Impl::Lifting {
 public:
  Lifting(const Impl& lifter, const Frontier& frontier, const Cut& cut, Parts from, Parts to)
      : lifter_(lifter),
        frontier_(frontier),
        cut_(cut),
        from_(std::move(from)),
        to_(std::move(to)),
        row_(cut.size()),
        counted_(lifter.sources_.ends.size(), -1) {}

  /// Row by row: when all targets in a place have been looked at, the ribbons to it are complete,
  /// and those that are not shown need not be kept.
  Ribbons run() {
    const std::vector<std::vector<Arrival>> arrivals = arrivals_by_place();
    for (std::uint32_t place = 0; place < arrivals.size(); ++place) {
      for (const Arrival& arrival : arrivals[place]) {
        add_column(arrival.target, {.place = place, .count = arrival.count});
      }
      row_.end([&](Strand& strand) {
        strand.to = place;
        offer(strand);
      });
    }
    return told();
  }

 private:
  /// So many members of a target.
  struct Arrival {
    std::uint32_t target = 0;
    std::uint32_t count = 0;
  };

  [[nodiscard]] std::vector<std::vector<Arrival>> arrivals_by_place() const {
    std::vector<std::vector<Arrival>> arrivals(cut_.size());
    for (const std::uint32_t target : lifter_.outside_first_) {
      for (const Part& part : to_.of(target)) {
        arrivals[part.place].push_back({.target = target, .count = part.count});
      }
    }
    return arrivals;
  }

  void add_column(std::uint32_t target, const Part& to) {
    row_.next_target();
    const std::int64_t block = lifter_.block_of(target);
    for (const TrafficCell& cell : lifter_.traffic_.to(target)) {
      const bool is_risky = lifter_.is_risky_[cell.passage];
      if (frontier_.mode == RibbonMode::Risky && !is_risky) {
        continue;
      }
      const RibbonState state = state_of(passage_of(cell.passage));
      for (const std::uint32_t source : cell.sources) {
        const Exposure exposure = exposure_of(source, target);
        for (const Part& from : from_.of(source)) {
          Strand& strand = row_.from(from.place);
          strand.pairs += pairs_of(source, target, from, to);
          strand.exposure = std::min(strand.exposure, exposure);
          strand.state = std::min(strand.state, state);
          strand.is_risky = strand.is_risky || is_risky;
          note_passage(strand, cell.passage);
        }
        counted_[source] = block;
      }
    }
  }

  [[nodiscard]] const reach::Passage& passage_of(std::uint32_t number) const {
    return frontier_.mode == RibbonMode::Risky ? lifter_.risky_[number]
                                               : lifter_.traffic_.passages()[number];
  }

  /// Hosts out there are one for each node: a target is not counted again for other blocks of it.
  std::uint64_t pairs_of(std::uint32_t source, std::uint32_t target, const Part& from,
                         const Part& to) {
    const ChartEnd& end = lifter_.sources_.ends[source];
    if (end.is_outside) {
      return row_.mark(from.place) ? to.count : 0;
    }
    if (lifter_.targets_.ends[target].is_outside) {
      return counted_[source] == lifter_.block_of(target) ? 0 : from.count;
    }
    const bool is_itself = end.is_class && source == target && from.place == to.place;
    return std::uint64_t{from.count} * to.count - (is_itself ? from.count : 0);
  }

  [[nodiscard]] Exposure exposure_of(std::uint32_t source, std::uint32_t target) const {
    const ChartEnd& from = lifter_.sources_.ends[source];
    const ChartEnd& to = lifter_.targets_.ends[target];
    if (from.is_outside || to.is_outside) {
      return from.is_internet || to.is_internet ? Exposure::Internet : Exposure::Outside;
    }
    const Standpoint& a = lifter_.sources_.points[source];
    const Standpoint& b = lifter_.targets_.points[target];
    if (a.account != b.account) {
      return Exposure::Account;
    }
    return a.vpc != b.vpc ? Exposure::Vpc : Exposure::Intra;
  }

  /// Less is worse. What comes in from strangers comes first, what goes out to them last.
  [[nodiscard]] auto rank_of(const Strand& strand) const {
    const bool goes_out = is_beyond(strand.to) && !is_beyond(strand.from);
    const int way = static_cast<int>(strand.exposure) + (goes_out ? 10 : 0);
    return std::tuple(!strand.is_risky, way, strand.state, ~strand.pairs, cut_.nodes()[strand.from],
                      cut_.nodes()[strand.to]);
  }

  [[nodiscard]] bool is_beyond(std::uint32_t place) const {
    const NodeKind kind = lifter_.chart_[cut_.nodes()[place]].kind;
    return kind == NodeKind::Internet || kind == NodeKind::Outside;
  }

  /// Keeps it if it may be among the worst.
  void offer(Strand& strand) {
    if (strand.pairs == 0) {
      return;
    }
    ++found_;
    const bool is_hidden = bar_ && !(rank_of(strand) < rank_of(*bar_));
    if (is_hidden || frontier_.most == 0) {
      return;
    }
    worst_.push_back(std::move(strand));
    if (worst_.size() >= 2 * frontier_.most) {
      keep_worst();
    }
  }

  void keep_worst() {
    const auto is_worse = [&](const Strand& a, const Strand& b) { return rank_of(a) < rank_of(b); };
    if (worst_.size() > frontier_.most) {
      const auto last = worst_.begin() + static_cast<std::ptrdiff_t>(frontier_.most) - 1;
      std::nth_element(worst_.begin(), last, worst_.end(), is_worse);
      worst_.resize(frontier_.most);
      bar_ = worst_.back();
    }
  }

  Ribbons told() {
    keep_worst();
    std::sort(worst_.begin(), worst_.end(),
              [&](const Strand& a, const Strand& b) { return rank_of(a) < rank_of(b); });
    Ribbons ribbons;
    ribbons.hidden = found_ - worst_.size();
    for (const Strand& strand : worst_) {
      Ribbon& ribbon = ribbons.ribbons.emplace_back();
      ribbon.from = cut_.nodes()[strand.from];
      ribbon.to = cut_.nodes()[strand.to];
      ribbon.exposure = strand.exposure;
      ribbon.pairs = strand.pairs;
      ribbon.is_risky = strand.is_risky;
      for (const std::uint32_t passage : strand.passages) {
        ribbon.passage = ribbon.passage.or_else(passage_of(passage));
      }
    }
    return ribbons;
  }

  const Impl& lifter_;
  const Frontier& frontier_;
  const Cut& cut_;
  Parts from_;
  Parts to_;
  Row row_;
  std::vector<std::int64_t> counted_;  // the last node out there that a source was counted for
  std::vector<Strand> worst_;          // fewer than twice as many as are shown
  std::optional<Strand> bar_;          // the least bad that is still shown; none: all are
  std::size_t found_ = 0;
};

Result<Ribbons> Lifter::Impl::lift(const Frontier& frontier) const {
  const Cut cut = TRY(Cut::of(chart_, frontier.lens, frontier.nodes));
  const Scope from(chart_, frontier.lens, frontier.from);
  const Scope to(chart_, frontier.lens, frontier.to);
  return Lifting(*this, frontier, cut, Parts(sources_, cut, from), Parts(targets_, cut, to)).run();
}

Lifter::Lifter(const Chart& chart, const Traffic& traffic)
    : impl_(std::make_unique<const Impl>(chart, traffic)) {}
Lifter::Lifter(Lifter&&) noexcept = default;
Lifter& Lifter::operator=(Lifter&&) noexcept = default;
Lifter::~Lifter() = default;

Result<Ribbons> Lifter::lift(const Frontier& frontier) const { return impl_->lift(frontier); }

const Chart& Lifter::chart() const { return impl_->chart(); }

}  // namespace portolan::chart
