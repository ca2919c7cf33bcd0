#include "answers/who_answer.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::answers {
namespace {

using iam::ChangeAction;
using iam::Verdict;

/// Powers with the same grounds are one.
void add_power(std::vector<Power>& powers, Power power) {
  const auto grounds = [](const Power& each) {
    return std::tuple(
        each.answer.verdict, each.answer.condition, each.answer.reasons,
        each.answer.decision ? each.answer.decision->granting : std::vector<iam::StatementRef>{});
  };
  const auto same = std::ranges::find_if(
      powers, [&](const Power& each) { return grounds(each) == grounds(power); });
  if (same == powers.end()) {
    powers.push_back(std::move(power));
  } else {
    same->actions.push_back(power.actions.front());
  }
}

class Asking {
 public:
  Asking(const iam::Directory& directory, std::vector<iam::Resource> all,
         const std::vector<ChangeAction>& actions)
      : directory_(directory), who_(directory, std::move(all), names_of(actions)) {}

  [[nodiscard]] const iam::Who& who() const { return who_; }

  /// Principals that may change something of the resource, and the condition of the least that they
  /// need for it; empty if there is none.
  [[nodiscard]] std::map<std::size_t, std::string> able(std::size_t resource) const {
    std::map<std::size_t, std::string> able;
    for (const iam::Grant& grant : who_.of_resource(resource)) {
      if (grant.verdict == Verdict::Always) {
        able[grant.principal] = "";
      } else if (grant.verdict == Verdict::Possible && !able.contains(grant.principal)) {
        able[grant.principal] = who_.explain(grant.principal, grant.action, resource).condition;
      }
    }
    return able;
  }

  /// What one principal can do with one resource, given as rows of the engine.
  [[nodiscard]] Reach reach(std::size_t principal, std::size_t resource) const {
    Reach reach{.principal = &directory_.principals[principal],
                .resource = who_.resources()[resource]};
    for (const ChangeAction& action : iam::change_actions(reach.resource.arn)) {
      const auto place = std::ranges::find(who_.actions(), action.action);
      const auto number = static_cast<std::size_t>(place - who_.actions().begin());
      if (place == who_.actions().end() ||
          who_.verdict(principal, number, resource) == Verdict::Never) {
        continue;
      }
      add_power(reach.powers, explained(principal, number, resource, action));
    }
    std::ranges::stable_sort(reach.powers, [](const Power& a, const Power& b) {
      return a.answer.verdict > b.answer.verdict;
    });
    return reach;
  }

 private:
  static std::vector<std::string> names_of(const std::vector<ChangeAction>& actions) {
    std::vector<std::string> names;
    for (const ChangeAction& each : actions) {
      if (std::ranges::find(names, each.action) == names.end()) {
        names.emplace_back(each.action);
      }
    }
    return names;
  }

  [[nodiscard]] Power explained(std::size_t principal, std::size_t action, std::size_t resource,
                                const ChangeAction& change) const {
    Power power{.actions = {change}, .answer = who_.explain(principal, action, resource)};
    if (power.answer.witness) {
      const iam::Authority authority =
          iam::authority_of(directory_, directory_.principals[principal], *power.answer.witness);
      power.escaped = iam::escaped_denies(*power.answer.witness, authority);
      power.witness = iam::request_line("1", *power.answer.witness, authority);
    }
    return power;
  }

  const iam::Directory& directory_;
  iam::Who who_;
};

constexpr std::size_t kMostDetours = 3;

/// `goals` are masks that can change the resource, with the condition of that.
void add_detours(Reach& reach, const iam::Escalation& escalation, std::size_t principal,
                 const std::map<std::size_t, std::string>& conditions) {
  std::set<std::size_t> goals;
  for (const auto& [mask, condition] : conditions) {
    if (mask != principal) {
      goals.insert(mask);
    }
  }
  for (const iam::EscalationPath& path : escalation.paths(principal, goals, kMostDetours)) {
    Detour detour{.path = iam::text(escalation, path), .hops = {escalation.name(principal)}};
    iam::Ability whole{.may = iam::Truth::Yes};
    for (const std::size_t number : path) {
      const iam::EscalationEdge& edge = escalation.edges()[number];
      whole = iam::both(whole, edge.ability);
      detour.hops.emplace_back(edge.row->name);
      detour.hops.push_back(escalation.name(edge.to));
    }
    const std::string& last = conditions.at(escalation.edges()[path.back()].to);
    detour.condition = both(whole, {.may = whole.may, .condition = last}).condition;
    detour.is_sure = whole.may == iam::Truth::Yes;
    reach.detours.push_back(std::move(detour));
  }
}

/// Tags that the principal may set, and that open what they guard.
void add_retaggings(Reach& reach, const iam::Escalation& escalation, std::size_t principal,
                    const std::vector<std::string>& actions) {
  for (const iam::Retagging& each :
       iam::retaggings(escalation.directory(), principal, reach.resource, actions)) {
    if (reach.detours.size() == 2 * kMostDetours) {
      return;
    }
    const std::string how = each.is_own ? "tag itself" : "tag the resource";
    const std::string name = escalation.name(principal);
    reach.detours.push_back({.path = fmt::format("{} → {} ({})", name, each.what, how),
                             .condition = each.condition,
                             .hops = {name, how, each.what}});
  }
}

/// Tags that the principal may give a session of a role, and that open what they guard.
void add_session_tags(Reach& reach, const iam::Escalation& escalation, std::size_t principal,
                      const std::vector<std::string>& actions) {
  for (const iam::EscalationEdge& edge : escalation.edges()) {
    const bool is_assumed = edge.from == principal &&
                            edge.row->to == iam::EscalationRow::To::Assumed &&
                            escalation.masks()[edge.to].is_as_told();
    if (!is_assumed) {
      continue;
    }
    const std::size_t role = escalation.masks()[edge.to].principal;
    for (const iam::Retagging& each :
         iam::session_taggings(escalation.directory(), principal, role, reach.resource, actions)) {
      if (reach.detours.size() == 2 * kMostDetours) {
        return;
      }
      const std::string how = "tag the session of the role";
      const std::string name = escalation.name(principal);
      reach.detours.push_back({.path = fmt::format("{} → {} ({})", name, each.what, how),
                               .condition = each.condition,
                               .hops = {name, how, each.what}});
    }
  }
}

void sort_reaches(std::vector<Reach>& reaches) {
  std::ranges::stable_sort(
      reaches, [](const Reach& a, const Reach& b) { return a.verdict() > b.verdict(); });
}

/// One of `candidates`, by what `matches` says.
template <class Item, class Match, class Name, class Arn>
Result<std::size_t> find_one(const std::vector<Item>& items, const std::string& text, Match matches,
                             Name name, Arn arn, std::string_view noun) {
  std::vector<std::size_t> found;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (matches(items[i])) {
      found.push_back(i);
    }
    names.push_back(name(items[i]));
  }
  if (found.size() == 1) {
    return found.front();
  }
  if (found.empty()) {
    const auto meant = suggestions(text, names);
    const std::string hint =
        meant.empty() ? "" : fmt::format(", did you mean `{}`", printable(joined(meant, "`, `")));
    return fail("unknown_name", fmt::format("there is no {} `{}`{}", noun, printable(text), hint));
  }
  const bool are_alike =
      std::ranges::all_of(found, [&](std::size_t i) { return names[i] == names[found.front()]; });
  std::vector<std::string> several;
  for (const std::size_t i : found) {
    several.push_back(are_alike ? arn(items[i]) : names[i]);
  }
  return fail("ambiguous_name",
              fmt::format("`{}` may be {}", printable(text), printable(joined(several, ", "))));
}

std::string_view id_of(const Arn& arn) {
  return arn.resource().substr(arn.resource().find('/') + 1);
}

}  // namespace

std::vector<std::string> authority_gaps(const iam::Directory& directory, std::string_view account) {
  std::vector<std::string> gaps;
  const bool has_account = std::ranges::any_of(
      directory.principals, [&](const auto& each) { return each.caller.account == account; });
  if (!has_account) {
    gaps.push_back(
        fmt::format("no principals of account {} were collected: add what `aws iam "
                    "get-account-authorization-details` prints to the source",
                    account));
  }
  if (!directory.organization && !directory.has_no_organization) {
    gaps.emplace_back(
        "service control policies were not collected: what is allowed may be denied by them; add "
        "the organization, or say --no-organization");
  }
  return gaps;
}

Verdict Reach::verdict() const {
  Verdict most = Verdict::Never;
  for (const Power& power : powers) {
    most = std::max(most, power.answer.verdict);
  }
  return most;
}

std::size_t WhoAnswer::count(Verdict verdict) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(reaches, [&](const Reach& each) { return each.verdict() == verdict; }));
}

bool WhoAnswer::is_unknown() const {
  return !gaps.empty() || std::ranges::any_of(reaches, [](const Reach& reach) {
    return std::ranges::any_of(reach.powers,
                               [](const Power& power) {
                                 return power.answer.verdict == Verdict::Unknown ||
                                        !power.answer.reasons.empty();
                               }) ||
           std::ranges::any_of(reach.detours, [](const Detour& detour) { return !detour.is_sure; });
  });
}

Result<std::vector<ChangeAction>> pick_actions(const std::vector<std::string>& wishes) {
  const auto all = iam::change_actions();
  if (wishes.empty()) {
    return std::vector<ChangeAction>(all.begin(), all.end());
  }
  std::vector<ChangeAction> picked;
  for (const std::string& wish : wishes) {
    const std::string pattern = iam::folded(wish);
    const std::size_t before = picked.size();
    std::ranges::copy_if(all, std::back_inserter(picked), [&](const ChangeAction& each) {
      const std::string name = iam::folded(each.action);
      return pattern == iam::text(each.change) || matches_glob(name, pattern) ||
             matches_glob(name.substr(name.find(':') + 1), pattern);
    });
    if (picked.size() == before) {
      return fail("usage", fmt::format("`{}` is none of the actions that change the network; write "
                                       "`ec2:Authorize*`, rules, attach, delete or tags",
                                       printable(wish)));
    }
  }
  return picked;
}

Result<iam::Resource> find_resource(const std::vector<iam::Resource>& resources,
                                    const std::string& text) {
  const std::size_t index = TRY(find_one(
      resources, text,
      [&](const iam::Resource& each) {
        return each.arn.text() == text || id_of(each.arn) == text ||
               (!each.name.empty() && each.name == text);
      },
      [](const iam::Resource& each) {
        return each.name.empty() ? std::string(id_of(each.arn)) : each.name;
      },
      [](const iam::Resource& each) { return each.arn.text(); },
      "security group, NACL, route table, interface, prefix list, gateway, peering, attachment, "
      "block of public access or balancer"));
  return resources[index];
}

Result<const iam::Principal*> find_principal(const iam::Directory& directory,
                                             const std::string& text) {
  const std::size_t index = TRY(find_one(
      directory.principals, text,
      [&](const iam::Principal& each) { return each.caller.name() == text || each.name == text; },
      [](const iam::Principal& each) { return each.caller.name(); },
      [](const iam::Principal& each) { return each.caller.name(); }, "user or role"));
  return &directory.principals[index];
}

WhoAnswer who_can_change(const Snapshot& snapshot, const iam::Escalation& escalation,
                         const iam::Resource& resource, const std::vector<ChangeAction>& actions) {
  WhoAnswer answer{.resource = resource};
  const iam::Directory& directory = escalation.directory();
  std::vector<iam::Resource> all = iam::partners_of(snapshot, resource);
  all.push_back(resource);
  const Asking asking(directory, std::move(all), actions);
  const auto& rows = asking.who().resources();
  const auto row = std::ranges::find(rows, resource.arn, &iam::Resource::arn);
  const auto number = static_cast<std::size_t>(row - rows.begin());
  const std::map<std::size_t, std::string> goals = asking.able(number);
  const auto whole = [&](std::size_t mask) {
    Reach reach = asking.reach(mask, number);
    if (reach.verdict() != Verdict::Always) {
      add_detours(reach, escalation, mask, goals);
      add_retaggings(reach, escalation, mask, asking.who().actions());
      add_session_tags(reach, escalation, mask, asking.who().actions());
    }
    return reach;
  };
  for (std::size_t p = 0; p < escalation.starts(); ++p) {
    answer.candidates += directory.principals[p].caller.account == resource.arn.account() ? 1U : 0U;
    Reach reach = whole(p);
    if (!reach.powers.empty() || !reach.detours.empty()) {
      answer.reaches.push_back(std::move(reach));
    }
  }
  for (std::size_t mask = escalation.starts(); mask < escalation.masks().size(); ++mask) {
    const iam::Mask& worn = escalation.masks()[mask];
    if (worn.is_as_told() && worn.instance != iam::Mask::kElsewhere) {
      answer.sessions.emplace(mask, whole(mask));
    }
  }
  add_bypasses(answer, snapshot, escalation);
  sort_reaches(answer.reaches);
  answer.gaps = authority_gaps(directory, resource.arn.account());
  if (!resource.unknown.empty()) {
    answer.gaps.push_back(resource.unknown);
  }
  if (escalation.is_given_up()) {
    answer.gaps.emplace_back("there are too many principals to follow who can act as whom");
  }
  add_doors(answer, snapshot, escalation);
  return answer;
}

WhoAnswer what_can_change(const iam::Directory& directory, const iam::Principal& principal,
                          std::vector<iam::Resource> all,
                          const std::vector<ChangeAction>& actions) {
  WhoAnswer answer{.principal = &principal};
  std::erase_if(all,
                [](const iam::Resource& each) { return iam::change_actions(each.arn).empty(); });
  const Asking asking(directory, std::move(all), actions);
  const auto number = static_cast<std::size_t>(&principal - directory.principals.data());
  for (std::size_t row = 0; row < asking.who().resources().size(); ++row) {
    const Arn& arn = asking.who().resources()[row].arn;
    answer.candidates += arn.account() == principal.caller.account ? 1U : 0U;
    if (Reach reach = asking.reach(number, row); !reach.powers.empty()) {
      answer.reaches.push_back(std::move(reach));
    }
  }
  sort_reaches(answer.reaches);
  answer.gaps = authority_gaps(directory, principal.caller.account);
  return answer;
}

}  // namespace portolan::answers
