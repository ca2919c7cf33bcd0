#include <algorithm>
#include <map>
#include <utility>

#include "reach/connect.h"
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

}  // namespace

Result<Answer> ask(const Network& network, const Question& question) {
  const Pairs pairs = TRY(pairs_of(network, question));
  std::optional<Answer> best;
  Passage passage;  // of all pairs
  Tally tally;      // of the pairs with the best verdict
  for_each_pair(pairs, [&](const Place& from, const Place& to) {
    Answer answer = trace(network, from, to, question.services);
    passage = passage.or_else(answer.passage);
    if (!best || answer.verdict > best->verdict) {
      tally.clear();
    }
    if (!best || answer.verdict >= best->verdict) {
      tally.add(answer.because);
    }
    if (!best || is_better(answer.passage, best->passage)) {
      best = std::move(answer);
    }
    // Further pairs could add nothing: all that was asked about passes for sure.
    return !passage.yes.contains(question.services);
  });
  if (!best) {
    return answer_without_pairs(network, question, pairs);
  }
  best->passage = std::move(passage);
  best->because = tally.result();
  return *std::move(best);
}

}  // namespace portolan::reach
