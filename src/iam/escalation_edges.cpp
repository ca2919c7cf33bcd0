#include "iam/escalation_edges.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/name.h"
#include "core/text.h"

namespace portolan::iam {
namespace {

using To = EscalationRow::To;

constexpr std::size_t kMostEdges = 200'000;
/// Of one role; more are not tried.
constexpr std::size_t kMostInstances = 1'000;
constexpr std::string_view kMaybeRunning = "something of that kind runs as the role";

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

/// True if a policy of the principal, or one above it, asks for one of the keys.
bool asks_for(const Directory& directory, const Principal& principal,
              std::span<const std::string_view> keys) {
  const auto is_wanted = [&](std::string_view key) {
    return std::ranges::find(keys, key) != keys.end();
  };
  const auto has_wanted = [&](const Pattern& value) {
    return std::ranges::any_of(value.variables(), is_wanted);
  };
  const auto asks = [&](const Policies& policies) {
    return std::ranges::any_of(policies, [&](const Policy* policy) {
      return std::ranges::any_of(policy->statements, [&](const Statement& statement) {
        return std::ranges::any_of(statement.resources.values, has_wanted) ||
               std::ranges::any_of(statement.tests, [&](const Test& test) {
                 return is_wanted(test.key) || std::ranges::any_of(test.values, has_wanted);
               });
      });
    });
  };
  const Authority authority = authority_of(directory, principal);
  return asks(authority.identity) || asks(authority.boundary) ||
         std::ranges::any_of(authority.service_control, asks);
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

}  // namespace

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

/// Finds the edges that leave masks, one mask after the other.
class EdgeFinder {
 public:
  EdgeFinder(Escalation& whole, std::span<const EscalationRow> rows)
      : whole_(whole), rows_(rows), abilities_(whole.extended_) {
    for (const RoleInstance& instance : whole.instances_) {
      instances_[instance.profile].push_back(&instance);
    }
    for (std::size_t i = 0; i < originals(); ++i) {
      const Principal& each = principal(i);
      asks_origin_.push_back(is_role(each) && asks_for(whole.extended_, each, kOrigin));
      asks_device_.push_back(is_user(each) && asks_for(whole.extended_, each, {&kDevice, 1}));
    }
  }

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
  /// Whom a need is about: a role or user, and of a role one of the instances that have it.
  struct Target {
    const Principal* principal = nullptr;
    const RoleInstance* instance = nullptr;
  };

  [[nodiscard]] const Principal& principal(std::size_t mask) const {
    return whole_.extended_.principals[mask];
  }
  /// Root users can do anything but what service control policies deny them, and so can who has any
  /// policy: of these only those ways are followed that lead around a limit of their own.
  [[nodiscard]] bool is_of_use(std::size_t mask, const EscalationRow& row) const {
    const bool leads_around = row.to == To::Assumed || row.to == To::Role || row.to == To::User ||
                              row.to == To::Unbounded || row.to == To::Left || row.to == To::Lifted;
    const Caller::Kind kind = principal(mask).caller.kind;
    return kind != Caller::Kind::Root &&
           (kind == Caller::Kind::Provider) == (row.to == To::SignedIn) &&
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
    whole_.leaving_.resize(whole_.masks_.size());
    if (target == from || (!row.condition.empty() && leads_freely(from, target))) {
      return;
    }
    whole_.leaving_[from].push_back(whole_.edges_.size());
    whole_.edges_.push_back({from, target, &row, ability});
  }

  /// True if a way that asks for nothing leads there already: then one under a condition tells no
  /// more.
  [[nodiscard]] bool leads_freely(std::size_t from, std::size_t to) const {
    return std::ranges::any_of(whole_.leaving_[from], [&](std::size_t number) {
      const EscalationEdge& edge = whole_.edges_[number];
      return edge.to == to && edge.ability == Ability{.may = Truth::Yes};
    });
  }

  /// What one need comes to; the target may be open.
  Ability need(std::size_t mask, std::string_view written, const Target& target,
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
                  const Target& target, std::string_view service) {
    const Principal& who = principal(mask);
    Context given;
    if (action == "iam:PassRole" && !service.empty()) {
      given.set("iam:PassedToService", std::string(service));
    }
    if (on.empty()) {
      return abilities_.ask_call(who, action, given);
    }
    std::vector<std::string> resources;
    if (on == "target" && target.principal == nullptr) {
      return {.may = Truth::Yes};  // asked again for each target
    }
    if (on == "instance") {
      return need_on_instance(who, action, target.instance);
    }
    if (on == "target" || on == "self") {
      resources = {on == "self" ? who.caller.name() : target.principal->caller.name()};
    } else if (on == "group") {
      resources = who.groups;
    } else if (on == "attached") {
      resources = own_policies(target.principal == nullptr ? who : *target.principal);
    }
    Ability some;
    for (const std::string& resource : resources) {
      some =
          either(some, resource.empty() ? Ability{} : abilities_.ask(who, action, resource, given));
    }
    return some;
  }

  /// Some instance at all, or the one.
  Ability need_on_instance(const Principal& who, std::string_view action,
                           const RoleInstance* instance) {
    const Ability call = abilities_.ask_call(who, action);
    return instance == nullptr || call.may == Truth::No
               ? call
               : both(call, abilities_.ask(who, action, instance->resource.arn.text(),
                                           context_of(instance->resource, find_action(action))));
  }

  Ability needs(std::size_t mask, const EscalationRow& row, const Target& target) {
    Ability all{.may = Truth::Yes};
    for (const std::string_view each : split(row.needs, ' ')) {
      if (!each.empty() && all.may != Truth::No) {
        all = both(all, need(mask, each, target, row.service));
      }
    }
    return all.may == Truth::No || row.condition.empty()
               ? all
               : both(all, {.may = Truth::Yes, .condition = std::string(row.condition)});
  }

  /// Calls `judge(number, target)` for the other principals of the account.
  template <class Judge>
  void each_target(std::size_t mask, const EscalationRow& row, bool are_users, Judge judge) {
    for (std::size_t t = 0; t < originals(); ++t) {
      const Principal& target = principal(t);
      const bool is_wanted = are_users ? is_user(target) : is_role(target);
      if (is_wanted && t != whole_.masks_[mask].principal &&
          target.caller.account == principal(mask).caller.account) {
        add(mask, session_of(t, row), row, judge(target));
      }
    }
  }

  /// The target as the way leads to it: a session of a role is not one from an instance, unless the
  /// way starts one.
  [[nodiscard]] Mask session_of(std::size_t target, const EscalationRow& row) const {
    Mask mask{.principal = target};
    const bool may_be_instance = row.service == "ec2.amazonaws.com" || row.to == To::OnInstance;
    if (asks_origin_[target] && !may_be_instance) {
      mask.instance = Mask::kElsewhere;
    }
    return mask;
  }

  void find(std::size_t mask, const EscalationRow& row) {
    const Principal& who = principal(mask);
    const bool fits = row.service.empty() || (row.service == "user" && is_user(who)) ||
                      (row.service == "role" && is_role(who));
    switch (row.to) {
      case To::Assumed:
        find_assumed(mask, row, [&](const Principal& role) {
          return abilities_.assume(principal(mask), role);
        });
        return;
      case To::SignedIn:
        find_assumed(mask, row, [&](const Principal& role) {
          return abilities_.sign_in(principal(mask), role);
        });
        return;
      case To::OnInstance:
        find_on_instances(mask, row);
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
            needs(mask, row, {}));
        return;
      case To::Lifted:
        find_lifted(mask, row);
        return;
      case To::Rewritten:
        find_rewritten(mask, row);
        return;
      case To::Verified:
        find_verified(mask, row);
        return;
      case To::User:
      case To::Role:
      case To::Passed:
      case To::Running:
      case To::Federated:
      case To::SingleSignOn:
        break;
    }
    const Ability general = needs(mask, row, {});
    if (general.may != Truth::No) {
      each_target(mask, row, row.to == To::User, [&](const Principal& target) {
        const Ability open = opens(mask, row, target);
        return open.may == Truth::No ? open : both(open, needs(mask, row, {&target}));
      });
    }
  }

  /// Itself, with one freedom more.
  void find_freedom(std::size_t mask, const EscalationRow& row, Mask::Freedom freedom,
                    bool is_open) {
    const Mask worn = whole_.masks_[mask];
    if (is_open && !worn.is_fresh) {
      add(mask, worn.with(freedom), row, needs(mask, row, {}));
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
    if (row.to == To::Federated) {
      return trusts_provider(target, row.service) ? yes : Ability{};
    }
    if (row.to == To::SingleSignOn) {
      return is_single_sign_on(target) ? yes : Ability{};
    }
    return yes;
  }

  template <class Judge>
  void find_assumed(std::size_t mask, const EscalationRow& row, Judge judge) {
    for (std::size_t t = 0; t < originals(); ++t) {
      if (is_role(principal(t)) && t != whole_.masks_[mask].principal) {
        add(mask, session_of(t, row), row, judge(principal(t)));
      }
    }
  }

  /// Roles of instances, by those of them that the way leads to.
  void find_on_instances(std::size_t mask, const EscalationRow& row) {
    if (needs(mask, row, {}).may == Truth::No) {
      return;
    }
    for (std::size_t t = 0; t < originals(); ++t) {
      const Principal& role = principal(t);
      if (t == whole_.masks_[mask].principal ||
          role.caller.account != principal(mask).caller.account) {
        continue;
      }
      Ability some;
      std::size_t tried = 0;
      for (const RoleInstance* instance : instances_of(role)) {
        if (++tried > kMostInstances || some == Ability{.may = Truth::Yes}) {
          break;
        }
        const Ability one = needs(mask, row, {&role, instance});
        if (asks_origin_[t]) {
          add(mask, {.principal = t, .instance = instance->resource.arn.text()}, row, one);
        } else {
          some = either(some, one);
        }
      }
      if (tried > kMostInstances) {
        some = either(some, {.may = Truth::Unknown,
                             .condition = "it is one of more instances than are tried"});
      }
      add(mask, {.principal = t}, row, some);
    }
  }

  [[nodiscard]] std::vector<const RoleInstance*> instances_of(const Principal& role) const {
    std::vector<const RoleInstance*> all;
    for (const std::string& profile : role.instance_profiles) {
      if (const auto found = instances_.find(profile); found != instances_.end()) {
        all.insert(all.end(), found->second.begin(), found->second.end());
      }
    }
    return all;
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

  /// Edges that leave the mask so far; more may be added meanwhile.
  [[nodiscard]] std::vector<EscalationEdge> leaving(std::size_t mask) const {
    std::vector<EscalationEdge> edges;
    for (const std::size_t number :
         mask < whole_.leaving_.size() ? whole_.leaving_[mask] : std::vector<std::size_t>{}) {
      edges.push_back(whole_.edges_[number]);
    }
    return edges;
  }

  /// Whom an earlier row leads to and whose rights can be rewritten, may do what its limits let
  /// through.
  void find_rewritten(std::size_t mask, const EscalationRow& row) {
    for (const EscalationEdge& edge : leaving(mask)) {
      const Mask target = whole_.masks_[edge.to];
      const Principal& who = principal(edge.to);
      const bool fits = row.service.empty() || (row.service == "user") == is_user(who);
      if (target.is_as_told() && fits && edge.row->to != To::Rewritten) {
        add(mask, target.with(Mask::AnyPolicy), row,
            both(edge.ability, needs(mask, row, {&whole_.extended_.principals[edge.to]})));
      }
    }
  }

  /// Users whom an earlier row leads to and whose policies ask for MFA: a device of one's own meets
  /// that. SOURCE: IAM User Guide, "Enable a virtual MFA device": a user may have eight.
  void find_verified(std::size_t mask, const EscalationRow& row) {
    for (const EscalationEdge& edge : leaving(mask)) {
      const Mask target = whole_.masks_[edge.to];
      const bool asks = target.principal < originals() && asks_device_[target.principal];
      if (asks && target.is_as_told()) {
        add(mask, target.with(Mask::OtherDevice), row,
            both(edge.ability, needs(mask, row, {&whole_.extended_.principals[edge.to]})));
      }
    }
  }

  /// The management account sets the limits of all others, and so does an account that it delegates
  /// that to, its own included: whom it leads to is free of them.
  /// SOURCE: AWS Organizations User Guide, "Service control policies".
  void find_lifted(std::size_t mask, const EscalationRow& row) {
    const auto& organization = whole_.source_.organization;
    if (!organization || whole_.masks_[mask].freedoms & Mask::NoOrganization) {
      return;
    }
    const bool is_management = organization->management_account == principal(mask).caller.account;
    const Ability lifts = is_management ? needs(mask, row, {}) : delegated(mask, row);
    if (lifts.may == Truth::No) {
      return;
    }
    if (is_limited_above(principal(mask))) {
      add(mask, whole_.masks_[mask].with(Mask::NoOrganization), row, lifts);
    }
    for (const EscalationEdge& edge : leaving(mask)) {
      if (is_limited_above(principal(edge.to)) && edge.row->to != To::Lifted) {
        add(mask, whole_.masks_[edge.to].with(Mask::NoOrganization), row,
            both(edge.ability, lifts));
      }
    }
  }

  /// Accounts cannot be moved by whom the care for policies is delegated to.
  Ability delegated(std::size_t mask, const EscalationRow& row) {
    Ability some;
    for (const std::string_view action : split(row.needs, '|')) {
      if (action != "organizations:MoveAccount") {
        some = either(some, abilities_.delegated(principal(mask), action));
      }
    }
    return some;
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
  std::map<std::string, std::vector<const RoleInstance*>, std::less<>> instances_;  // by profile
  std::vector<bool> asks_origin_;  // a role whose policies tell its sessions apart
  std::vector<bool> asks_device_;  // a user whose policies ask for MFA
  std::span<const EscalationRow> rows_;
  Abilities abilities_;
};

void find_edges(Escalation& whole, std::span<const EscalationRow> rows) {
  EdgeFinder(whole, rows).run();
}

}  // namespace portolan::iam
