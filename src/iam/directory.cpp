#include "iam/directory.h"

#include <algorithm>
#include <array>

#include "iam/actions.h"

namespace portolan::iam {
namespace {

constexpr std::array<std::string_view, 8> kPrincipalKeys = {
    "aws:principalarn",   "aws:principalaccount",  "aws:principaltype",         "aws:username",
    "aws:principalorgid", "aws:principalorgpaths", "aws:principalisawsservice", "aws:userid"};
constexpr std::string_view kSourceEndpoint = "aws:sourcevpce";
constexpr std::string_view kPrincipalTag = "aws:principaltag/";

/// A chain longer than any organization's: a cycle in hostile input ends.
constexpr int kMostLevels = 16;

/// From the root to the account; nothing if the account has no place in the tree.
std::vector<const OrganizationNode*> levels_above(const Organization& organization,
                                                  std::string_view account) {
  std::vector<const OrganizationNode*> levels;
  std::string_view id = account;
  while (!id.empty()) {
    const auto node = organization.nodes.find(id);
    if (node == organization.nodes.end() || levels.size() == kMostLevels) {
      return {};
    }
    levels.push_back(&node->second);
    id = node->second.parent;
  }
  std::ranges::reverse(levels);
  return levels;
}

const Policy* not_collected() {
  static const Policy kUnknown = unknown_policy(
      "service control policies", "the organization and its policies were not collected");
  return &kUnknown;
}

std::string_view type_of(Caller::Kind kind) {
  switch (kind) {
    case Caller::Kind::User:
      return "User";
    case Caller::Kind::Role:
      return "AssumedRole";
    case Caller::Kind::FederatedUser:
      return "FederatedUser";
    case Caller::Kind::Root:
      return "Account";
    case Caller::Kind::Service:
      return "Service";
    case Caller::Kind::Provider:
    case Caller::Kind::Anonymous:
      return "Anonymous";
  }
  return "";
}

}  // namespace

Authority authority_of(const Directory& directory, const Principal& principal) {
  Authority authority{.identity = principal.identity, .boundary = principal.boundary};
  if (directory.has_no_organization || principal.has_left) {
    return authority;
  }
  const auto& organization = directory.organization;
  if (organization && organization->management_account == principal.caller.account) {
    return authority;
  }
  const auto levels = organization ? levels_above(*organization, principal.caller.account)
                                   : std::vector<const OrganizationNode*>{};
  for (const OrganizationNode* level : levels) {
    authority.service_control.push_back(level->service_control);
    authority.resource_control.push_back(level->resource_control);
  }
  if (levels.empty()) {
    authority.service_control.push_back({not_collected()});
  }
  return authority;
}

Authority authority_of(const Directory& directory, const Principal& principal,
                       const Request& request) {
  Authority authority = authority_of(directory, principal);
  const Context::Entry* endpoint = request.context.find(kSourceEndpoint);
  const auto gate = endpoint == nullptr || endpoint->values.size() != 1
                        ? directory.endpoints.end()
                        : directory.endpoints.find(endpoint->values.front());
  if (gate != directory.endpoints.end() && gate->second.service == service_of(request.action)) {
    authority.endpoint = Policies{gate->second.policy};
  }
  return authority;
}

std::vector<Policies> resource_controls_of(const Directory& directory, std::string_view account) {
  const auto& organization = directory.organization;
  if (directory.has_no_organization ||
      (organization && organization->management_account == account)) {
    return {};
  }
  std::vector<Policies> controls;
  if (organization) {
    for (const OrganizationNode* level : levels_above(*organization, account)) {
      controls.push_back(level->resource_control);
    }
  }
  return controls.empty() ? std::vector<Policies>{{not_collected()}} : controls;
}

Context context_of(const Directory& directory, const Principal& principal) {
  const Caller& caller = principal.caller;
  Context context;
  context.set("aws:PrincipalArn", caller.kind == Caller::Kind::Role ? caller.role_arn : caller.arn);
  context.set("aws:PrincipalAccount", caller.account);
  context.set("aws:PrincipalType", std::string(type_of(caller.kind)));
  context.set("aws:PrincipalIsAWSService", "false");
  if (caller.kind == Caller::Kind::User) {
    context.set("aws:username", principal.name);
  }
  if (caller.kind != Caller::Kind::Role && !principal.id.empty()) {
    context.set("aws:userid", principal.id);
  } else {
    context.set_ambiguous("aws:userid");  // AROA…:session, where the session's name is open
  }
  for (const auto& [tag, value] : principal.tags) {
    context.set("aws:PrincipalTag/" + tag, value);
  }
  if (directory.organization) {
    context.set("aws:PrincipalOrgID", directory.organization->id);
    std::string path = directory.organization->id + '/';
    for (const auto* level : levels_above(*directory.organization, caller.account)) {
      path += level->id == caller.account ? "" : level->id + '/';
    }
    context.set_list("aws:PrincipalOrgPaths", {path});
  } else if (!directory.has_no_organization) {
    context.set_ambiguous("aws:PrincipalOrgID");
    context.set_ambiguous("aws:PrincipalOrgPaths");
  }
  for (const auto& [key, entry] : principal.session.given.entries()) {
    context.set(key, entry);
  }
  return context;
}

bool is_principal_key(std::string_view key) {
  return key.starts_with(kPrincipalTag) ||
         std::ranges::find(kPrincipalKeys, key) != kPrincipalKeys.end();
}

}  // namespace portolan::iam
