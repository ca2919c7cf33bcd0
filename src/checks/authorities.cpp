#include "checks/authorities.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::checks {
namespace {

using iam::ChangeAction;
using iam::ChangeKind;
using iam::Verdict;

constexpr std::size_t kExamplesMost = 20;

/// Which changes of which resources count. SOURCE: Service Authorization Reference, Amazon EC2; to
/// give an interface another group is as good as to change the one that it has.
struct FieldRow {
  Field field;
  std::string_view type;
  std::string_view actions;  // with spaces between; empty: all of rules and associations
};
constexpr std::array kFields = {
    FieldRow{Field::Groups, "security-group/", ""},
    FieldRow{Field::Groups, "prefix-list/", ""},
    FieldRow{Field::Groups, "network-interface/", "ec2:ModifyNetworkInterfaceAttribute"},
    FieldRow{Field::Groups, "loadbalancer/",
             "elasticloadbalancing:SetSecurityGroups "
             "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer"},
    FieldRow{Field::Paths, "network-acl/", ""},
    FieldRow{Field::Paths, "route-table/", ""},
    FieldRow{Field::Paths, "internet-gateway/", ""},
};

bool counts(const FieldRow& row, const ChangeAction& action) {
  if (action.type != row.type ||
      (action.change != ChangeKind::Rules && action.change != ChangeKind::Attach)) {
    return false;
  }
  const std::vector<std::string_view> wanted = split(row.actions, ' ');
  return row.actions.empty() || std::ranges::find(wanted, action.action) != wanted.end();
}

std::vector<ChangeAction> actions_of(Field field) {
  std::vector<ChangeAction> actions;
  for (const ChangeAction& action : iam::change_actions()) {
    if (std::ranges::any_of(kFields, [&](const FieldRow& row) {
          return row.field == field && counts(row, action);
        })) {
      actions.push_back(action);
    }
  }
  return actions;
}

std::vector<std::string> names_of(const std::vector<ChangeAction>& actions) {
  std::vector<std::string> names;
  for (const ChangeAction& action : actions) {
    names.emplace_back(action.action);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::vector<iam::Resource> resources_of(const Snapshot& snapshot,
                                        const std::vector<ChangeAction>& actions) {
  std::vector<iam::Resource> resources = iam::changeable_resources(snapshot);
  std::erase_if(resources, [&](const iam::Resource& resource) {
    return std::ranges::none_of(actions, [&](const ChangeAction& action) {
      return resource.arn.resource().starts_with(action.type);
    });
  });
  return resources;
}

/// One more action on one more resource.
void add(FieldPower& power, Verdict verdict, std::string_view action, std::string_view id) {
  if (verdict < power.verdict) {
    return;
  }
  if (verdict > power.verdict) {
    power = {.verdict = verdict};
  }
  power.actions.emplace(action);
  if (power.examples.empty() || power.examples.back() != id) {
    ++power.resources;  // grants come resource by resource
    if (power.examples.size() < kExamplesMost) {
      power.examples.emplace_back(id);
    } else {
      power.examples.back() = id;
    }
  }
}

/// Reads the engine's answers once, resource by resource.
class Reader {
 public:
  Reader(const iam::Directory& directory, const Authority& authority, const iam::Who& who,
         const std::vector<ChangeAction>& actions)
      : directory_(directory), authority_(authority), who_(who), actions_(actions) {}

  void read(std::vector<FieldPower>& all, std::vector<FieldPower>& beyond) {
    all.resize(directory_.principals.size());
    beyond.resize(authority_.directory->principals.size());
    for (std::size_t row = 0; row < who_.resources().size(); ++row) {
      for (const iam::Grant& grant : who_.of_resource(row)) {
        take(grant, row, all, beyond);
      }
    }
    explain(beyond);
    explain(all);
  }

 private:
  void take(const iam::Grant& grant, std::size_t row, std::vector<FieldPower>& all,
            std::vector<FieldPower>& beyond) {
    const iam::Resource& resource = who_.resources()[row];
    const std::string& action = who_.actions()[grant.action];
    const auto change = std::ranges::find_if(actions_, [&](const ChangeAction& each) {
      return each.action == action && resource.arn.resource().starts_with(each.type);
    });
    if (change == actions_.end()) {
      return;
    }
    const std::string_view last = resource.arn.resource();
    const std::string_view id = last.substr(last.find('/') + 1);
    add(all[grant.principal], grant.verdict, action, id);
    firsts_.try_emplace({grant.principal, grant.verdict}, std::pair(grant.action, row));
    if (grant.principal >= beyond.size()) {
      return;
    }
    const iam::Principal& principal = directory_.principals[grant.principal];
    const bool is_meant = authority_.allowed != nullptr
                              ? authority_.allowed->allows(principal, resource, *change)
                              : principal.caller.kind == iam::Caller::Kind::Root;
    if (!is_meant) {
      add(beyond[grant.principal], grant.verdict, action, id);
    }
  }

  /// The words for the first resource of each.
  void explain(std::vector<FieldPower>& powers) {
    for (std::size_t p = 0; p < powers.size(); ++p) {
      FieldPower& power = powers[p];
      const auto first = firsts_.find({p, power.verdict});
      const bool needs_words =
          power.verdict == Verdict::Possible || power.verdict == Verdict::Unknown;
      if (needs_words && first != firsts_.end()) {
        iam::Answer answer = who_.explain(p, first->second.first, first->second.second);
        power.condition = std::move(answer.condition);
        power.reasons = std::move(answer.reasons);
      }
    }
  }

  const iam::Directory& directory_;  // principals, and what they may become
  const Authority& authority_;
  const iam::Who& who_;
  const std::vector<ChangeAction>& actions_;
  std::map<std::pair<std::size_t, Verdict>, std::pair<std::size_t, std::size_t>> firsts_;
};

}  // namespace

Authorities::Authorities(const Snapshot& snapshot, const Authority& authority)
    : authority_(authority) {
  if (!is_known()) {
    return;
  }
  for (const iam::Principal& principal : directory().principals) {
    accounts_.insert(principal.caller.account);
  }
  judge(snapshot);
}

void Authorities::judge(const Snapshot& snapshot) {
  std::vector<iam::RoleInstance> instances = iam::instances_with_roles(snapshot);
  if (!instances.empty() && directory().principals.size() <= kMostForDetours) {
    escalation_ = std::make_unique<iam::Escalation>(directory(), std::move(instances));
  }
  const iam::Directory& judged = escalation_ ? escalation_->directory() : directory();
  for (const Field field : {Field::Groups, Field::Paths}) {
    const std::vector<ChangeAction> actions = actions_of(field);
    const iam::Who who(judged, resources_of(snapshot, actions), names_of(actions));
    Reader(judged, authority_, who, actions).read(of(field).all, of(field).beyond);
  }
}

bool Authorities::lacks_organization() const {
  return is_known() && !directory().organization && !directory().has_no_organization;
}

const FieldPower& Authorities::beyond_intent(Field field, std::size_t principal) const {
  return of(field).beyond[principal];
}

std::string Authorities::detour_of(std::size_t principal) const {
  if (!escalation_) {
    return "";
  }
  std::set<std::size_t> goals;
  for (const Powers& powers : powers_) {
    for (std::size_t mask = 0; mask < powers.all.size(); ++mask) {
      if (mask != principal && powers.all[mask].verdict >= Verdict::Possible) {
        goals.insert(mask);
      }
    }
  }
  const auto paths = escalation_->paths(principal, goals, 1);
  return paths.empty() ? "" : iam::text(*escalation_, paths.front());
}

std::optional<RolePower> Authorities::of_profile(const std::string& profile) const {
  if (!is_known()) {
    return std::nullopt;
  }
  const auto& principals = directory().principals;
  const auto role = std::ranges::find_if(principals, [&](const iam::Principal& each) {
    return std::ranges::find(each.instance_profiles, profile) != each.instance_profiles.end();
  });
  if (role == principals.end()) {
    return std::nullopt;
  }
  const auto number = static_cast<std::size_t>(role - principals.begin());
  RolePower power{.role = &*role};
  for (const Powers& powers : powers_) {
    const FieldPower& part = powers.all[number];
    if (part.verdict > power.verdict) {
      power.verdict = part.verdict;
      power.actions.clear();
      power.condition = part.condition;
    }
    if (part.verdict == power.verdict && part.verdict != Verdict::Never) {
      power.actions.insert(part.actions.begin(), part.actions.end());
    }
  }
  if (power.verdict < Verdict::Possible) {
    power.detour = detour_of(number);
  }
  return power;
}

std::string actions_text(const std::set<std::string>& actions) {
  constexpr std::size_t most = 4;
  std::vector<std::string> shown;
  for (const std::string& action : actions) {
    if (shown.size() < most) {
      shown.push_back(action.substr(action.find(':') + 1));
    }
  }
  const std::size_t more = actions.size() - shown.size();
  return joined(shown, ", ") + (more == 0 ? "" : fmt::format(" and {} more", more));
}

std::string no_details_of(std::string_view account) {
  return fmt::format("`aws iam get-account-authorization-details` was not collected for {}",
                     account);
}

std::string name_of(const iam::Principal& principal) {
  const std::string& arn = principal.caller.name();
  return arn.substr(arn.rfind(':') + 1);
}

}  // namespace portolan::checks
