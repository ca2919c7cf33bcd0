#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/support/row.h"
#include "events/events.h"

/// The model of usual patterns on simulated trails: false alarms beside the budget that was set,
/// and how many planted bursts are caught; the same of "mean and three standard deviations" of the
/// hours with changes, which is what is commonly used. A simulation is weak proof: it says that the
/// arithmetic holds under noise that the model does not know of.
namespace portolan::bench {
namespace {

constexpr int kPrincipals = 1000;
constexpr int kDays = 130;
constexpr int kWarmDays = 60;  // learned from, not judged
constexpr int kHoursOfDay = 24;
constexpr int kPlanted = 150;
constexpr int kPlantedSets = 6;
constexpr std::int64_t kHour = 3600;

struct Set {
  std::int64_t time = 0;
  int key = 0;
  int calls = 1;
  friend auto operator<=>(const Set&, const Set&) = default;
};

struct Trail {
  std::vector<Set> sets;                           // in order of time
  std::set<std::pair<int, std::int64_t>> planted;  // key and hour
};

/// Working hours from Monday to Friday; the week begins on a Thursday, as the epoch does.
double season(int hour) {
  const int day = hour / kHoursOfDay % 7;
  const int of_day = hour % kHoursOfDay;
  const bool is_weekend = day == 2 || day == 3;
  return (of_day >= 8 && of_day < 18 ? 2.0 : 0.25) * (is_weekend ? 0.2 : 1.3);
}

/// `noise`: how much a key's rate differs from day to day, as the variance of a gamma factor.
Trail simulate(double noise, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Trail trail;
  std::lognormal_distribution<double> rates(std::log(0.01), 1.3);
  std::geometric_distribution<int> calls(0.25);
  std::uniform_int_distribution<int> second(0, static_cast<int>(kHour) - 1);
  const auto add = [&](int key, int hour) {
    trail.sets.push_back({hour * kHour + second(random), key, 1 + calls(random)});
  };
  for (int key = 0; key < kPrincipals; ++key) {
    const double rate = std::min(rates(random), 2.0);
    for (int day = 0; day < kDays; ++day) {
      std::gamma_distribution<double> factor(noise > 0 ? 1 / noise : 1, noise > 0 ? noise : 1);
      const double today = rate * (noise > 0 ? factor(random) : 1);
      for (int hour = day * kHoursOfDay; hour < (day + 1) * kHoursOfDay; ++hour) {
        const int count = std::poisson_distribution<int>(today * season(hour))(random);
        for (int i = 0; i < count; ++i) {
          add(key, hour);
        }
      }
    }
  }
  std::uniform_int_distribution<int> keys(0, kPrincipals - 1);
  std::uniform_int_distribution<int> hours(kWarmDays * kHoursOfDay, kDays * kHoursOfDay - 1);
  for (int i = 0; i < kPlanted; ++i) {
    const int key = keys(random);
    const int hour = hours(random);
    trail.planted.emplace(key, hour);
    for (int set = 0; set < kPlantedSets; ++set) {
      add(key, hour);
    }
  }
  std::sort(trail.sets.begin(), trail.sets.end());
  return trail;
}

struct Score {
  double false_a_week = 0;
  double caught = 0;  // of the planted bursts
};

/// Alarms near a planted burst are its own: the day after it holds it still.
Score score(const Trail& trail, const std::set<std::pair<int, std::int64_t>>& alarms) {
  std::size_t caught = 0;
  for (const auto& [key, hour] : trail.planted) {
    caught += alarms.contains({key, hour}) || alarms.contains({key, hour + 1}) ? 1 : 0;
  }
  std::size_t wrong = 0;
  for (const auto& [key, hour] : alarms) {
    const auto burst = trail.planted.upper_bound({key, hour});
    const bool is_own = burst != trail.planted.begin() && std::prev(burst)->first == key &&
                        hour - std::prev(burst)->second <= kHoursOfDay;
    wrong += is_own || hour < kWarmDays * kHoursOfDay ? 0 : 1;
  }
  return {.false_a_week = static_cast<double>(wrong) / (kDays - kWarmDays) * 7,
          .caught = static_cast<double>(caught) / static_cast<double>(trail.planted.size())};
}

Score with_model(const Trail& trail, double alarms_per_week) {
  events::RateModel model({.alarms_per_week = alarms_per_week});
  std::set<std::pair<int, std::int64_t>> alarms;
  for (const Set& set : trail.sets) {
    if (model.add(fmt::format("{:04}", set.key), Time::from_seconds(set.time))) {
      alarms.emplace(set.key, set.time / kHour);
    }
  }
  return score(trail, alarms);
}

/// Calls in an hour beyond the mean and three standard deviations of that key's earlier hours with
/// calls, and more than two.
Score with_three_deviations(const Trail& trail) {
  struct Moments {
    double count = 0;
    double sum = 0;
    double squares = 0;
  };
  std::map<std::pair<std::int64_t, int>, int> hours;  // in order of time
  for (const Set& set : trail.sets) {
    hours[{set.time / kHour, set.key}] += set.calls;
  }
  std::map<int, Moments> keys;
  std::set<std::pair<int, std::int64_t>> alarms;
  for (const auto& [place, calls] : hours) {
    Moments& key = keys[place.second];
    if (key.count > 1) {
      const double mean = key.sum / key.count;
      const double deviation =
          std::sqrt(std::max(0.0, (key.squares - key.count * mean * mean) / (key.count - 1)));
      if (calls > 2 && calls > mean + 3 * deviation) {
        alarms.emplace(place.second, place.first);
      }
    }
    key.count += 1;
    key.sum += calls;
    key.squares += static_cast<double>(calls) * calls;
  }
  return score(trail, alarms);
}

void run() {
  fmt::print("{} principals, {} days judged after {} to learn from, {} bursts of {} sets\n",
             kPrincipals, kDays - kWarmDays, kWarmDays, kPlanted, kPlantedSets);
  for (const auto& [name, noise] : {std::pair{"even", 0.0}, {"uneven", 0.3}, {"wild", 1.0}}) {
    const Trail trail = simulate(noise, 7);
    const Score plain = with_three_deviations(trail);
    fmt::print("  {}: mean + 3 sd: {:.1f} false alarms a week, {:.0f} % caught\n", name,
               plain.false_a_week, 100 * plain.caught);
    for (const double budget : {1.0, 7.0, 70.0}) {
      const double start = now_s();
      const Score ours = with_model(trail, budget);
      const double sets = static_cast<double>(trail.sets.size()) / (now_s() - start);
      fmt::print(
          "  {}: budget {:.0f}: {:.2f} false alarms a week, {:.0f} % caught; {:.0f} sets/s\n", name,
          budget, ours.false_a_week, 100 * ours.caught, sets);
      report({.name = fmt::format("usual/{}/budget-{:.0f}", name, budget),
              .figure = ours.false_a_week,
              .peer = budget,
              .unit = "false alarms/week",
              .target = 2,
              .is_at_least = false});
    }
  }
}

}  // namespace
}  // namespace portolan::bench

int main() { portolan::bench::run(); }
