#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "events/event.h"

/// What is usual: how often somebody changes the network, and who does. Streaming, with a state of
/// constant size for each key; no clock, no randomness.
namespace portolan::events {

/// Calls that belong together, such as one run of Terraform: what people count.
struct ChangeSet {
  Time first;
  Time last;
  std::string account;
  std::string principal;
  std::string agent;
  std::vector<std::string> event_ids;  // in order; at least one
  std::string actor;                   // the ARN of the session
};

/// The sets of the events that took effect, by their first moment. Events of one principal, session
/// and agent belong together while no two neighbours are more than 5 minutes apart. `events` are in
/// order of time.
std::vector<ChangeSet> change_sets(const std::vector<Event>& events);

/// The one knob, and what is known about the place.
struct UsualOptions {
  double alarms_per_week = 1;  // how many false alarms all keys together may raise
  int zone_h = 0;              // the hours that the people's clock is ahead of UTC
};

/// More change-sets than usual.
struct RateAlarm {
  std::string key;
  Time time;
  std::int64_t window_s = 0;
  int count = 0;         // of sets in the window
  double expected = 0;   // in that window, at that hour of the week
  double chance = 0;     // of as many or more, were all as usual
  std::string sentence;  // for people
};

/// How often each key (a principal in an account) changes things. The week has a shape that all
/// keys share; each key has a rate that is gamma distributed around that of its group, and forgets
/// with a half-life of 14 days; counts are negative binomial, with the dispersion that the group
/// shows; and how often such small chances really occur corrects the chance.
///
/// Example:
///     RateModel model({.alarms_per_week = 1});
///     for (const ChangeSet& set : change_sets(events)) {
///       if (const auto alarm = model.add(set.principal, set.first)) { … }
///     }
/// Cost: O(1) for each set, and once a simulated day a look at all keys.
class RateModel {
 public:
  explicit RateModel(const UsualOptions& options = {});
  /// Sets come in order of time. At most one alarm an hour for each key.
  std::optional<RateAlarm> add(const std::string& key, Time time);

 private:
  static constexpr std::size_t kWeekHours = 168;
  static constexpr std::size_t kDayHours = 24;

  struct Key {
    double sets = 0;             // decayed, up to `committed`
    std::int64_t committed = 0;  // hour
    std::int64_t begun = 0;      // hour
    double exposure_before = 0;  // the group's clock then
    int now = 0;                 // sets in the hour `now_hour`
    std::int64_t now_hour = 0;
    int today = 0;
    std::deque<std::int64_t> recent;  // moments of sets of the last day, a bounded number
    std::int64_t scored = std::int64_t{-1} << 40U;  // of the last score that taught the tail
    std::int64_t alarmed = -1;                      // moment of the last alarm
  };
  struct Expectation {
    double mean = 0;
    double variance = 0;
  };

  void advance(std::int64_t hour);
  void end_hour();
  void end_day();
  void learn_prior();
  void commit(Key& key);
  [[nodiscard]] double season(std::int64_t hour) const;
  [[nodiscard]] double exposure(const Key& key) const;
  [[nodiscard]] Expectation expect(const Key& key, double season_sum) const;
  [[nodiscard]] double true_rate(double score) const;
  void learn_tail(double score);

  UsualOptions options_;
  bool has_begun_ = false;
  std::int64_t hour_ = 0;
  std::array<double, kWeekHours> season_sets_ = {};
  std::array<double, kDayHours> day_ = {};  // the season's values of the last hours
  double season_mean_ = 0;
  double sets_this_hour_ = 0;
  double exposure_ = 0;     // decayed sum of the season over all hours
  bool has_prior_ = false;  // of enough keys; before that, a guess
  double prior_sets_ = 0.25;
  double prior_exposure_ = 42;
  double excess_ = 0;  // how much more the days differ than without dispersion
  double excess_expected_ = 0;
  double dispersion_ = 0;  // the variance of a key's rate from day to day, over its square
  double tail_count_ = 0;  // decayed: scores beyond the threshold, their excess, key-hours
  double tail_excess_ = 0;
  double key_hours_ = 0;
  std::size_t live_keys_ = 0;
  std::map<std::string, Key> keys_;
};

/// Who is new, where newcomers are rare.
class FirstSeen {
 public:
  /// The chance that something new comes next in `context`, by Good and Turing: how many were seen
  /// just once; nothing if `value` was seen there before.
  std::optional<double> add(const std::string& context, const std::string& value);

 private:
  struct Context {
    double all = 0;
    double once = 0;
    std::map<std::string, std::size_t> seen;
  };
  std::map<std::string, Context> contexts_;
};

/// The chance of `count` or more, of a negative binomial distribution; of a Poisson one if the
/// variance is not above the mean.
double chance_of(int count, double mean, double variance);

}  // namespace portolan::events
