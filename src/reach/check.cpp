#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "reach/network_index.h"
#include "reach/outside.h"
#include "reach/pairs.h"

namespace portolan::reach {

namespace {

using State = IntentAnswer::State;

std::string first_reason(const Answer& answer) {
  return answer.because.empty() ? std::string{} : ": " + answer.because.front().detail;
}

/// What is known so far. A pair that breaks the intent decides; one that cannot be decided weighs
/// more than any that hold.
class Judgement {
 public:
  void holds(Answer answer) {
    if (!is_set_) {
      set(State::Holds, std::move(answer), {});
    }
  }
  void unknown(Answer answer, std::string message) {
    if (!is_set_ || result_.state == State::Holds) {
      set(State::Unknown, std::move(answer), std::move(message));
    }
  }
  void broken(Answer answer, std::string message) {
    if (!is_set_ || result_.state != State::Broken) {
      set(State::Broken, std::move(answer), std::move(message));
    }
  }
  [[nodiscard]] bool is_broken() const { return is_set_ && result_.state == State::Broken; }
  [[nodiscard]] bool is_empty() const { return !is_set_; }
  IntentAnswer take(std::string message_if_holds) {
    if (result_.state == State::Holds) {
      result_.message = std::move(message_if_holds);
    }
    return std::move(result_);
  }

 private:
  void set(State state, Answer answer, std::string message) {
    result_ = {.state = state, .witness = std::move(answer), .message = std::move(message)};
    is_set_ = true;
  }

  IntentAnswer result_;
  bool is_set_ = false;
};

/// All of the service has to pass.
void judge_allowed(Answer answer, const ServiceSet& services, Judgement& judgement) {
  if (answer.passage.yes.contains(services)) {
    judgement.holds(std::move(answer));
    return;
  }
  // What passes for some clients only is not all of it; what is not known may be.
  const ServiceSet perhaps = answer.passage.yes.united(answer.passage.unknown);
  if (perhaps.contains(services)) {
    std::string message = fmt::format("whether {} passes from {} to {} cannot be told{}",
                                      services.without(answer.passage.yes).text(), answer.from,
                                      answer.to, first_reason(answer));
    judgement.unknown(std::move(answer), std::move(message));
    return;
  }
  const ServiceSet missing = services.without(perhaps);
  const bool is_for_some = answer.passage.depends.contains(missing);
  std::string message = fmt::format("{} {} from {} to {}{}", missing.text(),
                                    is_for_some ? "passes for some clients only" : "does not pass",
                                    answer.from, answer.to, first_reason(answer));
  judgement.broken(std::move(answer), std::move(message));
}

/// Nothing of the service may pass.
void judge_denied(Answer answer, Judgement& judgement) {
  switch (answer.verdict) {
    case Verdict::No:
      judgement.holds(std::move(answer));
      return;
    case Verdict::Unknown: {
      std::string message =
          fmt::format("whether {} passes from {} to {} cannot be told{}",
                      answer.passage.unknown.text(), answer.from, answer.to, first_reason(answer));
      judgement.unknown(std::move(answer), std::move(message));
      return;
    }
    case Verdict::Depends:
    case Verdict::Yes: {
      const ServiceSet passing = answer.passage.yes.united(answer.passage.depends);
      std::string message =
          fmt::format("{} passes from {} to {}", passing.text(), answer.from, answer.to);
      judgement.broken(std::move(answer), std::move(message));
      return;
    }
  }
}

/// The internet promises nothing in a family that the other side does not speak: an IPv6 host is
/// no reason why IPv4 should not be allowed.
bool is_other_family(const Network& network, const Selector& selector, const Place& host,
                     const Place& peer) {
  const bool is_generic =
      selector.kind == SelectorKind::Internet || selector.kind == SelectorKind::Any;
  return is_generic && host.kind == Place::Kind::Outside && host.address &&
         !speaks(network, peer, host.address->family());
}

void judge_allow(const Network& network, const Question& question, const Pairs& pairs,
                 Judgement& judgement) {
  for_each_pair(pairs, [&](const Place& from, const Place& to) {
    if (!is_other_family(network, question.from, from, to) &&
        !is_other_family(network, question.to, to, from)) {
      judge_allowed(trace(network, from, to, question.services), question.services, judgement);
    }
    return !judgement.is_broken();
  });
  if (!judgement.is_empty()) {
    return;
  }
  Answer nothing = answer_without_pairs(network, question, pairs);
  std::string message = fmt::format("nothing can pass: {}", nothing.because.front().detail);
  if (nothing.verdict == Verdict::Unknown) {
    judgement.unknown(std::move(nothing), std::move(message));
  } else {
    judgement.broken(std::move(nothing), std::move(message));
  }
}

void judge_deny(const Network& network, const Question& question, const Pairs& pairs,
                Judgement& judgement) {
  for_each_pair(pairs, [&](const Place& from, const Place& to) {
    judge_denied(trace(network, from, to, question.services), judgement);
    return !judgement.is_broken();
  });
  if (!judgement.is_empty()) {
    return;
  }
  Answer nothing = answer_without_pairs(network, question, pairs);
  if (nothing.verdict == Verdict::Unknown) {
    std::string message = fmt::format("cannot be told: {}", nothing.because.front().detail);
    judgement.unknown(std::move(nothing), std::move(message));
  } else {
    judgement.holds(std::move(nothing));
  }
}

/// The hosts out there that `selector` stands for.
IpSet hosts_of(const Network& network, const Selector& selector, const std::vector<Place>& places) {
  switch (selector.kind) {
    case SelectorKind::Any:
    case SelectorKind::Internet:
      return IpSet::public_space(IpFamily::V4).united(IpSet::public_space(IpFamily::V6));
    case SelectorKind::Cidr:
      return outside_part(network, selector.prefix.value_or(IpPrefix{}));
    case SelectorKind::Name:
    case SelectorKind::Address:
    case SelectorKind::Group:
    case SelectorKind::Subnet:
    case SelectorKind::VpcOf:
    case SelectorKind::Balancer:
    case SelectorKind::TagOf:
    case SelectorKind::AccountOf:
      break;
  }
  IpSet hosts;
  for (const Place& place : places) {
    if (place.kind == Place::Kind::Outside && place.address) {
      hosts.add(IpPrefix::host(*place.address));
    }
  }
  return hosts;
}

/// True if `place` is one of `places`, or a node of a balancer among them.
bool belongs_to(const Network& network, const Place& place, const std::vector<Place>& places) {
  const LoadBalancer* balancer = place.kind == Place::Kind::Interface
                                     ? network.index().balancer_of(NetworkInterfaceId{place.id})
                                     : nullptr;
  return std::any_of(places.begin(), places.end(), [&](const Place& each) {
    return is_same_place(each, place) || (balancer != nullptr && each.id == balancer->id.value);
  });
}

/// Everything that is not FROM: all other interfaces, the internet, and what a VPN may lead to.
Result<std::vector<Place>> all_others(const Network& network, const Question& question,
                                      const Pairs& pairs) {
  std::vector<Place> everyone = TRY(resolve(network, Selector{}, pairs.to));
  std::vector<Place> others;
  for (Place& place : everyone) {
    if (place.kind != Place::Kind::Outside && !belongs_to(network, place, pairs.from)) {
      others.push_back(std::move(place));
    }
  }
  const IpSet space = internet_space(network, pairs.to)
                          .united(on_premises_space(network))
                          .without(hosts_of(network, question.from, pairs.from));
  for (Place& host : outside_atoms(network, space, pairs.to)) {
    others.push_back(std::move(host));
  }
  return others;
}

Result<void> judge_others(const Network& network, const Question& question, const Pairs& pairs,
                          Judgement& judgement) {
  Pairs others{.from = {}, .to = pairs.to, .is_literal = false};
  others.from = TRY(all_others(network, question, pairs));
  if (auto limited = limit(network, others); !limited) {
    return limited;
  }
  for_each_pair(others, [&](const Place& from, const Place& to) {
    judge_denied(trace(network, from, to, question.services), judgement);
    return !judgement.is_broken();
  });
  return {};
}

std::string promise(const Intent& intent) {
  const ServiceSet& asked = intent.question.services;
  const std::string services = asked.is_all() ? "everything" : asked.text();
  const std::string from = intent.question.from.text();
  const std::string to = intent.question.to.text();
  switch (intent.kind) {
    case IntentKind::Allow:
      return fmt::format("{} passes from {} to {}", services, from, to);
    case IntentKind::Deny:
      return asked.is_all() ? fmt::format("nothing passes from {} to {}", from, to)
                            : fmt::format("nothing of {} passes from {} to {}", services, from, to);
    case IntentKind::Only:
      return fmt::format("{} passes from {} to {}, and from nowhere else", services, from, to);
  }
  return {};
}

}  // namespace

Result<IntentAnswer> check(const Network& network, const Intent& intent) {
  const Pairs pairs = TRY(pairs_of(network, intent.question));
  Judgement judgement;
  if (intent.kind == IntentKind::Deny) {
    judge_deny(network, intent.question, pairs, judgement);
  } else {
    judge_allow(network, intent.question, pairs, judgement);
  }
  if (intent.kind == IntentKind::Only && !judgement.is_broken()) {
    if (auto judged = judge_others(network, intent.question, pairs, judgement); !judged) {
      return tl::unexpected<Error>(std::move(judged).error());
    }
  }
  return judgement.take(promise(intent));
}

}  // namespace portolan::reach
