#pragma once

#include <optional>
#include <string>
#include <vector>

#include "iam/caller.h"
#include "iam/context.h"
#include "iam/policy.h"
#include "iam/truth.h"

namespace portolan::iam {

/// What a policy is attached to, which decides how it is read.
enum class PolicyKind : std::uint8_t {
  Identity,
  Boundary,
  Session,
  ServiceControl,
  ResourceControl,
  Resource,
  Endpoint,
};

/// One action on one resource, with all that is known about it. It is the whole truth: no key is
/// derived, none is dropped.
struct Request {
  Caller caller;
  std::string action;    // `ec2:DeleteSecurityGroup`
  std::string resource;  // an ARN
  std::string account;   // that owns the resource
  Context context;
  bool is_wildcard_only = false;  // the action takes no resource: only `*` covers it
};

/// Borrowed policies of one kind.
using Policies = std::vector<const Policy*>;

/// All policies that apply to a request.
struct Authority {
  Policies identity;                       // of a user its groups' too
  Policies boundary;                       // none: no boundary
  std::optional<Policies> session;         // nothing: no session policy
  std::vector<Policies> service_control;   // by level, root first; none: no organization
  std::vector<Policies> resource_control;  // … of the resource's account
  const Policy* resource_policy = nullptr;
  bool must_grant_itself = false;    // trust policies and KMS key policies, even in one account
  std::optional<Policies> endpoint;  // of the VPC endpoint that the call passes
};

}  // namespace portolan::iam
