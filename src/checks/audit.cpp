#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <future>
#include <iterator>
#include <numeric>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checks/allowed.h"
#include "checks/check.h"
#include "checks/pale.h"
#include "checks/policy.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

constexpr std::size_t kThreads = 2;

/// What one check finds. Nearly all is in order, and nothing more is to be said of that.
struct Found {
  std::vector<Finding> notable;
  std::vector<Finding> plain;  // by `ranks_before`
};

bool is_plain(const Finding& finding) {
  return finding.outcome == Outcome::Pass && finding.risk == Risk::Info && !finding.is_latent &&
         finding.rules.empty();
}

Found run(const Check& check, const Context& context) {
  Found found{.notable = {}, .plain = check.run(context)};
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found.plain.size(); ++i) {
    if (!is_plain(found.plain[i])) {
      found.notable.push_back(std::move(found.plain[i]));
    } else if (kept++ != i) {
      found.plain[kept - 1] = std::move(found.plain[i]);
    }
  }
  found.plain.resize(kept);
  if (!std::is_sorted(found.plain.begin(), found.plain.end(), ranks_before)) {
    std::stable_sort(found.plain.begin(), found.plain.end(), ranks_before);
  }
  return found;
}

/// What each check finds, in their order. Each runs in one thread.
std::vector<Found> run_all(std::span<const Check* const> checks, const Context& context) {
  std::vector<Found> found(checks.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < checks.size(); i = next++) {
      found[i] = run(*checks[i], context);
    }
  };
  std::vector<std::future<void>> others;
  while (others.size() + 1 < std::min(kThreads, checks.size())) {
    others.push_back(std::async(std::launch::async, work));
  }
  work();
  for (std::future<void>& other : others) {
    other.get();
  }
  return found;
}

/// Which findings name a rule, so that the same rule is told once.
class RuleIndex {
 public:
  explicit RuleIndex(const std::vector<Finding>& findings) : findings_(findings) {
    for (std::size_t i = 0; i < findings.size(); ++i) {
      for (const FindingRule& rule : findings[i].rules) {
        by_rule_[Named{rule.holder, rule.id}].push_back(i);
      }
    }
  }

  /// A finding that is still told, and that says as much as finding `index` or more.
  [[nodiscard]] bool has_better(std::size_t index, const std::vector<bool>& is_dropped) const {
    const Finding& finding = findings_[index];
    if (finding.rules.empty()) {
      return false;  // nearly all: what is in order
    }
    const Check* check = find_check(finding.check);
    if (check == nullptr || check->yields_to.empty()) {
      return false;
    }
    const FindingRule& first = finding.rules.front();
    const auto& others = by_rule_.at(Named{first.holder, first.id});
    return std::any_of(others.begin(), others.end(), [&](std::size_t other) {
      return other != index && !is_dropped[other] && covers(findings_[other], finding, *check);
    });
  }

 private:
  using Named = std::pair<std::string_view, std::string_view>;
  struct Hash {
    std::size_t operator()(const Named& named) const {
      const std::hash<std::string_view> hash;
      return hash(named.first) * 31 + hash(named.second);
    }
  };

  static bool covers(const Finding& other, const Finding& finding, const Check& check) {
    const auto& ids = check.yields_to;
    return other.check != finding.check &&
           std::any_of(ids.begin(), ids.end(),
                       [&](std::string_view id) { return matches_glob(other.check, id); }) &&
           other.outcome == finding.outcome &&
           (other.risk >= finding.risk || finding.outcome == Outcome::Unknown) &&
           std::all_of(finding.rules.begin(), finding.rules.end(), [&](const FindingRule& rule) {
             return std::find(other.rules.begin(), other.rules.end(), rule) != other.rules.end();
           });
  }

  const std::vector<Finding>& findings_;
  std::unordered_map<Named, std::vector<std::size_t>, Hash> by_rule_;
};

bool rolls_up(const Finding& finding) {
  const Check* check = find_check(finding.check);
  return check != nullptr && check->is_roll_up;
}

void tell_each_cause_once(std::vector<Finding>& findings) {
  const RuleIndex index(findings);
  std::vector<bool> is_dropped(findings.size());
  // Roll-ups go first. From the last to the first: of equals that yield to one another the first
  // by id is kept.
  for (const bool is_roll_up : {true, false}) {
    for (std::size_t i = findings.size(); i-- > 0;) {
      if (!findings[i].rules.empty() && rolls_up(findings[i]) == is_roll_up) {
        is_dropped[i] = index.has_better(i, is_dropped);
      }
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!is_dropped[i]) {
      if (kept != i) {
        findings[kept] = std::move(findings[i]);
      }
      ++kept;
    }
  }
  findings.resize(kept);
}

std::vector<Finding> ranked(std::vector<Finding> findings) {
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return ranks_before(findings[a], findings[b]);
  });
  std::vector<Finding> result;
  result.reserve(order.size());
  for (const std::size_t position : order) {
    result.push_back(std::move(findings[position]));
  }
  return result;
}

/// By id, as ranking wants it.
std::vector<const Check*> sorted(std::span<const Check* const> checks) {
  std::vector<const Check*> list(checks.begin(), checks.end());
  std::sort(list.begin(), list.end(), [](const Check* a, const Check* b) { return a->id < b->id; });
  return list;
}

void append(std::vector<Finding>&& more, std::vector<Finding>& findings) {
  findings.insert(findings.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
  more = {};
}

void override_severity(const Policy& policy, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    const auto found = policy.severity.find(finding.check);
    if (finding.outcome != Outcome::Pass && found != policy.severity.end()) {
      finding.risk = found->second;
    }
  }
}

}  // namespace

std::vector<Finding> audit(const Context& context, std::span<const Check* const> selected) {
  return audit(context, Policy{}, selected);
}

std::vector<Finding> audit(const Context& context, const Policy& policy,
                           std::span<const Check* const> selected) {
  std::vector<Found> found = run_all(sorted(selected.empty() ? all_checks() : selected), context);
  std::vector<Finding> notable;
  std::size_t count = 0;
  for (Found& one : found) {
    count += one.notable.size() + one.plain.size();
    append(std::move(one.notable), notable);
  }
  allow(context.snapshot(), policy, notable);
  tell_each_cause_once(notable);
  pale(context, notable);
  override_severity(policy, notable);
  std::vector<Finding> findings;
  findings.reserve(count);
  append(ranked(std::move(notable)), findings);
  const auto end = static_cast<std::ptrdiff_t>(findings.size());
  for (Found& one : found) {
    append(std::move(one.plain), findings);
  }
  // What passes because the user allows it has its place among all that is in order.
  const auto first = std::find_if(findings.begin(), findings.begin() + end,
                                  [](const auto& each) { return each.outcome == Outcome::Pass; });
  std::inplace_merge(first, findings.begin() + end, findings.end(), ranks_before);
  return findings;
}

}  // namespace portolan::checks
