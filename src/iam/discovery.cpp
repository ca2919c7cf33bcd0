#include "iam/discovery.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "core/text.h"
#include "iam/engine/samples.h"
#include "iam/hearing.h"

namespace portolan::iam {
namespace {

using Kind = Formula::Kind;
using Degree = Knowledge::Degree;

Formula formula_of(Truth value) {
  return value == Truth::Unknown ? Formula{.kind = Kind::Unknown}
                                 : Formula::constant(value == Truth::Yes);
}

/// Whether some values of a key meet tests, and whether all do.
struct Reach {
  bool some = false;
  bool all = true;
};

/// More classes of values than that are not told apart: then some meet the tests, and some do not.
constexpr std::size_t kMostListClasses = 10;

class Reading {
 public:
  Reading(const Request& request, const Authority& authority, const Knowledge& knowledge)
      : request_(request),
        has_boundary_(!authority.boundary.empty()),
        knowledge_(knowledge),
        known_(request) {
    // What is not certain must not decide what it fills in.
    for (const auto& [key, entry] : request.context.entries()) {
      if (knowledge.of(key) != Degree::Value) {
        known_.context.remove(key);
      }
    }
  }

  /// What a statement allows and denies, and when.
  [[nodiscard]] Claim<Formula> claim(const Policy& policy, const Statement& statement,
                                     PolicyKind kind) const {
    const StatementRef ref{.kind = kind,
                           .policy = policy.name,
                           .index = statement.index,
                           .sid = statement.sid,
                           .fault = statement.fault};
    const Formula leaf{.source = ref, .is_allow = statement.effect == Effect::Allow};
    const NamingOf<Formula> naming = names(statement, kind, leaf);
    Formula covers = formula_of(covers_action(statement.actions, folded(request_.action)));
    covers = covers && resources(statement, kind, leaf);
    for (const Test& test : statement.tests) {
      if (covers.kind != Kind::Never) {
        covers = covers && tested(test, leaf);
      }
    }
    if (!statement.fault.empty() || statement.effect == Effect::NotReadable) {
      covers = covers && Formula{.kind = Kind::Unknown};
    }
    Claim<Formula> claim;
    if (statement.effect != Effect::Deny) {
      claim.allow = {naming.account && covers, naming.role && covers, naming.itself && covers};
    }
    if (statement.effect != Effect::Allow) {
      claim.deny = naming.any() && covers;
    }
    return claim;
  }

  /// True if some values of what is open meet the condition of one statement.
  [[nodiscard]] Truth is_met_by_some(const Formula& condition) const {
    return met(condition, [](const Reach& reach) { return reach.some; });
  }
  /// True if all do.
  [[nodiscard]] Truth is_met_by_all(const Formula& condition) const {
    return met(condition, [](const Reach& reach) { return reach.all; });
  }

 private:
  [[nodiscard]] bool is_open(const Pattern& value) const {
    const auto keys = value.variables();
    return std::ranges::any_of(keys, [&](const std::string& key) {
      const Degree degree = knowledge_.of(key);
      return degree == Degree::Open ||
             (degree == Degree::Presence && request_.context.find(key) != nullptr);
    });
  }

  [[nodiscard]] Formula tested(const Test& test, const Formula& leaf) const {
    const Degree degree = knowledge_.of(test.key);
    const bool is_fixed =
        degree == Degree::Value ||
        (degree == Degree::Presence &&
         (request_.context.find(test.key) == nullptr || test.op.comparison == Comparison::Null));
    const bool has_open_value =
        std::ranges::any_of(test.values, [&](const Pattern& value) { return is_open(value); });
    const bool is_absent = is_fixed && request_.context.find(test.key) == nullptr;
    if (is_fixed && (is_absent || !has_open_value)) {
      return formula_of(
          holds(test.op, resolved_values(test, known_.context), request_.context.find(test.key)));
    }
    if (test.op.comparison == Comparison::NotReadable) {
      return {.kind = Kind::Unknown};
    }
    Formula formula = leaf;
    formula.kind = Kind::Test;
    formula.test = &test;
    return formula;
  }

  /// A pattern with an open variable reaches what it does with a `*` in its place.
  [[nodiscard]] Formula resources(const Statement& statement, PolicyKind kind,
                                  const Formula& leaf) const {
    const Element<Pattern>& element = statement.resources;
    Statement fixed{.resources = element};
    std::vector<std::string> open;
    for (const Pattern& value : element.values) {
      if (is_open(value)) {
        open.push_back(value.text());
      }
    }
    if (open.empty()) {
      return formula_of(covers_resource(statement, known_, kind));
    }
    std::erase_if(fixed.resources.values, [&](const Pattern& each) { return is_open(each); });
    fixed.resources.is_negated = false;
    const Formula certain = formula_of(covers_resource(fixed, known_, kind));
    std::erase_if(open, [&](const std::string& text) { return !may_reach(text, kind); });
    Formula variable = Formula::constant(false);
    if (!open.empty()) {
      variable = leaf;
      variable.kind = Kind::Resource;
      variable.names = std::move(open);
    }
    const Formula covered = certain || variable;
    return element.is_negated ? !covered : covered;
  }

  [[nodiscard]] bool may_reach(std::string text, PolicyKind kind) const {
    for (std::size_t begin = text.find("${"); begin != std::string::npos;
         begin = text.find("${", begin)) {
      const std::size_t end = text.find('}', begin);
      if (end == std::string::npos) {
        break;
      }
      const bool is_escape = end == begin + 3;  // `${*}` and the like
      text.replace(begin, end + 1 - begin, is_escape ? "?" : "*");
    }
    return covers_resource(Glob::of(text), request_.resource, padding_of(kind)) != Truth::No &&
           !request_.is_wildcard_only;
  }

  /// A policy may name sessions of the caller's role, whose own name is open.
  [[nodiscard]] NamingOf<Formula> names(const Statement& statement, PolicyKind kind,
                                        const Formula& leaf) const {
    Formula session = leaf;
    session.kind = Kind::Session;
    Statement rest{.effect = statement.effect, .principals = statement.principals};
    if (request_.caller.kind == Caller::Kind::Role) {
      std::erase_if(rest.principals.values, [&](const PrincipalName& name) {
        const bool is_session = is_session_of_role(name);
        if (is_session) {
          session.names.push_back(name.value.substr(name.value.rfind('/') + 1));
        }
        return is_session;
      });
    }
    const Naming naming = names_caller(rest, request_, kind, has_boundary_);
    NamingOf<Formula> result{formula_of(naming.account), formula_of(naming.role),
                             formula_of(naming.itself)};
    if (session.names.empty() || kind < PolicyKind::ResourceControl) {
      return result;
    }
    if (!statement.principals.is_negated) {
      result.itself = result.itself || session;
    } else if (statement.effect != Effect::Deny || !has_boundary_) {
      result.itself = result.itself && !session;
    }
    return result;
  }

  /// The ARN of a session does not tell the path of its role.
  [[nodiscard]] bool is_session_of_role(const PrincipalName& name) const {
    if (name.kind != PrincipalName::Kind::Aws ||
        name.value.find(":assumed-role/") == name.value.npos) {
      return false;
    }
    const auto name_of = [](const std::string& arn) { return arn.substr(arn.rfind('/') + 1); };
    const Caller named = Caller::parse(name.value);
    return named.account == request_.caller.account &&
           name_of(named.role_arn) == name_of(request_.caller.role_arn);
  }

  /// `condition` is of one statement: a leaf, or leaves that must all hold.
  template <class Take>
  [[nodiscard]] Truth met(const Formula& condition, Take take) const {
    if (condition.kind == Kind::Never || condition.kind == Kind::Always) {
      return truth(condition.kind == Kind::Always);
    }
    const std::vector<Formula> leaves =
        condition.kind == Kind::All ? condition.parts : std::vector{condition};
    bool is_sure = true;
    std::map<std::string, std::vector<const Test*>> tests;
    for (const Formula& leaf : leaves) {
      if (leaf.kind == Kind::Test) {
        tests[leaf.test->key].push_back(leaf.test);
      } else if (leaf.kind == Kind::Unknown) {
        is_sure = false;
      } else if (!take(Reach{.some = true, .all = false})) {
        return Truth::No;
      }
    }
    for (const auto& [key, on_key] : tests) {
      if (!take(reach_of(key, on_key))) {
        return Truth::No;
      }
    }
    return is_sure ? Truth::Yes : Truth::Unknown;
  }

  [[nodiscard]] Reach reach_of(const std::string& key,
                               const std::vector<const Test*>& tests) const {
    Reach reach;
    std::vector<engine::Atom> atoms;
    for (const Test* test : tests) {
      if (std::ranges::any_of(test->values, [&](const Pattern& each) { return is_open(each); })) {
        reach.all = false;  // for some value of the variable it does not hold
      } else {
        atoms.push_back({test->op, key, resolved_values(*test, known_.context)});
      }
    }
    const auto entries = entries_of(key, atoms);
    if (!entries) {
      return {.some = true, .all = false};
    }
    for (const auto& entry : *entries) {
      const bool is_met = std::ranges::all_of(atoms, [&](const engine::Atom& atom) {
        return holds(atom.op, atom.values, entry ? &*entry : nullptr) == Truth::Yes;
      });
      reach.some = reach.some || is_met;
      reach.all = reach.all && is_met;
    }
    return reach;
  }

  using Entries = std::vector<std::optional<Context::Entry>>;

  /// What a key may hold, as far as the tests tell values apart; nothing if there is too much.
  [[nodiscard]] std::optional<Entries> entries_of(const std::string& key,
                                                  const std::vector<engine::Atom>& atoms) const {
    std::vector<const engine::Atom*> borrowed;
    bool is_list = false;
    for (const engine::Atom& atom : atoms) {
      borrowed.push_back(&atom);
      is_list = is_list || atom.op.quantifier != Quantifier::None;
    }
    const auto samples = engine::sample_values(borrowed);
    if (!samples || (is_list && samples->size() > kMostListClasses)) {
      return std::nullopt;
    }
    Entries entries;
    if (knowledge_.of(key) == Degree::Open) {
      entries.emplace_back(std::nullopt);
    }
    for (const std::string& sample : *samples) {
      entries.emplace_back(Context::Entry{.values = {sample}});
    }
    for (std::size_t set = 1; is_list && set < std::size_t{1} << samples->size(); ++set) {
      Context::Entry entry{.is_list = true};
      for (std::size_t i = 0; i < samples->size(); ++i) {
        if (((set >> i) & 1U) != 0) {
          entry.values.push_back((*samples)[i]);
        }
      }
      entries.emplace_back(std::move(entry));
    }
    return entries;
  }

  const Request& request_;
  bool has_boundary_;
  const Knowledge& knowledge_;
  Request known_;  // with certain values only
};

/// Counts statements: an Allow that can be met, a Deny that cannot be escaped.
class Counting {
 public:
  using Value = Truth;
  static Truth constant(bool value) { return truth(value); }

  explicit Counting(const Reading& reading) : reading_(reading) {}

  Claim<Truth> claim(const Policy& policy, const Statement& statement, PolicyKind kind) const {
    const Claim<Formula> when = reading_.claim(policy, statement, kind);
    return {{reading_.is_met_by_some(when.allow.account), reading_.is_met_by_some(when.allow.role),
             reading_.is_met_by_some(when.allow.itself)},
            reading_.is_met_by_all(when.deny)};
  }
  void denied(PolicyKind kind, Truth deny) {
    if (deny == Truth::Yes) {
      decision.blocked_by.push_back(kind);
    }
  }
  Truth limit(PolicyKind kind, Truth allows) {
    if (allows != Truth::Yes) {
      decision.blocked_by.push_back(kind);
    }
    return allows;
  }

  Decision decision;

 private:
  const Reading& reading_;
};

/// Writes the condition down.
class Writing {
 public:
  using Value = Formula;
  static Formula constant(bool value) { return Formula::constant(value); }

  explicit Writing(const Reading& reading) : reading_(reading) {}

  Claim<Formula> claim(const Policy& policy, const Statement& statement, PolicyKind kind) const {
    return reading_.claim(policy, statement, kind);
  }
  void denied(PolicyKind, const Formula&) const {}
  [[nodiscard]] Formula limit(PolicyKind, Formula allows) const { return allows; }

 private:
  const Reading& reading_;
};

}  // namespace

void Knowledge::add(std::string_view name, Degree degree) {
  if (name.ends_with('*')) {
    prefixes_[folded(name.substr(0, name.size() - 1))] = degree;
  } else {
    exact_[folded(name)] = degree;
  }
}

Degree Knowledge::of(std::string_view key) const {
  if (action_ != nullptr && !supports_key(*action_, use_, key)) {
    return Degree::Value;
  }
  if (const auto found = exact_.find(key); found != exact_.end()) {
    return found->second;
  }
  std::size_t longest = 0;
  Degree degree = Degree::Open;
  for (const auto& [prefix, each] : prefixes_) {
    if (key.starts_with(prefix) && prefix.size() >= longest) {
      longest = prefix.size();
      degree = each;
    }
  }
  return degree;
}

OpenDecision decide_open(const Request& request, const Authority& authority,
                         const Knowledge& knowledge) {
  if (const auto fixed = fixed_outcome(request)) {
    return {.decision = {.outcome = *fixed},
            .condition = Formula::constant(*fixed == Outcome::Allowed)};
  }
  const Reading reading(request, authority, knowledge);
  Counting counting(reading);
  const auto [allowed, denied] = Hearing(request, authority, counting).run();
  conclude(counting.decision, allowed, denied);
  Writing writing(reading);
  const auto condition = Hearing(request, authority, writing).run();
  return {.decision = std::move(counting.decision),
          .condition = condition.allowed && !condition.denied};
}

}  // namespace portolan::iam
