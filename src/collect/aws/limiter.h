#pragma once

/// Private to the module: how fast an API is asked. Pure: time comes in.
namespace portolan::collect::aws {

/// A bucket of tokens whose rate halves when AWS throttles and grows slowly while it does not, so
/// that what else uses the account's limits is left in peace. A token is taken when the request is
/// sent, not before: what waits is slowed down as well.
/// SOURCE: EC2 Developer Guide, "Request throttling": the buckets of describe calls refill with 10
/// to 20 tokens a second.
class Limiter {
 public:
  static constexpr double kRateMax = 10;  // a second
  static constexpr double kRateMin = 0.5;
  static constexpr double kBurst = 10;
  struct Pace {
    double rate_max = kRateMax;
    double rate_min = kRateMin;
    double burst = kBurst;  // so many more than one at once
  };

  Limiter() = default;
  explicit Limiter(const Pace& pace) : pace_(pace) {}

  /// When a token is there: `now_s` or later.
  [[nodiscard]] double ready_at(double now_s) const;
  /// Takes the token of a request that is sent now.
  void take(double now_s);
  /// What was left of a burst is forfeited.
  void throttled(double now_s);
  void succeeded(double now_s);
  [[nodiscard]] double rate() const { return rate_; }

 private:
  [[nodiscard]] double tokens(double now_s) const;
  void fill(double now_s);

  Pace pace_;
  double rate_ = pace_.rate_max;
  double tokens_ = pace_.burst + 1;
  double filled_at_ = 0;
  double halved_at_ = -1e9;  // many answers to one burst count once
};

/// How long to wait before attempt number `attempt` (from 1): up to doubling, spread by `chance` in
/// [0, 1).
double backoff_s(int attempt, double chance);

}  // namespace portolan::collect::aws
