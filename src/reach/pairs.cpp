#include "reach/pairs.h"

#include <utility>

#include <fmt/format.h>

#include "reach/thin.h"

namespace portolan::reach {

namespace {

/// More would take minutes; the matrix of all connections is another question.
constexpr std::size_t kMostPairs = 4'000'000;

/// Fewer are traced as they are.
constexpr std::size_t kFewPairs = 1'000;

bool has_more_than(std::size_t limit, const Pairs& pairs) {
  return !pairs.to.empty() && pairs.from.size() > limit / pairs.to.size();
}

bool names_one(const Selector& selector) {
  return selector.kind == SelectorKind::Address || selector.kind == SelectorKind::Name;
}

/// True if what the selector stands for outside depends on the other side's filters.
bool is_cut_to_fit(const Selector& selector) {
  return selector.kind == SelectorKind::Internet || selector.kind == SelectorKind::Any ||
         selector.kind == SelectorKind::Cidr ||
         (selector.kind == SelectorKind::Name && selector.value.starts_with("igw-"));
}

std::string why_no_pairs(const Question& question, const Pairs& pairs) {
  if (pairs.from.empty()) {
    return fmt::format("`{}` stands for no interface", question.from.text());
  }
  if (pairs.to.empty()) {
    return fmt::format("`{}` stands for no interface", question.to.text());
  }
  return fmt::format("`{}` and `{}` stand for no two places of which one is in the snapshot",
                     question.from.text(), question.to.text());
}

}  // namespace

bool is_same_place(const Place& a, const Place& b) {
  return a.kind == b.kind && a.id == b.id &&
         (a.kind != Place::Kind::Outside || a.address == b.address);
}

bool is_meant(const Pairs& pairs, const Place& from, const Place& to) {
  const bool are_outside = from.kind == Place::Kind::Outside && to.kind == Place::Kind::Outside;
  return pairs.is_literal || (!are_outside && !is_same_place(from, to));
}

Result<void> limit(const Network& network, Pairs& pairs) {
  if (!has_more_than(kFewPairs, pairs)) {
    return {};
  }
  thin(network, pairs);
  if (!has_more_than(kMostPairs, pairs)) {
    return {};
  }
  return fail("question_too_wide",
              fmt::format("{} x {} pairs are too many to trace one by one, narrow one side",
                          pairs.from.size(), pairs.to.size()));
}

Result<Pairs> pairs_of(const Network& network, const Question& question) {
  Pairs pairs;
  pairs.to = TRY(resolve(network, question.to, {}));
  pairs.from = TRY(resolve(network, question.from, pairs.to));
  if (is_cut_to_fit(question.to)) {
    pairs.to = TRY(resolve(network, question.to, pairs.from));
  }
  pairs.is_literal = names_one(question.from) && names_one(question.to) && pairs.from.size() == 1 &&
                     pairs.to.size() == 1;
  if (auto limited = limit(network, pairs); !limited) {
    return tl::unexpected<Error>(std::move(limited).error());
  }
  return pairs;
}

Answer answer_without_pairs(const Network& network, const Question& question, const Pairs& pairs) {
  Answer answer;
  answer.from = question.from.text();
  answer.to = question.to.text();
  Because because{
      .reason = Reason::NoSuchAddress, .component = {}, .detail = why_no_pairs(question, pairs)};
  if (!network.snapshot().coverage().has_any(Noun::NetworkInterfaces)) {
    because.reason = Reason::NotCollected;
    because.detail += " that was collected: ec2 describe-network-interfaces";
    answer.passage = Passage::maybe(question.services);
    answer.verdict = Verdict::Unknown;
  }
  answer.because = {std::move(because)};
  return answer;
}

}  // namespace portolan::reach
