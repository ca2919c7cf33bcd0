// However a network changes, what follows from the moment before is what comes of the snapshot
// made from nothing, and the difference of two moments is what tells them apart.
//
// The first byte chooses what occurs in the network, two more the network; the rest are choices:
// which change, of what, to which value.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "collect/collect.h"
#include "core/assert.h"
#include "fuzz/support/changes.h"
#include "model/change_text.h"
#include "reach/difference.h"
#include "tests/support/chart.h"
#include "tests/support/compare_difference.h"
#include "tests/support/random.h"
#include "tests/support/random_network.h"
#include "tools/scenario/scenario.h"

namespace portolan::fuzz {

namespace {

using tests::Chart;
using tests::Compared;
using MomentPtr = std::shared_ptr<const reach::Moment>;

constexpr std::size_t kHead = 3;
constexpr std::size_t kBytesMost = 200;
constexpr int kStepsMost = 3;
constexpr std::size_t kEndsMost = 11;  // what is asked of one pair costs much

tests::RandomNetwork setting_of(std::uint8_t bits) {
  const auto has = [&](unsigned bit) { return ((bits >> bit) & 1U) != 0; };
  return {.nat = has(0),
          .transit = has(1),
          .endpoints = has(2),
          .balancers = has(3),
          .firewalls = has(4),
          .appliances = has(5),
          .gaps = has(6),
          .ipv6_percent = has(7) ? 90 : 20,
          .acls_percent = has(7) ? 70 : 20,
          .vpcs_max = 2,
          .subnets_max = 2,
          .groups_max = 2,
          .interfaces_max = 3};
}

/// Networks are made once each: to read and compile one costs as much as a change.
MomentPtr moment_of(std::uint8_t setting, unsigned seed) {
  constexpr std::size_t kKeptMost = 1000;
  static std::map<std::pair<std::uint8_t, unsigned>, MomentPtr> kept;
  if (kept.size() >= kKeptMost) {
    kept.clear();
  }
  MomentPtr& moment = kept[{setting, seed}];
  if (moment == nullptr) {
    auto scenario = scenario::read_scenario(tests::random_network(seed, setting_of(setting)));
    moment = reach::Moment::of(collect::decode(std::move(scenario.documents), {}, 1).snapshot);
  }
  return moment;
}

/// A moment that is made step by step beside the one made from nothing, and what that one says.
struct Pair {
  MomentPtr followed;
  MomentPtr fresh;
  std::shared_ptr<const Chart> chart;
};

Pair pair_of(MomentPtr followed, MomentPtr fresh) {
  auto chart = std::make_shared<const Chart>(fresh->connections());
  return {.followed = std::move(followed), .fresh = std::move(fresh), .chart = std::move(chart)};
}

class Run {
 public:
  Run(MomentPtr first, std::span<const std::uint8_t> choices)
      : random_(choices), first_(pair_of(first, first)), now_(first_) {}

  void run() {
    for (int step = 0; step < kStepsMost && random_.has_choices(); ++step) {
      const Snapshot& snapshot = now_.followed->snapshot();
      const auto changes = draw_changes(snapshot, first_.fresh->snapshot(), random_);
      for (const Change& change : changes) {
        story_ += text(change) + "\n";
      }
      story_ += "\n";
      if (auto applied = apply_changes(snapshot, changes)) {
        take_step(std::move(applied->snapshot), applied->rows);
      }
    }
    compare_ends();
  }

 private:
  void take_step(Snapshot snapshot, const RowChanges& rows) {
    MomentPtr fresh = reach::Moment::of(snapshot);
    const Pair next = pair_of(now_.followed->next(std::move(snapshot), rows), std::move(fresh));
    Compared compared;
    tests::compare_charts(Chart(next.followed->connections()), *next.chart, compared);
    expect_none("connections", compared);
    PORTOLAN_ASSERT(next.followed->connections().totals() == next.fresh->connections().totals());
    expect_difference("difference of a step", now_, next);
    now_ = next;
  }

  /// Moments that do not follow each other.
  void compare_ends() {
    expect_difference("difference of first and last", first_, now_);
    const auto nothing = reach::difference(*now_.followed, *now_.fresh);
    PORTOLAN_ASSERT(nothing.changes().empty());
  }

  void expect_difference(std::string_view what, const Pair& before, const Pair& after) {
    const auto judge = [&](const reach::Moment& moment, const reach::Place& from,
                           const reach::Place& to) {
      return (&moment == before.followed.get() ? before : after).chart->passage(from, to);
    };
    Compared compared;
    tests::compare_difference(*before.followed, *after.followed,
                              reach::difference(*before.followed, *after.followed), judge,
                              compared);
    expect_none(what, compared);
  }

  void expect_none(std::string_view what, const Compared& compared) {
    if (!compared.disagreement.empty()) {
      fmt::print(stderr, "{}\n{}: {}\n", story_, what, compared.disagreement);
    }
    PORTOLAN_ASSERT(compared.disagreement.empty());
  }

  tests::Random random_;
  Pair first_;
  Pair now_;
  std::string story_;  // for whoever reads the crash
};

}  // namespace

}  // namespace portolan::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using portolan::fuzz::kHead;
  if (size < kHead || size > portolan::fuzz::kBytesMost) {
    return 0;
  }
  const auto first = portolan::fuzz::moment_of(data[0], data[1] + 256U * data[2]);
  if (first->connections().sources().size() <= portolan::fuzz::kEndsMost) {
    portolan::fuzz::Run(first, {data + kHead, size - kHead}).run();
  }
  return 0;
}
