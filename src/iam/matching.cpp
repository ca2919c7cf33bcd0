#include "iam/matching.h"

#include <algorithm>

namespace portolan::iam {
namespace {

Truth covers_value(const Pattern& value, const Request& request, PolicyKind kind) {
  if (value.is_ambiguous(request.context)) {
    return Truth::Unknown;
  }
  const auto glob = value.resolved(request.context);
  if (!glob) {
    return Truth::No;
  }
  if (request.is_wildcard_only) {
    return truth(glob->is_everything());
  }
  return covers_resource(*glob, request.resource, padding_of(kind));
}

/// A variable without a value makes `Resource` cover nothing, and `NotResource` too.
bool has_unresolved(const Element<Pattern>& resources, const Context& context) {
  return std::ranges::any_of(resources.values, [&](const Pattern& value) {
    return !value.is_ambiguous(context) && !value.resolved(context);
  });
}

Truth is_naming(const PrincipalName& name, const std::string& caller) {
  return truth(!caller.empty() && name.value == caller);
}

bool is_account(const PrincipalName& name, const std::string& account) {
  return !account.empty() &&
         (name.value == account ||
          (name.value.starts_with("arn:") && name.value.ends_with(":iam::" + account + ":root")));
}

void add_naming(Naming& naming, const PrincipalName& name, const Caller& caller) {
  switch (name.kind) {
    case PrincipalName::Kind::Everyone:
      naming.itself = Truth::Yes;
      return;
    case PrincipalName::Kind::Service:
      naming.itself =
          naming.itself || truth(caller.kind == Caller::Kind::Service && name.value == caller.arn);
      return;
    case PrincipalName::Kind::Aws:
      break;
    case PrincipalName::Kind::Federated:
      naming.itself =
          naming.itself || truth(caller.kind == Caller::Kind::Provider && name.value == caller.arn);
      return;
    case PrincipalName::Kind::CanonicalUser:
      return;
  }
  if (is_account(name, caller.account)) {
    (caller.kind == Caller::Kind::Root ? naming.itself : naming.account) = Truth::Yes;
  } else if (caller.kind == Caller::Kind::Role) {
    naming.role = naming.role || is_naming(name, caller.role_arn);
    naming.itself = naming.itself || is_naming(name, caller.session);
  } else {
    naming.itself = naming.itself || is_naming(name, caller.arn);
  }
}

/// Everyone but the named: a caller is spared who is named in any way.
/// SOURCE: IAM User Guide, "NotPrincipal": with Deny it always hits principals that have a
/// permissions boundary.
Naming but_named(const Naming& named, const Statement& statement, bool has_boundary) {
  const bool is_always_hit = statement.effect == Effect::Deny && has_boundary;
  return Naming{.itself = is_always_hit ? Truth::Yes : !named.any()};
}

}  // namespace

/// How AWS, and the peer that was observed, read an ARN of fewer than six parts.
ShortArn padding_of(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::Identity:
    case PolicyKind::Boundary:
    case PolicyKind::Session:
      return ShortArn::Padded;
    case PolicyKind::ServiceControl:
      return ShortArn::PaddedIfOpenEnd;
    case PolicyKind::ResourceControl:
      return ShortArn::Refused;
    case PolicyKind::Resource:
    case PolicyKind::Endpoint:
      return ShortArn::PaddedIfWild;
  }
  return ShortArn::Refused;
}

Truth covers_action(const Element<Glob>& actions, std::string_view action) {
  if (!actions.is_readable) {
    return Truth::Unknown;
  }
  const bool is_named =
      std::ranges::any_of(actions.values, [&](const Glob& glob) { return matches(glob, action); });
  return truth(actions.is_present && is_named != actions.is_negated);
}

Truth covers_resource(const Statement& statement, const Request& request, PolicyKind kind) {
  const Element<Pattern>& resources = statement.resources;
  if (!resources.is_present) {
    return kind == PolicyKind::Resource && resources.is_readable ? Truth::Yes : Truth::Unknown;
  }
  if (!resources.is_readable) {
    return Truth::Unknown;
  }
  Truth is_covered = Truth::No;
  for (const Pattern& value : resources.values) {
    is_covered = is_covered || covers_value(value, request, kind);
  }
  if (!resources.is_negated) {
    return is_covered;
  }
  return has_unresolved(resources, request.context) ? Truth::No : !is_covered;
}

Naming names_caller(const Statement& statement, const Request& request, PolicyKind kind,
                    bool has_boundary) {
  const bool needs_principal = kind == PolicyKind::Resource || kind == PolicyKind::Endpoint ||
                               kind == PolicyKind::ResourceControl;
  const Element<PrincipalName>& principals = statement.principals;
  if (!needs_principal || !principals.is_present) {
    return Naming{.itself = truth(kind != PolicyKind::Resource)};
  }
  Naming naming;
  for (const PrincipalName& name : principals.values) {
    add_naming(naming, name, request.caller);
  }
  if (!principals.is_readable) {
    naming.itself = naming.itself || Truth::Unknown;
  }
  return principals.is_negated ? but_named(naming, statement, has_boundary) : naming;
}

Truth holds(const std::vector<Test>& tests, const Context& context) {
  Truth all = Truth::Yes;
  for (const Test& test : tests) {
    all = all && holds(test, context);
    if (all == Truth::No) {
      break;
    }
  }
  return all;
}

Truth covers_but_principal(const Statement& statement, const Request& request, PolicyKind kind) {
  Truth result = covers_action(statement.actions, folded(request.action));
  if (result != Truth::No) {
    result = result && covers_resource(statement, request, kind);
  }
  if (result != Truth::No) {
    result = result && holds(statement.tests, request.context);
  }
  return statement.fault.empty() ? result : result && Truth::Unknown;
}

}  // namespace portolan::iam
