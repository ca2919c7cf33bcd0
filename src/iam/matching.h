#pragma once

#include <string_view>

#include "iam/policy.h"
#include "iam/request.h"
#include "iam/truth.h"

/// Whether a statement covers a request, element by element.
/// SOURCE: IAM User Guide, "IAM JSON policy elements" Action, NotAction, Resource, NotResource,
/// Principal, NotPrincipal, Condition.
namespace portolan::iam {

/// `action` is folded.
Truth covers_action(const Element<Glob>& actions, std::string_view action);

/// A statement without the element covers all resources in a resource policy (the one that it is
/// attached to), elsewhere it is not known what it covers.
Truth covers_resource(const Statement& statement, const Request& request, PolicyKind kind);

/// How a resource's policy names a caller; the more exact, the less else limits the grant. A value
/// that is nothing else is a no.
template <class Value>
struct NamingOf {
  Value account{};  // the caller's account, which only delegates to its policies
  Value role{};     // the role
  Value itself{};   // the user, the session, the service, or everyone

  [[nodiscard]] Value any() const { return account || role || itself; }
};
using Naming = NamingOf<Truth>;

/// Without the element: everyone in endpoint and resource control policies, nobody in resource
/// policies. Policies of identities need no principal, and one in them says nothing.
Naming names_caller(const Statement& statement, const Request& request, PolicyKind kind,
                    bool has_boundary);

/// All tests hold.
Truth holds(const std::vector<Test>& tests, const Context& context);

/// All but the principal; never Yes for a statement with a fault.
Truth covers_but_principal(const Statement& statement, const Request& request, PolicyKind kind);

/// How policies of the kind read a resource of fewer than six parts.
ShortArn padding_of(PolicyKind kind);

}  // namespace portolan::iam
