#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "iam/test_random.h"
#include "iam/who.h"

/// The fast engine held against the oracle, request by request: for the test and for the bench.
namespace portolan::iam::test {

struct Tally {
  std::size_t requests = 0;
  std::size_t witnesses = 0;
  std::size_t verdicts[4] = {};
  std::string difference;  // the first; empty if there is none
};

/// The requests of one principal for one action on one resource, of which only the open keys
/// differ: what `request_of` makes, the part that all share made once.
class Requests {
 public:
  Requests(const Directory& directory, const Principal& principal, const std::string& action,
           const Resource& resource, const std::vector<Context>& contexts)
      : plain_(request_of(directory, principal, action, resource, {})) {
    Context marked;
    for (const Context& open : contexts) {
      for (const auto& [key, entry] : open.entries()) {
        marked.set(key, std::string(kMark));
      }
    }
    const Request all = request_of(directory, principal, action, resource, marked);
    for (const auto& [key, entry] : all.context.entries()) {
      if (entry.values == std::vector<std::string>{std::string(kMark)}) {
        counting_.insert(key);
      }
    }
  }

  [[nodiscard]] Request with(const Context& open) const {
    Request request = plain_;
    for (const auto& [key, entry] : open.entries()) {
      if (counting_.contains(key)) {
        request.context.set(key, entry);
      }
    }
    return request;
  }

 private:
  static constexpr std::string_view kMark = "is this kept?";
  Request plain_;
  std::set<std::string, std::less<>> counting_;  // keys that the action supports and nobody fixes
};

inline Truth truth_of(Outcome outcome) {
  return outcome == Outcome::Allowed   ? Truth::Yes
         : outcome == Outcome::Unknown ? Truth::Unknown
                                       : Truth::No;
}

/// True if the engine leaves open what one request would decide: it says so.
inline bool leaves_open(const Answer& answer) {
  return std::ranges::any_of(answer.reasons, [](const std::string& reason) {
    return reason.find("which is open") != std::string::npos;
  });
}

/// All triples of one random directory, each with some random requests. Stops at a difference.
class Comparison {
 public:
  Comparison(std::uint64_t seed, Tally& tally)
      : seed_(seed),
        tally_(tally),
        dice_(seed),
        directory_(random_directory(dice_)),
        who_(directory_, random_resources(dice_, 10), random_actions()) {}

  void run() {
    for (std::size_t p = 0; p < directory_.principals.size(); ++p) {
      const Principal& principal = directory_.principals[p];
      const Authority authority = authority_of(directory_, principal);
      std::vector<Context> contexts;
      for (int i = 0; i < 20; ++i) {
        contexts.push_back(random_context(dice_, principal.caller.kind));
      }
      for (std::size_t a = 0; a < who_.actions().size(); ++a) {
        for (std::size_t r = 0; r < who_.resources().size(); ++r) {
          compare(p, a, r, authority, contexts);
          if (!tally_.difference.empty()) {
            return;
          }
        }
      }
    }
  }

 private:
  void compare(std::size_t p, std::size_t a, std::size_t r, const Authority& authority,
               const std::vector<Context>& contexts) {
    const Verdict verdict = who_.verdict(p, a, r);
    const Answer answer = who_.explain(p, a, r);
    if (!takes(*find_action(who_.actions()[a]), who_.resources()[r])) {
      return;  // no such call
    }
    ++tally_.verdicts[static_cast<std::size_t>(verdict)];
    const std::string place = fmt::format("seed {}, {} {} {}", seed_, p, a, r);
    const bool is_positive = verdict >= Verdict::Possible;
    if (is_positive && (!answer.decision || answer.decision->outcome != Outcome::Allowed)) {
      tally_.difference =
          fmt::format("{}: the witness is not allowed, {}", place, answer.condition);
      return;
    }
    tally_.witnesses += is_positive ? 1U : 0U;
    const Requests requests(directory_, directory_.principals[p], who_.actions()[a],
                            who_.resources()[r], contexts);
    for (const Context& open : contexts) {
      const Truth oracle = truth_of(decide(requests.with(open), authority).outcome);
      const Truth ours = who_.under(p, a, r, open);
      ++tally_.requests;
      const bool is_left_open = ours == Truth::Unknown && leaves_open(answer);
      if ((ours != oracle && !is_left_open) ||
          (verdict == Verdict::Always && oracle != Truth::Yes) ||
          (verdict == Verdict::Never && oracle != Truth::No)) {
        tally_.difference =
            fmt::format("{}: oracle {}, ours {}, verdict {}", place, static_cast<int>(oracle),
                        static_cast<int>(ours), text(verdict));
        return;
      }
    }
  }

  std::uint64_t seed_;
  Tally& tally_;
  Dice dice_;
  Directory directory_;
  Who who_;
};

}  // namespace portolan::iam::test
