#pragma once

#include <vector>

#include "iam/actions.h"
#include "iam/matching.h"
#include "iam/request.h"

namespace portolan::iam {

/// The kinds of policies one after the other, as AWS's own text has them, over truths or over
/// conditions. Private to the evaluators of single requests.
///
/// A `Logic` has a type `Value` with `&&`, `||` and `constant(bool)`, of which `Value{}` is no;
/// `claim` says what one statement allows and denies, `denied` and `limit` are told what came of a
/// kind of policy.
/// SOURCE: IAM User Guide, "Policy evaluation logic".
template <class Value>
struct Claim {
  NamingOf<Value> allow;
  Value deny{};
};

template <class Logic>
class Hearing {
 public:
  using Value = typename Logic::Value;
  struct Outcome {
    Value allowed;
    Value denied;
  };

  Hearing(const Request& request, const Authority& authority, Logic& logic)
      : request_(request), authority_(authority), logic_(logic) {}

  Outcome run() {
    const Value denied = hear_denials();
    const Value allowed = logic_.limit(PolicyKind::ServiceControl, service_control_allows()) &&
                          logic_.limit(PolicyKind::Endpoint, endpoint_allows()) &&
                          principal_allows();
    return {allowed, denied};
  }

 private:
  using Voice = Claim<Value>;

  Voice hear(const Policies& policies, PolicyKind kind) {
    Voice voice;
    for (const Policy* policy : policies) {
      for (const Statement& statement : policy->statements) {
        const Voice claim = logic_.claim(*policy, statement, kind);
        voice.deny = voice.deny || claim.deny;
        voice.allow.account = voice.allow.account || claim.allow.account;
        voice.allow.role = voice.allow.role || claim.allow.role;
        voice.allow.itself = voice.allow.itself || claim.allow.itself;
      }
    }
    logic_.denied(kind, voice.deny);
    return voice;
  }

  [[nodiscard]] bool has_identity() const {
    return request_.caller.kind != Caller::Kind::Service &&
           request_.caller.kind != Caller::Kind::Provider &&
           request_.caller.kind != Caller::Kind::Anonymous;
  }

  /// Step 1: an explicit deny, of whatever policy, ends it. Fills the voices.
  Value hear_denials() {
    Value denied{};
    const auto add = [&](Voice& voice, const Policies& policies, PolicyKind kind) {
      voice = hear(policies, kind);
      denied = denied || voice.deny;
    };
    if (has_identity()) {
      add(identity_, authority_.identity, PolicyKind::Identity);
      add(boundary_, authority_.boundary, PolicyKind::Boundary);
      add(session_, authority_.session.value_or(Policies{}), PolicyKind::Session);
      if (!request_.caller.is_service_linked()) {
        for (const Policies& level : authority_.service_control) {
          add(service_control_.emplace_back(), level, PolicyKind::ServiceControl);
        }
      }
    }
    if (has_resource_control_policies(service_of(request_.action))) {
      Voice ignored;
      for (const Policies& level : authority_.resource_control) {
        add(ignored, level, PolicyKind::ResourceControl);
      }
    }
    if (authority_.resource_policy != nullptr) {
      add(resource_, {authority_.resource_policy}, PolicyKind::Resource);
    }
    if (authority_.endpoint) {
      add(endpoint_, *authority_.endpoint, PolicyKind::Endpoint);
    }
    return denied;
  }

  /// Each level, from the root down, must allow.
  /// SOURCE: AWS Organizations User Guide, "SCP evaluation".
  [[nodiscard]] Value service_control_allows() const {
    Value all = Logic::constant(true);
    for (const Voice& level : service_control_) {
      all = all && level.allow.any();
    }
    return all;
  }

  [[nodiscard]] Value endpoint_allows() const {
    return authority_.endpoint ? endpoint_.allow.any() : Logic::constant(true);
  }

  [[nodiscard]] Value identity_allows() const {
    return request_.caller.kind == Caller::Kind::Root ? Logic::constant(true)
                                                      : identity_.allow.any();
  }
  [[nodiscard]] Value boundary_allows() const {
    return authority_.boundary.empty() ? Logic::constant(true) : boundary_.allow.any();
  }
  /// A federated user without a session policy has nothing.
  /// SOURCE: IAM User Guide, "Permissions for GetFederationToken".
  [[nodiscard]] Value session_allows() const {
    if (!authority_.session) {
      return Logic::constant(request_.caller.kind != Caller::Kind::FederatedUser);
    }
    return session_.allow.any();
  }

  /// The caller's own policies.
  Value own_policies_allow() {
    return logic_.limit(PolicyKind::Identity, identity_allows()) &&
           logic_.limit(PolicyKind::Boundary, boundary_allows()) &&
           logic_.limit(PolicyKind::Session, session_allows());
  }

  /// Steps 4 to 6: identity and resource policies of one account, or of two.
  Value principal_allows() {
    if (!has_identity()) {
      return logic_.limit(PolicyKind::Resource, resource_.allow.any());
    }
    if (request_.caller.account != request_.account) {
      const Value resource = logic_.limit(PolicyKind::Resource, resource_.allow.any());
      return own_policies_allow() && resource;
    }
    const Value own = own_policies_allow();
    const Value by_role = resource_.allow.role && boundary_allows() && session_allows();
    Value delegated = own;
    if (authority_.must_grant_itself) {
      delegated = delegated && logic_.limit(PolicyKind::Resource, resource_.allow.any());
    }
    return resource_.allow.itself || by_role || delegated;
  }

  const Request& request_;
  const Authority& authority_;
  Logic& logic_;
  Voice identity_, boundary_, session_, resource_, endpoint_;
  std::vector<Voice> service_control_;
};

}  // namespace portolan::iam
