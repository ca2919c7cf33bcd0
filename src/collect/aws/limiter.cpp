#include "collect/aws/limiter.h"

#include <algorithm>
#include <cmath>

namespace portolan::collect::aws {

double Limiter::tokens(double now_s) const {
  const double passed_s = std::max(0.0, now_s - filled_at_);
  return std::min(pace_.burst + 1, tokens_ + passed_s * rate_);
}

void Limiter::fill(double now_s) {
  tokens_ = tokens(now_s);
  filled_at_ = std::max(filled_at_, now_s);
}

double Limiter::ready_at(double now_s) const {
  // What is short of one by a rounding is one.
  static constexpr double kWhole = 1 - 1e-9;
  const double there = tokens(now_s);
  return there >= kWhole ? now_s : std::max(now_s, filled_at_) + (1 - there) / rate_;
}

void Limiter::take(double now_s) {
  fill(now_s);
  tokens_ -= 1;
}

void Limiter::throttled(double now_s) {
  static constexpr double kOncePerSecond = 1;
  if (now_s - halved_at_ >= kOncePerSecond) {
    fill(now_s);
    halved_at_ = now_s;
    tokens_ = std::min(tokens_, 0.0);
    rate_ = std::max(pace_.rate_min, rate_ / 2);
  }
}

void Limiter::succeeded(double now_s) {
  static constexpr double kStep = 0.01;
  fill(now_s);
  rate_ = std::min(pace_.rate_max, rate_ + kStep * pace_.rate_max);
}

double backoff_s(int attempt, double chance) {
  static constexpr double kFirst = 0.1;
  static constexpr double kMost = 15;
  const double most = std::min(kMost, kFirst * std::exp2(attempt));
  return most / 2 + most / 2 * chance;
}

}  // namespace portolan::collect::aws
