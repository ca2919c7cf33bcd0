#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "iam/engine/variables.h"

namespace portolan::iam::engine {

/// What can be said of a guard over all requests that can be.
struct Judgement {
  bool some_yes = false;
  bool some_no = false;
  bool some_unknown = false;
  Context witness;           // of a yes; of an unknown where there is no yes
  bool is_given_up = false;  // too many cases: then all three are set

  friend bool operator==(const Judgement&, const Judgement&) = default;
};

/// Decides guards by trying the candidates of one variable after the other, on guards that become
/// simpler with each: no solver. Answers are kept.
class Judge {
 public:
  explicit Judge(Guards& guards) : guards_(guards) {}

  /// Cost: exponential in the variables of the guard at worst, bounded by `kMostCases`; usually
  /// the number of candidates.
  const Judgement& judge(Guard guard, Caller::Kind kind);

  static constexpr std::size_t kMostCases = 100'000;

 private:
  Guards& guards_;
  std::map<std::pair<Guard, bool>, Judgement> answers_;  // of a guard, for a role or not
};

}  // namespace portolan::iam::engine
