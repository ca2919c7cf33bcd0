#include "server/keys.h"

#include <algorithm>
#include <array>
#include <sys/random.h>

namespace portolan::server {
namespace {

constexpr std::string_view kBearer = "Bearer ";

}  // namespace

Result<std::string> secret(std::size_t bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<unsigned char, 64> random = {};
  if (bytes > random.size() || getrandom(random.data(), bytes, 0) != static_cast<ssize_t>(bytes)) {
    return fail("no_randomness", "the operating system gives no random numbers");
  }
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) {
    text += digits[random.at(i) >> 4U];
    text += digits[random.at(i) & 15U];
  }
  return text;
}

bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) {
    return false;  // how long they are is no secret
  }
  volatile unsigned char difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
}

void Allowance::refill(Clock::time_point now) {
  if (left_ == most_) {
    filled_ = now;
    return;
  }
  const Clock::rep steps = (now - filled_) / every_;
  left_ += static_cast<int>(std::min<Clock::rep>(steps, most_ - left_));
  filled_ += every_ * steps;
}

bool Allowance::is_spent(Clock::time_point now) {
  refill(now);
  return left_ == 0;
}

void Allowance::spend(Clock::time_point now) {
  refill(now);
  left_ = std::max(left_ - 1, 0);
}

void Keys::set_code(std::string code) {
  const std::scoped_lock lock(mutex_);
  code_ = std::move(code);
}

Keys::Trial Keys::redeem(std::string_view code, Allowance::Clock::time_point now) {
  const std::scoped_lock lock(mutex_);
  if (codes_.is_spent(now)) {
    return Trial::TooMany;
  }
  if (code_.empty() || !same_secret(code_, code)) {
    codes_.spend(now);
    return Trial::Wrong;
  }
  code_.clear();
  return Trial::Right;
}

Keys::Trial Keys::check(std::string_view authorization, Allowance::Clock::time_point now) {
  if (authorization.starts_with(kBearer) &&
      same_secret(authorization.substr(kBearer.size()), token_)) {
    return Trial::Right;
  }
  const std::scoped_lock lock(mutex_);
  if (tokens_.is_spent(now)) {
    return Trial::TooMany;
  }
  tokens_.spend(now);
  return Trial::Wrong;
}

}  // namespace portolan::server
