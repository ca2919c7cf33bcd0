#include <algorithm>
#include <utility>

#include "reach/connect.h"

namespace portolan::reach {

namespace {

void add(std::vector<Because>& because, const Hop& hop) {
  Because entry{.reason = hop.reason,
                .component = hop.component,
                .detail = hop.detail.empty() ? std::string(info(hop.reason).sentence) : hop.detail};
  if (std::find(because.begin(), because.end(), entry) == because.end()) {
    because.push_back(std::move(entry));
  }
}

/// What blocks: the hops that let nothing pass; if each lets something pass, but nothing passes
/// all of them, the hops that took something away.
std::vector<Because> why_blocked(const std::vector<Hop>& hops, const ServiceSet& services) {
  std::vector<Because> because;
  for (const Hop& hop : hops) {
    if (hop.passage.only(services).blocked() && hop.reason != Reason::Passed) {
      add(because, hop);
    }
  }
  if (!because.empty()) {
    return because;
  }
  ServiceSet left = services;
  for (const Hop& hop : hops) {
    const ServiceSet passing = left.intersected(hop.passage.possible());
    if (passing != left && hop.reason != Reason::Passed) {
      add(because, hop);
    }
    left = passing;
  }
  return because;
}

/// The hops that put services of `undecided` into a plane other than yes.
std::vector<Because> why_not_certain(const std::vector<Hop>& hops, ServiceSet Passage::*plane,
                                     const ServiceSet& undecided) {
  std::vector<Because> because;
  for (const Hop& hop : hops) {
    if ((hop.passage.*plane).overlaps(undecided)) {
      add(because, hop);
    }
  }
  return because;
}

}  // namespace

Answer answer_of(Outcome outcome, const ServiceSet& services) {
  Answer answer;
  answer.passage = outcome.passage.only(services);
  answer.verdict = answer.passage.verdict();
  answer.hops = std::move(outcome.hops);
  answer.assumptions = std::move(outcome.assumptions);
  switch (answer.verdict) {
    case Verdict::Yes:
      break;
    case Verdict::No:
      answer.because = why_blocked(answer.hops, services);
      break;
    case Verdict::Unknown:
      answer.because = why_not_certain(answer.hops, &Passage::unknown, answer.passage.unknown);
      break;
    case Verdict::Depends:
      answer.because = why_not_certain(answer.hops, &Passage::depends, answer.passage.depends);
      break;
  }
  return answer;
}

}  // namespace portolan::reach
