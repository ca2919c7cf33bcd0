#include "collect/aws/limiter.h"

#include <algorithm>
#include <cmath>

namespace portolan::collect::aws {

double Limiter::next(double now_s) {
  const double burst_s = pace_.burst / pace_.rate_max;
  const double at = std::max(now_s, free_at_ - burst_s);
  free_at_ = std::max(now_s, free_at_) + 1 / rate_;
  return at;
}

void Limiter::throttled(double now_s) {
  static constexpr double kOncePerSecond = 1;
  if (now_s - halved_at_ >= kOncePerSecond) {
    halved_at_ = now_s;
    rate_ = std::max(pace_.rate_min, rate_ / 2);
  }
}

void Limiter::succeeded() {
  static constexpr double kStep = 0.01;
  rate_ = std::min(pace_.rate_max, rate_ + kStep * pace_.rate_max);
}

double backoff_s(int attempt, double chance) {
  static constexpr double kFirst = 0.1;
  static constexpr double kMost = 15;
  const double most = std::min(kMost, kFirst * std::exp2(attempt));
  return most / 2 + most / 2 * chance;
}

}  // namespace portolan::collect::aws
