#include "checks/check.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "checks/allowed.h"
#include "checks/check_table.h"
#include "checks/egress_needs.h"
#include "checks/estate.h"
#include "checks/exposure.h"
#include "checks/group_uses.h"
#include "checks/guards.h"
#include "checks/openings.h"
#include "checks/pale.h"
#include "checks/policy.h"
#include "core/text.h"

namespace portolan::checks {

/// Made when first asked for: a run of one check pays for what it needs.
struct Context::Answers {
  std::optional<Estate> estate;
  std::optional<Openings> openings;
  std::optional<Exposure> exposure;
  std::optional<GroupUses> group_uses;
  std::optional<EgressNeeds> egress_needs;
  std::optional<Guards> guards;
  std::optional<reach::Connections> connections;
  std::optional<reach::PairLookup> pairs;
};

namespace {

constexpr int kThreads = 2;  // to work out all connections

}  // namespace

ServiceSet default_public_services() {
  return ServiceSet::parse("tcp/80,443 icmp/8 icmp/3/4 icmpv6/1-4,128").value_or(ServiceSet());
}

ServiceSet default_high_risk_services() {
  return ServiceSet::parse(
             "tcp/20-23,25,110,135,143,445,1433,1434,3000,3306,3389,4333,5000,5432,5500,5601,8080,"
             "8088,8888,9200,9300")
      .value_or(ServiceSet());
}

Context::Context(const reach::Network& network, const Config& config)
    : network_(&network), config_(&config), answers_(std::make_unique<Answers>()) {}
Context::Context(const reach::Connections& connections, const Config& config)
    : network_(&connections.network()),
      config_(&config),
      connections_(&connections),
      answers_(std::make_unique<Answers>()) {}
Context::Context(Context&&) noexcept = default;
Context::~Context() = default;

const Estate& Context::estate() const {
  if (!answers_->estate) {
    answers_->estate.emplace(snapshot(), *config_);
  }
  return *answers_->estate;
}

const Openings& Context::openings() const {
  if (!answers_->openings) {
    answers_->openings.emplace(snapshot());
  }
  return *answers_->openings;
}

const Exposure& Context::exposure() const {
  if (!answers_->exposure) {
    answers_->exposure.emplace(*network_, estate(), pairs());
  }
  return *answers_->exposure;
}

const reach::Connections& Context::connections() const {
  if (connections_ != nullptr) {
    return *connections_;
  }
  if (!answers_->connections) {
    answers_->connections.emplace(*network_, kThreads);
  }
  return *answers_->connections;
}

reach::PairLookup& Context::pairs() const {
  if (!answers_->pairs) {
    answers_->pairs.emplace(connections());
  }
  return *answers_->pairs;
}

const GroupUses& Context::group_uses() const {
  if (!answers_->group_uses) {
    answers_->group_uses.emplace(estate());
  }
  return *answers_->group_uses;
}

const EgressNeeds& Context::egress_needs() const {
  if (!answers_->egress_needs) {
    answers_->egress_needs.emplace(*this);
  }
  return *answers_->egress_needs;
}

const Guards& Context::guards() const {
  if (!answers_->guards) {
    answers_->guards.emplace(*network_, estate(), exposure());
  }
  return *answers_->guards;
}

namespace {

/// Which findings name a rule, so that the same rule is told once.
class RuleIndex {
 public:
  explicit RuleIndex(const std::vector<Finding>& findings) : findings_(findings) {
    for (std::size_t i = 0; i < findings.size(); ++i) {
      for (const FindingRule& rule : findings[i].rules) {
        by_rule_[{rule.holder, rule.id}].push_back(i);
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
    const auto& others = by_rule_.at({first.holder, first.id});
    return std::any_of(others.begin(), others.end(), [&](std::size_t other) {
      return other != index && !is_dropped[other] && covers(findings_[other], finding, *check);
    });
  }

 private:
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
  std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> by_rule_;
};

bool rolls_up(const Finding& finding) {
  const Check* check = find_check(finding.check);
  return check != nullptr && check->is_roll_up;
}

/// By position: the findings that are told, each cause once.
std::vector<std::size_t> one_for_each_cause(const std::vector<Finding>& findings) {
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
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!is_dropped[i]) {
      kept.push_back(i);
    }
  }
  return kept;
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

std::span<const Check* const> all_checks() {
  static const std::vector<const Check*> kChecks = [] {
    std::vector<const Check*> checks;
    for (const CheckRow& row : kCheckTable) {
      checks.push_back(row.check);
    }
    return checks;
  }();
  return kChecks;
}

const Check* find_check(std::string_view id) {
  const auto found = std::lower_bound(kCheckTable.begin(), kCheckTable.end(), id,
                                      [](const CheckRow& row, auto key) { return row.id < key; });
  return found == kCheckTable.end() || found->id != id ? nullptr : found->check;
}

std::vector<Finding> audit(const Context& context, std::span<const Check* const> selected) {
  return audit(context, Policy{}, selected);
}

std::vector<Finding> audit(const Context& context, const Policy& policy,
                           std::span<const Check* const> selected) {
  std::vector<Finding> findings;
  for (const Check* check : selected.empty() ? all_checks() : selected) {
    std::vector<Finding> found = check->run(context);
    findings.insert(findings.end(), std::make_move_iterator(found.begin()),
                    std::make_move_iterator(found.end()));
  }
  allow(context.snapshot(), policy, findings);
  std::vector<Finding> told;
  for (const std::size_t position : one_for_each_cause(findings)) {
    told.push_back(std::move(findings[position]));
  }
  pale(context, told);
  override_severity(policy, told);
  std::vector<std::size_t> order(told.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return ranks_before(told[a], told[b]); });
  std::vector<Finding> ranked;
  ranked.reserve(order.size());
  for (const std::size_t position : order) {
    ranked.push_back(std::move(told[position]));
  }
  return ranked;
}

}  // namespace portolan::checks
