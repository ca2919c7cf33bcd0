#include <algorithm>
#include <map>
#include <utility>

#include "reach/connect.h"
#include "reach/connections.h"
#include "reach/pair_lookup.h"
#include "reach/pairs.h"

namespace portolan::reach {

namespace {

/// The reasons of many pairs. Of one reason at one thing the first detail stays.
class Tally {
 public:
  void clear() {
    places_.clear();
    entries_.clear();
  }

  void add(const std::vector<Because>& because) {
    for (const Because& each : because) {
      const auto [place, is_new] =
          places_.emplace(std::pair(each.reason, each.component), entries_.size());
      if (is_new) {
        entries_.push_back({.because = each, .count = 0});
      }
      ++entries_[place->second].count;
    }
  }

  /// The most frequent first, then in the order they were met; at most a handful.
  [[nodiscard]] std::vector<Because> result() const {
    constexpr std::size_t kMostReasons = 10;
    std::vector<Entry> sorted = entries_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Entry& a, const Entry& b) { return a.count > b.count; });
    std::vector<Because> because;
    for (const Entry& entry : sorted) {
      if (because.size() < kMostReasons) {
        because.push_back(entry.because);
      }
    }
    return because;
  }

 private:
  struct Entry {
    Because because;
    std::size_t count = 0;
  };
  std::map<std::pair<Reason, std::string>, std::size_t> places_;
  std::vector<Entry> entries_;
};

/// What many pairs add up to.
class Sum {
 public:
  explicit Sum(const ServiceSet& services) : services_(services) {}

  /// False if further pairs could add nothing: all that was asked about passes for sure.
  bool add(Answer answer) {
    passage_ = passage_.or_else(answer.passage);
    if (!best_ || answer.verdict > best_->verdict) {
      tally_.clear();
    }
    if (!best_ || answer.verdict >= best_->verdict) {
      tally_.add(answer.because);
    }
    if (!best_ || is_better(answer.passage, best_->passage)) {
      best_ = std::move(answer);
    }
    return !passage_.yes.contains(services_);
  }

  [[nodiscard]] bool empty() const { return !best_; }
  Answer take() {
    best_->passage = std::move(passage_);
    best_->because = tally_.result();
    return *std::move(best_);
  }

 private:
  const ServiceSet& services_;
  std::optional<Answer> best_;
  Passage passage_;  // of all pairs
  Tally tally_;      // of the pairs with the best verdict
};

/// More pairs than these are looked up in all connections, and only some are traced.
constexpr std::size_t kTracedMost = 20'000;
constexpr std::size_t kExplainedMost = 1'000;
constexpr int kThreads = 2;

/// Many pairs: the best verdict by looking up, the hops and the reasons by tracing some pairs that
/// have it.
class WideQuestion {
 public:
  WideQuestion(const Network& network, const Question& question, const Pairs& pairs)
      : network_(network),
        question_(question),
        pairs_(pairs),
        connections_(network, kThreads),
        lookup_(connections_) {}

  std::optional<Answer> answer() {
    for (const Place& to : pairs_.to) {  // one column for all of its sources
      for (const Place& from : pairs_.from) {
        if (!is_meant(pairs_, from, to)) {
          continue;
        }
        look_at(from, to);
        if (passage_.yes.contains(question_.services)) {
          break;
        }
      }
    }
    Sum sum(question_.services);
    for (const auto& [from, to] : best_) {
      sum.add(trace(network_, *from, *to, question_.services));
    }
    if (sum.empty()) {
      return std::nullopt;
    }
    Answer answer = sum.take();
    answer.passage = passage_;
    return answer;
  }

 private:
  void look_at(const Place& from, const Place& to) {
    const auto found = lookup_.passage(from, to);
    const Passage passage = found ? found->only(question_.services)
                                  : trace(network_, from, to, question_.services).passage;
    passage_ = passage_.or_else(passage);
    const Verdict verdict = passage.verdict();
    if (best_.empty() || verdict > best_verdict_) {
      best_.clear();
      best_verdict_ = verdict;
    }
    if (verdict != best_verdict_) {
      return;
    }
    if (best_.empty() || is_better(passage, best_passage_)) {
      best_.insert(best_.begin(), {&from, &to});
      best_passage_ = passage;
    } else if (best_.size() < kExplainedMost) {
      best_.emplace_back(&from, &to);
    }
  }

  const Network& network_;
  const Question& question_;
  const Pairs& pairs_;
  Connections connections_;
  PairLookup lookup_;
  Passage passage_;
  Verdict best_verdict_ = Verdict::No;
  Passage best_passage_;
  std::vector<std::pair<const Place*, const Place*>> best_;  // of that verdict, the best one first
};

}  // namespace

Result<Answer> ask(const Network& network, const Question& question) {
  const Pairs pairs = TRY(pairs_of(network, question));
  if (pairs.from.size() > kTracedMost / std::max<std::size_t>(pairs.to.size(), 1)) {
    auto answer = WideQuestion(network, question, pairs).answer();
    return answer ? *std::move(answer) : answer_without_pairs(network, question, pairs);
  }
  Sum sum(question.services);
  for_each_pair(pairs, [&](const Place& from, const Place& to) {
    return sum.add(trace(network, from, to, question.services));
  });
  return sum.empty() ? answer_without_pairs(network, question, pairs) : sum.take();
}

}  // namespace portolan::reach
