#pragma once

/// Private to the module: how fast an API is asked. Pure: time comes in.
namespace portolan::collect::aws {

/// A bucket of tokens whose rate halves when AWS throttles and grows slowly while it does not, so
/// that what else uses the account's limits is left in peace.
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
    double burst = kBurst;
  };

  Limiter() = default;
  explicit Limiter(const Pace& pace) : pace_(pace) {}

  /// Takes a token: when the next request may be sent, `now_s` or later.
  double next(double now_s);
  void throttled(double now_s);
  void succeeded();
  [[nodiscard]] double rate() const { return rate_; }

 private:
  Pace pace_;
  double rate_ = pace_.rate_max;
  double free_at_ = 0;       // when the bucket would be full again
  double halved_at_ = -1e9;  // many answers to one burst count once
};

/// How long to wait before attempt number `attempt` (from 1): up to doubling, spread by `chance` in
/// [0, 1).
double backoff_s(int attempt, double chance);

}  // namespace portolan::collect::aws
