#include "iam/engine/judge.h"

#include <algorithm>
#include <unordered_map>

namespace portolan::iam::engine {
namespace {

/// The cases of one guard.
class Cases {
 public:
  Cases(Guards& guards, const std::vector<Variable>& variables)
      : guards_(guards), variables_(variables), seen_(variables.size() + 1) {}

  struct Found {
    bool yes = false;
    bool no = false;
    bool unknown = false;
  };

  /// What the guard can be when the first variables are set.
  Found explore(Guard guard, std::size_t depth) {
    if (depth == variables_.size() || guard <= kAlways) {
      return {.yes = guard == kAlways, .no = guard == kNever, .unknown = guard > kAlways};
    }
    const auto known = seen_[depth].find(guard);
    if (known != seen_[depth].end()) {
      return known->second;
    }
    Found found;
    for (const auto& candidate : variables_[depth].candidates) {
      if (++cases_ > Judge::kMostCases) {
        return {.yes = true, .no = true, .unknown = true};
      }
      const Found part = explore(assigned(guard, variables_[depth], candidate), depth + 1);
      found.yes = found.yes || part.yes;
      found.no = found.no || part.no;
      found.unknown = found.unknown || part.unknown;
      if (found.yes && found.no) {
        break;  // whatever else comes, it depends
      }
    }
    seen_[depth].emplace(guard, found);
    return found;
  }

  [[nodiscard]] bool is_given_up() const { return cases_ > Judge::kMostCases; }

  /// A request for which the guard comes out as `wanted` says, which `explore` has found to exist.
  Context witness(Guard guard, bool Found::*wanted) {
    Context context;
    for (std::size_t depth = 0; depth < variables_.size(); ++depth) {
      const Variable& variable = variables_[depth];
      for (const auto& candidate : variable.candidates) {
        const Guard next = assigned(guard, variable, candidate);
        if (explore(next, depth + 1).*wanted) {
          set(context, variable, candidate);
          guard = next;
          break;
        }
      }
    }
    return context;
  }

 private:
  static void set(Context& context, const Variable& variable,
                  const Variable::Candidate& candidate) {
    for (std::size_t i = 0; i < variable.keys.size(); ++i) {
      if (candidate[i]) {
        context.set(variable.keys[i], *candidate[i]);
      }
    }
  }

  /// The guard with the atoms of one variable replaced by what the candidate makes of them.
  Guard assigned(Guard guard, const Variable& variable, const Variable::Candidate& candidate) {
    std::unordered_map<Guard, Guard> became;
    for (const Guard each : guards_.below(guard)) {
      const Guards::Node node = guards_.node(each);
      became[each] = each;
      if (node.kind == Guards::Kind::Atom) {
        became[each] = assigned_atom(each, variable, candidate);
      } else if (node.kind == Guards::Kind::Not) {
        became[each] = guards_.negated(became[node.a]);
      } else if (node.kind == Guards::Kind::Both) {
        became[each] = guards_.both(became[node.a], became[node.b]);
      } else if (node.kind == Guards::Kind::Either) {
        became[each] = guards_.either(became[node.a], became[node.b]);
      }
    }
    return became[guard];
  }

  Guard assigned_atom(Guard guard, const Variable& variable, const Variable::Candidate& candidate) {
    const Atom& atom = guards_.atom_of(guards_.node(guard));
    const auto key = std::ranges::find(variable.keys, atom.key);
    if (key == variable.keys.end()) {
      return guard;
    }
    const auto& entry = candidate[static_cast<std::size_t>(key - variable.keys.begin())];
    return holds(atom.op, atom.values, entry ? &*entry : nullptr) == Truth::Yes ? kAlways : kNever;
  }

  Guards& guards_;
  const std::vector<Variable>& variables_;
  std::vector<std::unordered_map<Guard, Found>> seen_;  // by depth
  std::size_t cases_ = 0;
};

}  // namespace

const Judgement& Judge::judge(Guard guard, Caller::Kind kind) {
  const std::pair key(guard, kind == Caller::Kind::Role);
  if (const auto known = answers_.find(key); known != answers_.end()) {
    return known->second;
  }
  Judgement judgement;
  const auto variables = variables_of(guards_, guard, kind);
  if (!variables) {
    judgement = {.some_yes = true, .some_no = true, .some_unknown = true, .is_given_up = true};
    return answers_.emplace(key, std::move(judgement)).first->second;
  }
  Cases cases(guards_, *variables);
  const Cases::Found found = cases.explore(guard, 0);
  judgement = {.some_yes = found.yes,
               .some_no = found.no,
               .some_unknown = found.unknown,
               .is_given_up = cases.is_given_up()};
  if (!judgement.is_given_up && (found.yes || found.unknown)) {
    judgement.witness =
        cases.witness(guard, found.yes ? &Cases::Found::yes : &Cases::Found::unknown);
  }
  return answers_.emplace(key, std::move(judgement)).first->second;
}

}  // namespace portolan::iam::engine
