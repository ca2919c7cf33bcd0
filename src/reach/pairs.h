#pragma once

#include <vector>

#include "core/result.h"
#include "reach/question.h"
#include "reach/reach.h"

/// Private to the module: the pairs of places that a question is about.
namespace portolan::reach {

struct Pairs {
  std::vector<Place> from;
  std::vector<Place> to;
  /// The question names one place on each side: then it is about that pair, whatever it is.
  bool is_literal = false;
};

/// Errors as `resolve`.
Result<Pairs> pairs_of(const Network& network, const Question& question);

/// One interface (by whatever address), one balancer, or one host out there.
bool is_same_place(const Place& a, const Place& b);

/// Makes many pairs fewer (see `thin`). Error `question_too_wide` if there are still more than can
/// be traced one by one.
Result<void> limit(const Network& network, Pairs& pairs);

/// False for what a question about sets does not mean: a place and itself, and two hosts out there.
bool is_meant(const Pairs& pairs, const Place& from, const Place& to);

/// Visits the pairs in order until `visit(from, to)` returns false.
template <class Visit>
void for_each_pair(const Pairs& pairs, const Visit& visit) {
  for (const Place& from : pairs.from) {
    for (const Place& to : pairs.to) {
      if (is_meant(pairs, from, to) && !visit(from, to)) {
        return;
      }
    }
  }
}

/// The answer about no pair at all: nothing passes, or nothing is known if interfaces were not
/// collected.
Answer answer_without_pairs(const Network& network, const Question& question, const Pairs& pairs);

}  // namespace portolan::reach
