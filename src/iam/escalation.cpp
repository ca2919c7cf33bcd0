#include "iam/escalation.h"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "core/name.h"
#include "core/text.h"

namespace portolan::iam {
namespace {

using To = EscalationRow::To;

constexpr std::size_t kMostEdges = 200'000;
constexpr std::size_t kMostMasks = 100'000;
constexpr std::string_view kMaybeRunning = "something of that kind runs as the role";

Policy allow_all() {
  Diagnostics ignored;
  return parse_policy(R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})",
                      "any policy it wants", ignored);
}

Policy trust_in(const Principal& principal) {
  Diagnostics ignored;
  return parse_policy(
      fmt::format(R"({{"Statement":{{"Effect":"Allow","Action":"*","Principal":{{"AWS":"{}"}}}}}})",
                  principal.caller.name()),
      "a trust policy that names it", ignored);
}

bool is_user(const Principal& principal) { return principal.caller.kind == Caller::Kind::User; }
bool is_role(const Principal& principal) { return principal.caller.kind == Caller::Kind::Role; }
bool is_single_sign_on(const Principal& role) {
  return role.caller.role_arn.find(":role/aws-reserved/sso.amazonaws.com/") != std::string::npos;
}

/// True if the trust policy lets in a provider whose name holds `kind`.
bool trusts_provider(const Principal& role, std::string_view kind) {
  if (role.trust == nullptr) {
    return false;
  }
  const auto& statements = role.trust->statements;
  return std::ranges::any_of(statements, [&](const Statement& statement) {
    return statement.effect == Effect::Allow &&
           std::ranges::any_of(statement.principals.values, [&](const PrincipalName& name) {
             return name.kind == PrincipalName::Kind::Federated &&
                    name.value.find(kind) != std::string::npos;
           });
  });
}

/// Policies that the principal has and that its account can rewrite.
std::vector<std::string> own_policies(const Principal& principal) {
  std::vector<std::string> arns;
  for (const Policies* policies : {&principal.identity, &principal.boundary}) {
    for (const Policy* policy : *policies) {
      if (policy->name.find(fmt::format(":{}:policy/", principal.caller.account)) !=
          std::string::npos) {
        arns.push_back(policy->name);
      }
    }
  }
  return arns;
}

/// True for a policy that denies and that can be taken from the principal itself, not from a group.
bool is_removable(const Directory& directory, const Principal& who, const Policy& policy,
                  bool is_inline) {
  const bool is_of_group = std::ranges::any_of(who.groups, [&](const std::string& group) {
    const auto found = directory.groups.find(group);
    return found != directory.groups.end() &&
           std::ranges::find(found->second, &policy) != found->second.end();
  });
  const bool denies = std::ranges::any_of(policy.statements, [](const Statement& statement) {
    return statement.effect != Effect::Allow;
  });
  return denies && !is_of_group && policy.name.starts_with("arn:") != is_inline;
}

}  // namespace

Mask Mask::with(Freedom freedom) const {
  Mask mask = *this;
  mask.freedoms = static_cast<std::uint8_t>(mask.freedoms | freedom);
  if ((mask.freedoms & AnyPolicy) != 0) {  // whatever else it had of policies counts no more
    mask.freedoms = static_cast<std::uint8_t>(mask.freedoms & ~(NoInline | NoAttached));
    mask.group.clear();
  }
  return mask;
}

/// Finds the edges that leave masks, one mask after the other.
class EdgeFinder {
 public:
  EdgeFinder(Escalation& whole, const std::set<std::string>& instance_profiles,
             std::span<const EscalationRow> rows)
      : whole_(whole), profiles_(instance_profiles), rows_(rows), abilities_(whole.extended_) {}

  void run() {
    for (std::size_t mask = 0; mask < whole_.masks_.size(); ++mask) {
      for (const EscalationRow& row : rows_) {
        const bool is_full =
            whole_.masks_.size() + originals() > whole_.extended_.principals.capacity();
        if (whole_.edges_.size() > kMostEdges || is_full) {
          whole_.is_given_up_ = true;
          whole_.edges_.clear();
          return;
        }
        if (is_of_use(mask, row)) {
          find(mask, row);
        }
      }
    }
  }

 private:
  [[nodiscard]] const Principal& principal(std::size_t mask) const {
    return whole_.extended_.principals[mask];
  }
  /// Root users can do anything but what service control policies deny them, and so can who has any
  /// policy: of these only those ways are followed that lead around a limit of their own.
  [[nodiscard]] bool is_of_use(std::size_t mask, const EscalationRow& row) const {
    const bool leads_around = row.to == To::Assumed || row.to == To::Role || row.to == To::User ||
                              row.to == To::Unbounded || row.to == To::Left || row.to == To::Lifted;
    return principal(mask).caller.kind != Caller::Kind::Root &&
           (!is_unleashed(mask) || leads_around);
  }
  [[nodiscard]] bool is_unleashed(std::size_t mask) const {
    const Mask& worn = whole_.masks_[mask];
    return worn.is_fresh || (worn.freedoms & Mask::AnyPolicy) != 0;
  }
  /// Targets are as the directory has them.
  [[nodiscard]] std::size_t originals() const { return whole_.source_.principals.size(); }

  void add(std::size_t from, const Mask& to, const EscalationRow& row, const Ability& ability) {
    if (ability.may == Truth::No) {
      return;
    }
    const std::size_t target = whole_.mask_of(to);
    if (target == from) {
      return;
    }
    whole_.leaving_.resize(whole_.masks_.size());
    whole_.leaving_[from].push_back(whole_.edges_.size());
    whole_.edges_.push_back({from, target, &row, ability});
  }

  /// What one need comes to; `target` may be null.
  Ability need(std::size_t mask, std::string_view written, const Principal* target,
               std::string_view service) {
    const std::size_t at = written.find('@');
    const std::string_view on = at == std::string_view::npos ? "" : written.substr(at + 1);
    Ability some;
    for (const std::string_view action : split(written.substr(0, at), '|')) {
      some = either(some, need_of(mask, action, on, target, service));
    }
    return some;
  }

  Ability need_of(std::size_t mask, std::string_view action, std::string_view on,
                  const Principal* target, std::string_view service) {
    const Principal& who = principal(mask);
    Context given;
    if (action == "iam:PassRole" && !service.empty()) {
      given.set("iam:PassedToService", std::string(service));
    }
    if (on.empty()) {
      return abilities_.ask_call(who, action, given);
    }
    std::vector<std::string> resources;
    if (on == "target" && target == nullptr) {
      return {.may = Truth::Yes};  // asked again for each target
    }
    if (on == "target" || on == "self") {
      resources = {on == "self" ? who.caller.name() : target->caller.name()};
    } else if (on == "group") {
      resources = who.groups;
    } else if (on == "attached") {
      resources = own_policies(target == nullptr ? who : *target);
    }
    Ability some;
    for (const std::string& resource : resources) {
      some =
          either(some, resource.empty() ? Ability{} : abilities_.ask(who, action, resource, given));
    }
    return some;
  }

  Ability needs(std::size_t mask, const EscalationRow& row, const Principal* target) {
    Ability all{.may = Truth::Yes};
    for (const std::string_view each : split(row.needs, ' ')) {
      if (!each.empty() && all.may != Truth::No) {
        all = both(all, need(mask, each, target, row.service));
      }
    }
    return all;
  }

  /// Calls `judge(number, target)` for the other principals of the account.
  template <class Judge>
  void each_target(std::size_t mask, const EscalationRow& row, bool are_users, Judge judge) {
    for (std::size_t t = 0; t < originals(); ++t) {
      const Principal& target = principal(t);
      const bool is_wanted = are_users ? is_user(target) : is_role(target);
      if (is_wanted && t != whole_.masks_[mask].principal &&
          target.caller.account == principal(mask).caller.account) {
        add(mask, {.principal = t}, row, judge(target));
      }
    }
  }

  void find(std::size_t mask, const EscalationRow& row) {
    const Principal& who = principal(mask);
    const bool fits = row.service.empty() || (row.service == "user" && is_user(who)) ||
                      (row.service == "role" && is_role(who));
    switch (row.to) {
      case To::Assumed:
        find_assumed(mask, row);
        return;
      case To::Itself:
        find_freedom(mask, row, Mask::AnyPolicy, fits && !is_unleashed(mask));
        return;
      case To::Unbounded:
        find_freedom(mask, row, Mask::NoBoundary, fits && !who.boundary.empty());
        return;
      case To::NoInline:
        find_freedom(mask, row, Mask::NoInline, fits && has_removable(who, true));
        return;
      case To::NoAttached:
        find_freedom(mask, row, Mask::NoAttached, fits && has_removable(who, false));
        return;
      case To::Left:
        find_freedom(mask, row, Mask::NoOrganization, is_limited_above(who));
        return;
      case To::Member:
        find_groups(mask, row);
        return;
      case To::Fresh:
        add(mask, {.principal = first_of_account(who.caller.account), .is_fresh = true}, row,
            needs(mask, row, nullptr));
        return;
      case To::Lifted:
        find_lifted(mask, row);
        return;
      case To::Rewritten:
        find_rewritten(mask, row);
        return;
      case To::User:
      case To::Role:
      case To::Passed:
      case To::Running:
      case To::OnInstance:
      case To::Federated:
      case To::SingleSignOn:
        break;
    }
    const Ability general = needs(mask, row, nullptr);
    if (general.may != Truth::No) {
      each_target(mask, row, row.to == To::User, [&](const Principal& target) {
        const Ability open = opens(mask, row, target);
        return open.may == Truth::No ? open : both(open, needs(mask, row, &target));
      });
    }
  }

  /// Itself, with one freedom more.
  void find_freedom(std::size_t mask, const EscalationRow& row, Mask::Freedom freedom,
                    bool is_open) {
    const Mask worn = whole_.masks_[mask];
    if (is_open && !worn.is_fresh) {
      add(mask, worn.with(freedom), row, needs(mask, row, nullptr));
    }
  }

  /// The account has limits above it that are known.
  [[nodiscard]] bool is_limited_above(const Principal& who) const {
    const auto& organization = whole_.source_.organization;
    return !who.has_left && organization &&
           organization->management_account != who.caller.account &&
           organization->nodes.contains(who.caller.account);
  }

  [[nodiscard]] bool has_removable(const Principal& who, bool is_inline) const {
    return std::ranges::any_of(who.identity, [&](const Policy* policy) {
      return is_removable(whole_.source_, who, *policy, is_inline);
    });
  }

  /// Whether the target is one that the row leads to.
  Ability opens(std::size_t mask, const EscalationRow& row, const Principal& target) {
    Ability yes{.may = Truth::Yes};
    if (row.to == To::Passed || row.to == To::Running) {
      Ability trusted = abilities_.trusts(target, row.service);
      if (row.service == "ec2.amazonaws.com" && target.instance_profiles.empty()) {
        // A role comes to an instance in a profile; without one it needs to be made.
        trusted = both(trusted,
                       both(abilities_.ask_call(principal(mask), "iam:CreateInstanceProfile"),
                            abilities_.ask_call(principal(mask), "iam:AddRoleToInstanceProfile")));
      }
      return row.to == To::Passed || trusted.may == Truth::No
                 ? trusted
                 : both(trusted, {.may = Truth::Yes, .condition = std::string(kMaybeRunning)});
    }
    if (row.to == To::Role) {
      const Policy trust = trust_in(principal(mask));
      return abilities_.assume(principal(mask), target, &trust);
    }
    if (row.to == To::OnInstance) {
      return std::ranges::any_of(target.instance_profiles,
                                 [&](const auto& arn) { return profiles_.contains(arn); })
                 ? yes
                 : Ability{};
    }
    if (row.to == To::Federated) {
      return trusts_provider(target, row.service) ? yes : Ability{};
    }
    if (row.to == To::SingleSignOn) {
      return is_single_sign_on(target) ? yes : Ability{};
    }
    return yes;
  }

  void find_assumed(std::size_t mask, const EscalationRow& row) {
    for (std::size_t t = 0; t < originals(); ++t) {
      if (is_role(principal(t)) && t != whole_.masks_[mask].principal) {
        add(mask, {.principal = t}, row, abilities_.assume(principal(mask), principal(t)));
      }
    }
  }

  void find_groups(std::size_t mask, const EscalationRow& row) {
    const Principal who = principal(mask);
    if (!is_user(who) || !whole_.masks_[mask].is_plain()) {
      return;
    }
    for (const auto& [group, policies] : whole_.source_.groups) {
      const auto arn = Arn::parse(group);
      const bool is_there = std::ranges::find(who.groups, group) != who.groups.end();
      if (arn && arn->account() == who.caller.account && !is_there) {
        const Ability ability = abilities_.ask(who, "iam:AddUserToGroup", group);
        add(mask, {.principal = whole_.masks_[mask].principal, .group = group}, row, ability);
      }
    }
  }

  /// Whom an earlier row leads to and whose rights can be rewritten, may do what its limits let
  /// through.
  void find_rewritten(std::size_t mask, const EscalationRow& row) {
    whole_.leaving_.resize(whole_.masks_.size());
    const std::vector<std::size_t> leaving = whole_.leaving_[mask];
    for (const std::size_t number : leaving) {
      const EscalationEdge edge = whole_.edges_[number];
      const Mask target = whole_.masks_[edge.to];
      const Principal& who = principal(edge.to);
      const bool fits = row.service.empty() || (row.service == "user") == is_user(who);
      if (target.is_plain() && fits && edge.row->to != To::Rewritten) {
        add(mask, target.with(Mask::AnyPolicy), row,
            both(edge.ability, needs(mask, row, &whole_.extended_.principals[edge.to])));
      }
    }
  }

  /// The management account sets the limits of all others, so that whom it leads to there is free
  /// of them. SOURCE: AWS Organizations User Guide, "Service control policies".
  void find_lifted(std::size_t mask, const EscalationRow& row) {
    const auto& organization = whole_.source_.organization;
    const std::string account = principal(mask).caller.account;
    if (!organization || organization->management_account != account) {
      return;
    }
    whole_.leaving_.resize(whole_.masks_.size());
    const std::vector<std::size_t> leaving = whole_.leaving_[mask];
    for (const std::size_t number : leaving) {
      const EscalationEdge edge = whole_.edges_[number];
      if (is_limited_above(principal(edge.to)) && edge.row->to != To::Lifted) {
        add(mask, whole_.masks_[edge.to].with(Mask::NoOrganization), row,
            both(edge.ability, needs(mask, row, nullptr)));
      }
    }
  }

  [[nodiscard]] std::size_t first_of_account(const std::string& account) const {
    for (std::size_t i = 0; i < originals(); ++i) {
      if (principal(i).caller.account == account) {
        return i;
      }
    }
    return 0;
  }

  Escalation& whole_;
  const std::set<std::string>& profiles_;
  std::span<const EscalationRow> rows_;
  Abilities abilities_;
};

Escalation::Escalation(const Directory& directory, const std::set<std::string>& instance_profiles,
                       std::span<const EscalationRow> rows)
    : source_(directory) {
  extended_.organization = directory.organization;
  extended_.has_no_organization = directory.has_no_organization;
  // References to principals must stay good while masks are added.
  const std::size_t count = directory.principals.size();
  extended_.principals.reserve(
      std::min(count * 12 * (1 + directory.groups.size()) + 1, kMostMasks + 2 * count));
  for (std::size_t i = 0; i < count; ++i) {
    masks_.push_back({.principal = i});
    extended_.principals.push_back(directory.principals[i]);
  }
  is_given_up_ = masks_.size() > kMostPrincipals;
  if (!is_given_up_) {
    EdgeFinder(*this, instance_profiles, rows).run();
  }
  leaving_.resize(masks_.size());
}

Principal Escalation::become(const Mask& mask) const {
  static const Policy kAll = allow_all();
  Principal become = source_.principals[mask.principal];
  if (mask.is_fresh) {
    become = {
        .caller = Caller::parse(fmt::format("arn:aws:iam::{}:role/new", become.caller.account)),
        .name = "new",
        .identity = {&kAll}};
  }
  if (!mask.group.empty()) {
    const Policies& more = source_.groups.at(mask.group);
    become.identity.insert(become.identity.end(), more.begin(), more.end());
  }
  for (const bool is_inline : {true, false}) {
    if ((mask.freedoms & (is_inline ? Mask::NoInline : Mask::NoAttached)) != 0) {
      const Principal& before = source_.principals[mask.principal];
      std::erase_if(become.identity, [&](const Policy* policy) {
        return is_removable(source_, before, *policy, is_inline);
      });
    }
  }
  if ((mask.freedoms & Mask::AnyPolicy) != 0) {
    become.identity = {&kAll};
  }
  if ((mask.freedoms & Mask::NoBoundary) != 0) {
    become.boundary.clear();
  }
  become.has_left = (mask.freedoms & Mask::NoOrganization) != 0;
  return become;
}

std::size_t Escalation::mask_of(const Mask& mask) {
  if (mask.is_plain()) {
    return mask.principal;
  }
  const auto known = std::ranges::find(masks_, mask);
  if (known != masks_.end()) {
    return static_cast<std::size_t>(known - masks_.begin());
  }
  masks_.push_back(mask);
  extended_.principals.push_back(become(mask));
  return masks_.size() - 1;
}

std::string Escalation::name(std::size_t mask) const {
  const Mask& worn = masks_[mask];
  const std::string& arn = extended_.principals[mask].caller.name();
  const auto has = [&](Mask::Freedom freedom) { return (worn.freedoms & freedom) != 0; };
  std::string name = worn.is_fresh ? "a new role with any policy" : arn.substr(arn.rfind(':') + 1);
  if (!worn.group.empty() && !has(Mask::AnyPolicy)) {
    name += fmt::format(" in {}", worn.group.substr(worn.group.rfind(':') + 1));
  }
  if (has(Mask::AnyPolicy)) {
    name += has(Mask::NoBoundary) ? " with any policy and no boundary" : " with any policy";
  } else {
    name += has(Mask::NoBoundary) ? " without its boundary" : "";
    name += has(Mask::NoInline) || has(Mask::NoAttached) ? " without what denies it" : "";
  }
  name += has(Mask::NoOrganization) ? " outside of its organization" : "";
  return name;
}

std::vector<EscalationPath> Escalation::paths(std::size_t mask, const std::set<std::size_t>& goals,
                                              std::size_t most) const {
  std::vector<EscalationPath> found;
  std::deque<EscalationPath> waiting{{}};
  std::map<std::size_t, std::size_t> visits;  // a mask may be passed on `most` chains
  while (!waiting.empty() && found.size() < most) {
    const EscalationPath path = std::move(waiting.front());
    waiting.pop_front();
    const std::size_t here = path.empty() ? mask : edges_[path.back()].to;
    if (!path.empty() && goals.contains(here)) {
      found.push_back(path);
      continue;
    }
    if (++visits[here] > most) {
      continue;
    }
    for (const std::size_t edge : leaving_[here]) {
      const auto is_passed = [&](std::size_t each) { return edges_[each].from == edges_[edge].to; };
      if (edges_[edge].to != mask && std::ranges::none_of(path, is_passed)) {
        waiting.push_back(path);
        waiting.back().push_back(edge);
      }
    }
  }
  return found;
}

std::string text(const Escalation& escalation, const EscalationPath& path) {
  std::string out;
  for (const std::size_t number : path) {
    const EscalationEdge& edge = escalation.edges()[number];
    out += (out.empty() ? escalation.name(edge.from) : "") + " → " + escalation.name(edge.to) +
           fmt::format(" ({})", edge.row->name);
  }
  return out;
}

}  // namespace portolan::iam
