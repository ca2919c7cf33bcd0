#include "iam/ability.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/name.h"
#include "iam/actions.h"
#include "iam/matching.h"
#include "iam/resource.h"
#include "iam/resource_samples.h"

namespace portolan::iam {
namespace {

constexpr std::size_t kMostResources = 64;

/// What the principal decides is certain; so is that keys are absent which the action does not
/// support.
Knowledge knowledge_of(const Context& given, const Context& own, std::string_view action,
                       const std::string& resource) {
  Knowledge knowledge;
  knowledge.add("aws:PrincipalTag/*", Knowledge::Degree::Value);
  for (const Context* context : {&own, &given}) {
    for (const auto& [key, entry] : context->entries()) {
      if (!entry.is_ambiguous) {
        knowledge.add(key, Knowledge::Degree::Value);
      }
    }
  }
  if (const ActionRow* row = find_action(action)) {
    knowledge.limit_to(row, find_use(*row, resource));
  }
  return knowledge;
}

/// Keys that no request of a session holds are certainly absent.
void know_session(Knowledge& knowledge, const Principal& principal) {
  for (const std::string& key : principal.session.absent) {
    knowledge.add(key, Knowledge::Degree::Value);
  }
}

Ability ability_of(const OpenDecision& open) {
  const Outcome outcome = open.decision.outcome;
  Ability ability{.may = outcome == Outcome::Allowed   ? Truth::Yes
                         : outcome == Outcome::Unknown ? Truth::Unknown
                                                       : Truth::No};
  if (ability.may == Truth::Yes && open.condition.kind != Formula::Kind::Always) {
    ability.condition = words(open.condition);
  }
  return ability;
}

/// False if no statement of the policies can allow the action, whatever the resource.
bool grants_action(const Policies& policies, std::string_view action) {
  const std::string name = folded(action);
  return std::ranges::any_of(policies, [&](const Policy* policy) {
    return std::ranges::any_of(policy->statements, [&](const Statement& statement) {
      return statement.effect != Effect::Deny &&
             covers_action(statement.actions, name) != Truth::No;
    });
  });
}

/// True if no statement about the action tells resources apart.
bool is_alike_for_all(const Policies& policies, std::string_view action) {
  const std::string name = folded(action);
  return std::ranges::all_of(policies, [&](const Policy* policy) {
    return std::ranges::all_of(policy->statements, [&](const Statement& statement) {
      const auto& values = statement.resources.values;
      return covers_action(statement.actions, name) == Truth::No ||
             std::ranges::all_of(values, [](const Pattern& value) { return value.text() == "*"; });
    });
  });
}

bool is_alike_for_all(const Authority& authority, std::string_view action) {
  return is_alike_for_all(authority.identity, action) &&
         is_alike_for_all(authority.boundary, action) &&
         (authority.resource_policy == nullptr ||
          is_alike_for_all(Policies{authority.resource_policy}, action)) &&
         std::ranges::all_of(authority.service_control, [&](const Policies& level) {
           return is_alike_for_all(level, action);
         });
}

/// False if one kind of policy that must allow the action cannot.
bool may_grant(const Principal& principal, const Authority& authority, std::string_view action) {
  const bool is_root = principal.caller.kind == Caller::Kind::Root;
  return (is_root || grants_action(authority.identity, action)) &&
         (authority.boundary.empty() || grants_action(authority.boundary, action)) &&
         (principal.caller.is_service_linked() ||
          std::ranges::all_of(authority.service_control,
                              [&](const Policies& level) { return grants_action(level, action); }));
}

std::string partition_of(const Principal& principal) {
  const std::string& arn = principal.caller.name();
  return arn.substr(4, arn.find(':', 4) - 4);
}

}  // namespace

Ability both(const Ability& a, const Ability& b) {
  Ability result{.may = a.may && b.may, .condition = a.condition};
  if (!b.condition.empty() && b.condition != a.condition) {
    result.condition += (result.condition.empty() ? "" : " and ") + b.condition;
  }
  return result;
}

Ability either(const Ability& a, const Ability& b) {
  if (a.may != b.may) {
    return a.may > b.may ? a : b;
  }
  return a.condition.empty() ? a : b;
}

Ability Abilities::ask(const Principal& principal, std::string_view action,
                       const std::string& resource, const Context& given) {
  return ask_owner(principal, action, resource, given, principal.caller.account, nullptr);
}

Ability Abilities::ask_owner(const Principal& principal, std::string_view action,
                             const std::string& resource, const Context& given,
                             const std::string& owner, const Policy* policy) {
  std::string text = policy == nullptr ? "" : policy->name;
  for (const auto& [key, entry] : given.entries()) {
    text += fmt::format("{}={} ", key, fmt::join(entry.values, ","));
  }
  const Question question(&principal, std::string(action), resource, std::move(text));
  if (const auto found = known_.find(question); found != known_.end()) {
    return found->second;
  }
  const ActionRow* row = find_action(action);
  Request request{.caller = principal.caller,
                  .action = std::string(action),
                  .resource = resource,
                  .account = owner,
                  .context = context_of(directory_, principal),
                  .is_wildcard_only = row != nullptr && uses_of(*row).empty()};
  const Context own = request.context;
  for (const auto& [key, entry] : given.entries()) {
    request.context.set(key, entry);
  }
  Authority authority = authority_of(directory_, principal);
  authority.resource_policy = policy;
  Knowledge knowledge = knowledge_of(given, own, action, resource);
  know_session(knowledge, principal);
  Ability best;
  const bool is_pattern = !request.is_wildcard_only && is_resource_pattern(resource);
  if (!may_grant(principal, authority, action)) {
    return known_.emplace(question, best).first->second;
  }
  if (is_pattern) {  // most are allowed on anything, or on nothing
    std::ranges::replace(request.resource, '*', 'x');
  }
  best = ability_of(decide_open(request, authority, knowledge));
  if (!is_pattern || best == Ability{.may = Truth::Yes} || is_alike_for_all(authority, action)) {
    return known_.emplace(question, std::move(best)).first->second;
  }
  request.resource = resource;
  if (auto samples = sample_resources(request, authority)) {
    samples->resize(std::min(samples->size(), kMostResources));
    for (const std::string& sample : *samples) {
      request.resource = sample;
      best = either(best, ability_of(decide_open(request, authority, knowledge)));
    }
  } else {
    best.may = Truth::Unknown;
  }
  return known_.emplace(question, std::move(best)).first->second;
}

Ability Abilities::ask_call(const Principal& principal, std::string_view action,
                            const Context& given) {
  const ActionRow* row = find_action(action);
  if (row == nullptr || uses_of(*row).empty()) {
    return ask(principal, action, "*", given);
  }
  Ability all{.may = Truth::Yes};
  Ability some;
  bool has_required = false;
  for (const ResourceUse& use : uses_of(*row)) {
    const ResourceType& type = type_of(use);
    const std::string pattern =
        fmt::format("arn:{}:{}:*:*:{}*", partition_of(principal), type.service, type.stem);
    const Ability one = ask(principal, action, pattern, given);
    some = either(some, one);
    if (use.is_required) {
      has_required = true;
      all = both(all, one);
    }
  }
  return has_required ? all : some;
}

Ability Abilities::assume(const Principal& principal, const Principal& role, const Policy* trust) {
  return assume_by("sts:AssumeRole", principal, role, trust == nullptr ? role.trust : trust, {});
}

Ability Abilities::assume_by(std::string_view action, const Principal& principal,
                             const Principal& role, const Policy* trust, const Context& given) {
  if (trust == nullptr) {
    return {};
  }
  Request request{.caller = principal.caller,
                  .action = std::string(action),
                  .resource = role.caller.role_arn,
                  .account = role.caller.account,
                  .context = context_of(directory_, principal)};
  const Context own = request.context;
  for (const auto& [key, entry] : given.entries()) {
    request.context.set(key, entry);
  }
  Authority authority = authority_of(directory_, principal);
  authority.resource_policy = trust;
  authority.must_grant_itself = true;
  authority.resource_control = resource_controls_of(directory_, role.caller.account);
  Knowledge knowledge = knowledge_of(given, own, request.action, request.resource);
  know_session(knowledge, principal);
  return ability_of(decide_open(request, authority, knowledge));
}

Ability Abilities::sign_in(const Principal& provider, const Principal& role) {
  if (role.trust == nullptr) {
    return {};
  }
  const bool is_saml = provider.caller.arn.find(":saml-provider/") != std::string::npos;
  Request request{.caller = provider.caller,
                  .action = is_saml ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity",
                  .resource = role.caller.role_arn,
                  .account = role.caller.account};
  request.context.set("aws:FederatedProvider", provider.caller.arn);
  Authority authority;
  authority.resource_policy = role.trust;
  authority.resource_control = resource_controls_of(directory_, role.caller.account);
  Knowledge knowledge;
  knowledge.add("aws:FederatedProvider", Knowledge::Degree::Value);
  return ability_of(decide_open(request, authority, knowledge));
}

Ability Abilities::tag_session(const Principal& principal, const Principal& role,
                               const std::string& key, const std::string& value) {
  Context given;
  given.set("aws:RequestTag/" + key, value);
  given.set_list("aws:TagKeys", {key});
  return both(assume_by("sts:AssumeRole", principal, role, role.trust, given),
              assume_by("sts:TagSession", principal, role, role.trust, given));
}

Ability Abilities::delegated(const Principal& principal, std::string_view action) {
  const auto& organization = directory_.organization;
  if (!organization || (organization->is_delegation_known && organization->delegation == nullptr)) {
    return {};
  }
  if (!organization->is_delegation_known) {
    Ability own = ask_call(principal, action);
    if (own.may != Truth::No) {
      own = both(own, {.may = Truth::Unknown,
                       .condition = "the organization delegates that to the account, of which "
                                    "nothing was collected"});
    }
    return own;
  }
  Context given;
  given.set("organizations:PolicyType", "SERVICE_CONTROL_POLICY");
  const std::string policies =
      fmt::format("arn:{}:organizations::{}:policy/{}/service_control_policy/*",
                  partition_of(principal), organization->management_account, organization->id);
  return ask_owner(principal, action, policies, given, organization->management_account,
                   organization->delegation);
}

Ability Abilities::trusts(const Principal& role, std::string_view service) {
  if (role.trust == nullptr) {
    return {};
  }
  const std::pair question(role.trust, std::string(service));
  if (const auto found = trusted_.find(question); found != trusted_.end()) {
    return found->second;
  }
  const Request request{.caller = Caller::parse(service),
                        .action = "sts:AssumeRole",
                        .resource = role.caller.role_arn,
                        .account = role.caller.account};
  Authority authority;
  authority.resource_policy = role.trust;
  authority.resource_control = resource_controls_of(directory_, role.caller.account);
  return trusted_.emplace(question, ability_of(decide_open(request, authority, {}))).first->second;
}

}  // namespace portolan::iam
