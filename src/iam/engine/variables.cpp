#include "iam/engine/variables.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "core/time.h"
#include "iam/engine/samples.h"

namespace portolan::iam::engine {
namespace {

using Atoms = std::vector<const Atom*>;
using Entry = std::optional<Context::Entry>;

constexpr std::array<std::string_view, 10> kListKeys = {"aws:calledvia",
                                                        "aws:principalservicenameslist",
                                                        "aws:sourceorgpaths",
                                                        "aws:tagkeys",
                                                        "autoscaling:loadbalancernames",
                                                        "elasticloadbalancing:securitygroup",
                                                        "elasticloadbalancing:subnet",
                                                        "lambda:securitygroupids",
                                                        "lambda:subnetids",
                                                        "lambda:vpcids"};
constexpr std::array<std::string_view, 4> kAlwaysPresent = {
    "aws:currenttime", "aws:epochtime", "aws:securetransport", "aws:viaawsservice"};
constexpr std::size_t kMostListClasses = 10;

constexpr std::string_view kMfa = "aws:multifactorauthpresent";
constexpr std::string_view kMfaAge = "aws:multifactorauthage";
constexpr std::string_view kToken = "aws:tokenissuetime";
constexpr std::string_view kNow = "aws:currenttime";
constexpr std::string_view kEpoch = "aws:epochtime";

/// What the atoms say of a value: the class that it is in.
std::vector<Truth> verdicts(const Atoms& atoms, const Entry& entry) {
  std::vector<Truth> result;
  for (const Atom* atom : atoms) {
    result.push_back(holds(atom->op, atom->values, entry ? &*entry : nullptr));
  }
  return result;
}

/// One entry of each class. Plain ones come first, for they make readable witnesses.
std::vector<Entry> distinct(const Atoms& atoms, const std::vector<Entry>& entries) {
  std::set<std::vector<Truth>> seen;
  std::vector<Entry> result;
  for (const Entry& entry : entries) {
    if (seen.insert(verdicts(atoms, entry)).second) {
      result.push_back(entry);
    }
  }
  return result;
}

/// Lists: each class of single values is in the list or not.
std::optional<std::vector<Entry>> list_entries(const Atoms& atoms,
                                               const std::vector<std::string>& samples) {
  std::map<std::vector<bool>, std::string> classes;
  for (const std::string& sample : samples) {
    std::vector<bool> satisfied;
    for (const Atom* atom : atoms) {
      satisfied.push_back(is_satisfied_by(*atom, sample));
    }
    classes.emplace(std::move(satisfied), sample);
  }
  if (classes.size() > kMostListClasses) {
    return std::nullopt;
  }
  std::vector<Entry> entries;
  for (std::size_t set = 1; set < std::size_t{1} << classes.size(); ++set) {
    Context::Entry entry{.is_list = true};
    std::size_t bit = 1;
    for (const auto& [satisfied, sample] : classes) {
      if ((set & bit) != 0) {
        entry.values.push_back(sample);
      }
      bit <<= 1U;
    }
    entries.emplace_back(std::move(entry));
  }
  return entries;
}

std::optional<std::vector<Entry>> entries_of(std::string_view key, const Atoms& atoms) {
  const auto samples = sample_values(atoms);
  if (!samples) {
    return std::nullopt;
  }
  std::vector<Entry> entries;
  if (is_list_key(key)) {
    auto lists = list_entries(atoms, *samples);
    if (!lists) {
      return std::nullopt;
    }
    entries = *std::move(lists);
  } else {
    for (const std::string& sample : *samples) {
      entries.emplace_back(Context::Entry{.values = {sample}});
    }
  }
  if (std::ranges::find(kAlwaysPresent, key) == kAlwaysPresent.end()) {
    entries.insert(entries.begin(), std::nullopt);
  }
  return distinct(atoms, entries);
}

using ByKey = std::map<std::string, Atoms>;

const Atoms& atoms_on(const ByKey& atoms, std::string_view key) {
  static const Atoms kNone;
  const auto found = atoms.find(std::string(key));
  return found == atoms.end() ? kNone : found->second;
}

/// Long-term keys, then temporary ones without and with MFA.
Variable session(const ByKey& atoms, Caller::Kind kind) {
  const auto entry = [](std::string value) {
    return Entry(Context::Entry{.values = {std::move(value)}});
  };
  const auto ages = sample_values(atoms_on(atoms, kMfaAge)).value_or(std::vector<std::string>{});
  const auto tokens = sample_values(atoms_on(atoms, kToken)).value_or(std::vector<std::string>{});
  Variable variable{.keys = {std::string(kMfa), std::string(kMfaAge), std::string(kToken)}};
  if (kind != Caller::Kind::Role) {
    variable.candidates.push_back({std::nullopt, std::nullopt, std::nullopt});
  }
  for (const std::string& token : tokens) {
    const Entry issued =
        atoms_on(atoms, kToken).empty() ? entry("2026-01-01T00:00:00Z") : entry(token);
    variable.candidates.push_back({entry("false"), std::nullopt, issued});
    for (const std::string& age : ages) {
      const bool is_open = atoms_on(atoms, kMfaAge).empty();
      variable.candidates.push_back({entry("true"), entry(is_open ? "60" : age), issued});
    }
  }
  return variable;
}

/// One moment, written in two ways.
Variable moment(const ByKey& atoms) {
  Atoms both = atoms_on(atoms, kNow);
  const Atoms& epoch = atoms_on(atoms, kEpoch);
  both.insert(both.end(), epoch.begin(), epoch.end());
  Variable variable{.keys = {std::string(kNow), std::string(kEpoch)}};
  std::set<std::int64_t> moments{1'767'225'600};  // some moment there is, whatever is asked
  for (const std::string& sample : sample_values(both).value_or(std::vector<std::string>{})) {
    if (const auto seconds = parse_date(sample)) {
      moments.insert(*seconds);
    } else if (const auto number = parse_number(sample)) {
      moments.insert(static_cast<std::int64_t>(std::clamp(*number, -6e10, 2.5e11)));
    }
  }
  for (const std::int64_t seconds : moments) {
    variable.candidates.push_back({Context::Entry{.values = {Time::from_seconds(seconds).text()}},
                                   Context::Entry{.values = {std::to_string(seconds)}}});
  }
  return variable;
}

/// Drops candidates that all atoms judge like an earlier one.
void thin(Variable& variable, const ByKey& atoms) {
  std::set<std::vector<std::vector<Truth>>> seen;
  std::erase_if(variable.candidates, [&](const Variable::Candidate& candidate) {
    std::vector<std::vector<Truth>> judged;
    for (std::size_t i = 0; i < variable.keys.size(); ++i) {
      judged.push_back(verdicts(atoms_on(atoms, variable.keys[i]), candidate[i]));
    }
    return !seen.insert(std::move(judged)).second;
  });
}

}  // namespace

bool is_list_key(std::string_view key) {
  return std::ranges::find(kListKeys, key) != kListKeys.end();
}

std::optional<std::vector<Variable>> variables_of(const Guards& guards, Guard guard,
                                                  Caller::Kind kind) {
  ByKey atoms;
  for (const Guard each : guards.below(guard)) {
    if (guards.node(each).kind == Guards::Kind::Atom) {
      const Atom& atom = guards.atom_of(guards.node(each));
      atoms[atom.key].push_back(&atom);
    }
  }
  std::vector<Variable> variables;
  const auto has = [&](std::string_view key) { return !atoms_on(atoms, key).empty(); };
  if (has(kMfa) || has(kMfaAge) || has(kToken)) {
    variables.push_back(session(atoms, kind));
  }
  if (has(kNow) || has(kEpoch)) {
    variables.push_back(moment(atoms));
  }
  for (Variable& variable : variables) {
    thin(variable, atoms);
  }
  const std::set<std::string_view> joint = {kMfa, kMfaAge, kToken, kNow, kEpoch};
  for (const auto& [key, on_key] : atoms) {
    if (joint.contains(key)) {
      continue;
    }
    const auto entries = entries_of(key, on_key);
    if (!entries) {
      return std::nullopt;
    }
    Variable& variable = variables.emplace_back(Variable{.keys = {key}});
    for (const Entry& entry : *entries) {
      variable.candidates.push_back({entry});
    }
  }
  return variables;
}

}  // namespace portolan::iam::engine
