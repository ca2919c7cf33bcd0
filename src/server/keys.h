#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

/// Private to the module: what a client has to know.
namespace portolan::server {

/// As many random bytes of the operating system, in hexadecimal. Error `no_randomness`.
Result<std::string> secret(std::size_t bytes);

/// Whether they are the same; takes as long wherever they differ.
bool same_secret(std::string_view a, std::string_view b);

/// Lets so many through at once, and then one in every while.
class Allowance {
 public:
  using Clock = std::chrono::steady_clock;
  Allowance(int most, Clock::duration every) : most_(most), every_(every), left_(most) {}

  [[nodiscard]] bool is_spent(Clock::time_point now);
  void spend(Clock::time_point now);

 private:
  void refill(Clock::time_point now);

  int most_;
  Clock::duration every_;
  int left_;
  Clock::time_point filled_ = Clock::time_point::min();
};

/// The bearer token of one run, and the codes that give it away once. May be asked by any thread.
class Keys {
 public:
  explicit Keys(std::string token) : token_(std::move(token)) {}

  [[nodiscard]] const std::string& token() const { return token_; }
  /// Takes the place of the code before it, used or not.
  void set_code(std::string code);

  enum class Trial { Right, Wrong, TooMany };
  /// A code is right once. Ten wrong ones, and it is `TooMany` for a while, right or wrong.
  Trial redeem(std::string_view code, Allowance::Clock::time_point now);
  /// `Bearer TOKEN`. The right one is right however many wrong ones came before.
  Trial check(std::string_view authorization, Allowance::Clock::time_point now);

 private:
  std::string token_;
  std::mutex mutex_;  // of all below
  std::string code_;  // empty: none
  Allowance codes_{10, std::chrono::seconds(6)};
  Allowance tokens_{30, std::chrono::seconds(2)};
};

}  // namespace portolan::server
