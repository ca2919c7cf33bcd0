#include "events/usual.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include <fmt/format.h>

namespace portolan::events {

namespace {

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kGap = 300;  // between two calls of one set
constexpr std::array<std::int64_t, 3> kWindows = {600, kHour, kDay};
constexpr std::size_t kRecentMax = 256;
constexpr double kHalfLifeHours = 14 * 24;
const double kForget = std::exp2(-1 / kHalfLifeHours);  // an hour's
const double kSeasonForget = std::exp2(-1.0 / 8);       // a week's
constexpr double kDayForget = 0.98;
constexpr std::int64_t kHoursMost = 24 * 366 * 20;  // a gap in the logs beyond this is cut
/// Scores are -log10 of chances; beyond this they are the tail that is fitted.
constexpr double kTailFrom = 2;
constexpr double kTailLeast = 50;
constexpr double kWarm = 168;

std::string sentence_of(const RateAlarm& alarm, double budget, double alarms_per_week) {
  return fmt::format(
      "{} change-sets in {}; at this hour of the week {:.2g} are usual here, the chance of so many "
      "is {:.1g} an hour; the budget of {:.3g} false alarm{} a week allows {:.1g}",
      alarm.count,
      alarm.window_s == kDay    ? "24 h"
      : alarm.window_s == kHour ? "1 h"
                                : "10 min",
      alarm.expected, alarm.chance, alarms_per_week, alarms_per_week == 1 ? "" : "s", budget);
}

}  // namespace

std::vector<ChangeSet> change_sets(const std::vector<Event>& events) {
  std::map<std::tuple<std::string, std::string, std::string, std::string>, std::size_t> open;
  std::vector<ChangeSet> sets;
  for (const Event& event : events) {
    if (!event.took_effect()) {
      continue;
    }
    const auto key =
        std::tuple(event.account.text(), event.actor.principal, event.actor.arn, event.actor.agent);
    const auto [at, is_new] = open.try_emplace(key, sets.size());
    const bool goes_on = !is_new && event.time.seconds() - sets[at->second].last.seconds() <= kGap;
    if (!goes_on) {
      at->second = sets.size();
      sets.push_back({.first = event.time,
                      .last = event.time,
                      .account = event.account.text(),
                      .principal = event.actor.principal,
                      .agent = event.actor.agent,
                      .event_ids = {},
                      .actor = event.actor.arn.empty() ? event.actor.principal : event.actor.arn});
    }
    ChangeSet& set = sets[at->second];
    set.last = event.time;
    set.event_ids.push_back(event.id);
  }
  return sets;
}

double chance_of(int count, double mean, double variance) {
  constexpr int kTermsMost = 100'000;
  constexpr double kNegligible = 1e-12;
  if (count <= 0) {
    return 1;
  }
  if (mean <= 0) {
    return 0;
  }
  const bool is_dispersed = variance > mean * (1 + 1e-9);
  const double shape = is_dispersed ? mean * mean / (variance - mean) : 0;
  const double n = count;
  double term =
      is_dispersed
          ? std::exp(std::lgamma(n + shape) - std::lgamma(shape) - std::lgamma(n + 1) +
                     shape * std::log(shape / (shape + mean)) + n * std::log(mean / (shape + mean)))
          : std::exp(n * std::log(mean) - mean - std::lgamma(n + 1));
  double sum = 0;
  for (int k = count; k < count + kTermsMost; ++k) {
    sum += term;
    const double ratio =
        is_dispersed ? (k + shape) / (k + 1.0) * mean / (shape + mean) : mean / (k + 1.0);
    term *= ratio;
    if (ratio < 1 && term < sum * kNegligible) {
      break;
    }
  }
  return std::min(1.0, sum);
}

RateModel::RateModel(const UsualOptions& options) : options_(options) { day_.fill(1); }

double RateModel::season(std::int64_t hour) const {
  constexpr double kSmoothing = 0.25;  // of the mean: what an hour without any has
  if (season_mean_ <= 0) {
    return 1;
  }
  const auto cell = static_cast<std::size_t>((hour % 168 + 168) % 168);
  return (season_sets_[cell] + kSmoothing * season_mean_) / ((1 + kSmoothing) * season_mean_);
}

void RateModel::end_hour() {
  exposure_ = exposure_ * kForget + season(hour_);
  day_[static_cast<std::size_t>((hour_ % 24 + 24) % 24)] = season(hour_);
  const auto cell = static_cast<std::size_t>((hour_ % 168 + 168) % 168);
  season_sets_[cell] = season_sets_[cell] * kSeasonForget + sets_this_hour_;
  double sum = 0;
  for (const double sets : season_sets_) {
    sum += sets;
  }
  season_mean_ = sum / kWeekHours;
  sets_this_hour_ = 0;
  key_hours_ += static_cast<double>(live_keys_);
  ++hour_;
  if (hour_ % static_cast<std::int64_t>(kDayHours) == 0) {
    end_day();
  }
}

void RateModel::advance(std::int64_t hour) {
  if (!has_begun_ || hour - hour_ > kHoursMost) {
    hour_ = hour;
    has_begun_ = true;
  }
  while (hour_ < hour) {
    end_hour();
  }
}

double RateModel::exposure(const Key& key) const {
  const double age = static_cast<double>(hour_ - key.begun);
  return std::max(0.0, exposure_ - std::pow(kForget, age) * key.exposure_before);
}

RateModel::Expectation RateModel::expect(const Key& key, double season_sum) const {
  const double age = static_cast<double>(hour_ - key.committed);
  const double sets = key.sets * std::pow(kForget, age) + prior_sets_;
  const double mean = sets / (exposure(key) + prior_exposure_) * season_sum;
  return {.mean = mean, .variance = mean + mean * mean * (1 / sets + dispersion_)};
}

/// A burst teaches no more than what is still likely, so that an attack does not become usual.
void RateModel::commit(Key& key) {
  constexpr double kLikely = 0.001;
  if (key.now == 0) {
    return;
  }
  const Expectation hour = expect(key, season(key.now_hour));
  int most = 1;
  while (most < key.now && chance_of(most + 1, hour.mean, hour.variance) > kLikely) {
    ++most;
  }
  const double age = static_cast<double>(hour_ - key.committed);
  key.sets = key.sets * std::pow(kForget, age) + std::min(key.now, most);
  key.committed = hour_;
  key.today += std::min(key.now, most);
  key.now = 0;
}

void RateModel::end_day() {
  double sum = 0;
  for (const double hour : day_) {
    sum += hour;
  }
  excess_ *= kDayForget;
  excess_expected_ *= kDayForget;
  tail_count_ *= kDayForget;
  tail_excess_ *= kDayForget;
  key_hours_ *= kDayForget;
  live_keys_ = 0;
  constexpr std::int64_t kLiveHours = 8 * 7 * 24;
  for (auto& [name, key] : keys_) {
    const Expectation day = expect(key, sum);
    commit(key);
    if (exposure(key) >= kWarm && day.mean > 0) {
      const double squared = day.mean * day.mean;
      const double known = day.variance - dispersion_ * squared;
      const double weight = 1 / (day.variance * day.variance);
      const double difference = key.today - day.mean;
      excess_ += weight * squared * (difference * difference - known);
      excess_expected_ += weight * squared * squared;
    }
    key.today = 0;
    live_keys_ += hour_ - key.committed < kLiveHours ? 1 : 0;
  }
  dispersion_ = excess_expected_ > 0 ? std::clamp(excess_ / excess_expected_, 0.0, 10.0) : 0.0;
  learn_prior();
}

/// The gamma distribution of the keys' rates, by their mean and variance.
void RateModel::learn_prior() {
  constexpr std::size_t kLeast = 10;
  std::size_t count = 0;
  double sum = 0;
  double squares = 0;
  double noise = 0;
  for (const auto& [name, key] : keys_) {
    const double time = exposure(key);
    if (time < kWarm) {
      continue;
    }
    const double rate =
        key.sets * std::pow(kForget, static_cast<double>(hour_ - key.committed)) / time;
    ++count;
    sum += rate;
    squares += rate * rate;
    noise += rate / time;
  }
  if (count < kLeast || sum <= 0) {
    return;
  }
  const double n = static_cast<double>(count);
  const double mean = sum / n;
  const double variance = std::max(squares / n - mean * mean - noise / n, mean * mean / 10);
  prior_exposure_ = mean / variance;
  prior_sets_ = mean * mean / variance;
  has_prior_ = true;
}

/// How often a key-hour really has so small a chance: the tail of the scores falls exponentially.
double RateModel::true_rate(double score) const {
  if (tail_count_ < kTailLeast || key_hours_ <= 0 || score <= kTailFrom) {
    return 0;
  }
  const double mean_excess = std::max(tail_excess_ / tail_count_, 1 / std::log(10.0));
  return tail_count_ / key_hours_ * std::exp(-(score - kTailFrom) / mean_excess);
}

void RateModel::learn_tail(double score) {
  constexpr double kExcessMost = 3;  // one attack is not the shape of the tail
  tail_count_ += 1;
  tail_excess_ += std::min(score - kTailFrom, kExcessMost);
}

std::optional<RateAlarm> RateModel::add(const std::string& name, Time time) {
  const std::int64_t now = time.seconds();
  advance((now + options_.zone_h * kHour) / kHour);
  const auto [at, is_new] = keys_.try_emplace(name);
  Key& key = at->second;
  if (is_new) {
    key.begun = key.committed = key.now_hour = hour_;
    key.exposure_before = exposure_;
    live_keys_ = std::max(live_keys_, std::size_t{1});
  }
  if (key.now_hour != hour_) {
    commit(key);
    key.now_hour = hour_;
  }
  ++key.now;
  ++sets_this_hour_;
  key.recent.push_back(now);
  while (key.recent.front() <= now - kDay || key.recent.size() > kRecentMax) {
    key.recent.pop_front();
  }

  double day_sum = 0;
  for (const double hour : day_) {
    day_sum += hour;
  }
  const std::array<double, 3> seasons = {season(hour_) / 6, season(hour_), day_sum};
  const bool is_warm = exposure(key) >= kWarm;
  Key nobody{.committed = hour_, .begun = hour_, .exposure_before = exposure_};
  std::optional<RateAlarm> worst;
  for (std::size_t i = 0; i < kWindows.size(); ++i) {
    const auto first = std::upper_bound(key.recent.begin(), key.recent.end(), now - kWindows[i]);
    const int count = static_cast<int>(key.recent.end() - first);
    const Expectation usual = expect(key, seasons[i]);
    double chance = chance_of(count, usual.mean, usual.variance);
    if (!is_warm) {
      const Expectation of_any = expect(nobody, seasons[i]);
      chance = std::max(chance, chance_of(count, of_any.mean, of_any.variance));
    }
    if (!worst || chance < worst->chance) {
      worst = RateAlarm{.key = name,
                        .time = time,
                        .window_s = kWindows[i],
                        .count = count,
                        .expected = usual.mean,
                        .chance = chance};
    }
  }
  const double score = -std::log10(std::max(worst->chance, std::numeric_limits<double>::min()));
  const double budget =
      options_.alarms_per_week / 7 / 24 / static_cast<double>(std::max<std::size_t>(live_keys_, 1));
  const double chance = std::max(worst->chance * kWindows.size(), true_rate(score));
  // One set is no burst, and of a place of which nothing is known nothing is unusual.
  const bool can_tell = worst->count > 1 && (is_warm || has_prior_);
  const bool was_told = key.alarmed >= 0 && now - key.alarmed < std::max(kHour, worst->window_s);
  if (chance >= budget || was_told || !can_tell) {
    // Scores of one key within a day are of one cause, and count once.
    if (score > kTailFrom && !was_told && now - key.scored >= kDay) {
      key.scored = now;
      learn_tail(score);
    }
    return std::nullopt;
  }
  key.alarmed = now;
  worst->chance = chance;
  worst->sentence = sentence_of(*worst, budget, options_.alarms_per_week);
  return worst;
}

std::optional<double> FirstSeen::add(const std::string& context, const std::string& value) {
  Context& place = contexts_[context];
  const double chance = (place.once + 1) / (place.all + 2);
  std::size_t& seen = place.seen[value];
  place.all += 1;
  place.once += seen == 0 ? 1 : seen == 1 ? -1 : 0;
  ++seen;
  return seen == 1 ? std::optional<double>(chance) : std::nullopt;
}

}  // namespace portolan::events
