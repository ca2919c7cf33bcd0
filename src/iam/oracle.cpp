#include "iam/oracle.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "iam/actions.h"
#include "iam/matching.h"

namespace portolan::iam {
namespace {

/// What the statements of one kind of policy say about the request.
struct Voice {
  Naming allow;
  Truth deny = Truth::No;

  [[nodiscard]] Truth allows() const { return allow.any(); }
};

class Hearing {
 public:
  Hearing(const Request& request, const Authority& authority)
      : request_(request), authority_(authority) {}

  Decision decide() {
    const Truth denied = hear_denials();
    const Truth allowed = limit(PolicyKind::ServiceControl, service_control_allows()) &&
                          limit(PolicyKind::Endpoint, endpoint_allows()) && principal_allows();
    const Truth answer = allowed && !denied;
    decision_.outcome = answer == Truth::Yes       ? Outcome::Allowed
                        : denied == Truth::Yes     ? Outcome::ExplicitlyDenied
                        : answer == Truth::Unknown ? Outcome::Unknown
                                                   : Outcome::ImplicitlyDenied;
    std::ranges::sort(decision_.blocked_by);
    decision_.blocked_by.erase(
        std::unique(decision_.blocked_by.begin(), decision_.blocked_by.end()),
        decision_.blocked_by.end());
    if (decision_.outcome == Outcome::Allowed) {
      decision_.blocked_by.clear();
    }
    return std::move(decision_);
  }

 private:
  /// Names the statement in the answer, and passes on whether it covers the request.
  Truth note(const Statement& statement, const Policy& policy, PolicyKind kind, Truth covers) {
    if (covers == Truth::No) {
      return covers;
    }
    StatementRef ref{.kind = kind,
                     .policy = policy.name,
                     .index = statement.index,
                     .sid = statement.sid,
                     .fault = statement.fault};
    const bool is_sure = covers == Truth::Yes && statement.effect != Effect::NotReadable;
    auto& list = !is_sure                            ? decision_.unsure
                 : statement.effect == Effect::Allow ? decision_.granting
                                                     : decision_.denying;
    list.push_back(std::move(ref));
    return covers;
  }

  void hear(const Policy& policy, PolicyKind kind, Voice& voice) {
    for (const Statement& statement : policy.statements) {
      const Naming naming = names_caller(statement, request_, kind, !authority_.boundary.empty());
      Truth covers = naming.any();
      if (covers != Truth::No) {
        covers = covers && covers_but_principal(statement, request_, kind);
      }
      note(statement, policy, kind, covers);
      const Truth may = statement.effect == Effect::NotReadable ? covers && Truth::Unknown : covers;
      if (statement.effect != Effect::Allow) {
        voice.deny = voice.deny || may;
      }
      if (statement.effect != Effect::Deny) {
        voice.allow.account = voice.allow.account || (naming.account && may);
        voice.allow.role = voice.allow.role || (naming.role && may);
        voice.allow.itself = voice.allow.itself || (naming.itself && may);
      }
    }
  }

  Voice hear(const Policies& policies, PolicyKind kind) {
    Voice voice;
    for (const Policy* policy : policies) {
      hear(*policy, kind, voice);
    }
    if (voice.deny == Truth::Yes) {
      decision_.blocked_by.push_back(kind);
    }
    return voice;
  }

  /// Names the kind of policy that stands in the way, if it does.
  Truth limit(PolicyKind kind, Truth allows) {
    if (allows != Truth::Yes) {
      decision_.blocked_by.push_back(kind);
    }
    return allows;
  }

  [[nodiscard]] bool has_identity() const {
    return request_.caller.kind != Caller::Kind::Service &&
           request_.caller.kind != Caller::Kind::Anonymous;
  }

  /// Step 1: an explicit deny, of whatever policy, ends it. Fills the voices.
  Truth hear_denials() {
    Truth denied = Truth::No;
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
  [[nodiscard]] Truth service_control_allows() const {
    Truth all = Truth::Yes;
    for (const Voice& level : service_control_) {
      all = all && level.allows();
    }
    return all;
  }

  [[nodiscard]] Truth endpoint_allows() const {
    return authority_.endpoint ? endpoint_.allows() : Truth::Yes;
  }

  [[nodiscard]] Truth identity_allows() const {
    return request_.caller.kind == Caller::Kind::Root ? Truth::Yes : identity_.allows();
  }
  [[nodiscard]] Truth boundary_allows() const {
    return authority_.boundary.empty() ? Truth::Yes : boundary_.allows();
  }
  /// A federated user without a session policy has nothing.
  /// SOURCE: IAM User Guide, "Permissions for GetFederationToken".
  [[nodiscard]] Truth session_allows() const {
    if (!authority_.session) {
      return truth(request_.caller.kind != Caller::Kind::FederatedUser);
    }
    return session_.allows();
  }

  /// The caller's own policies.
  Truth own_policies_allow() {
    return limit(PolicyKind::Identity, identity_allows()) &&
           limit(PolicyKind::Boundary, boundary_allows()) &&
           limit(PolicyKind::Session, session_allows());
  }

  /// Steps 4 to 6: identity and resource policies of one account, or of two.
  Truth principal_allows() {
    if (!has_identity()) {
      return limit(PolicyKind::Resource, resource_.allows());
    }
    if (request_.caller.account != request_.account) {
      const Truth resource = limit(PolicyKind::Resource, resource_.allows());
      return own_policies_allow() && resource;
    }
    const Truth own = own_policies_allow();
    const Truth by_role = resource_.allow.role && boundary_allows() && session_allows();
    Truth delegated = own;
    if (authority_.must_grant_itself) {
      delegated = delegated && limit(PolicyKind::Resource, resource_.allows());
    }
    return resource_.allow.itself || by_role || delegated;
  }

  const Request& request_;
  const Authority& authority_;
  Decision decision_;
  Voice identity_, boundary_, session_, resource_, endpoint_;
  std::vector<Voice> service_control_;
};

/// SOURCE: iam.md of the reference: AWS-managed policies, roles reserved for Identity Center, and
/// AWS-managed KMS aliases are AWS's own; AWS STS API Reference, "GetCallerIdentity".
std::optional<Outcome> fixed_outcome(const Request& request) {
  const bool is_signed = request.caller.kind != Caller::Kind::Anonymous;
  if (folded(request.action) == "sts:getcalleridentity" && is_signed) {
    return Outcome::Allowed;
  }
  const std::string& arn = request.resource;
  const bool is_aws_owned = arn.find(":iam::aws:policy/") != std::string::npos ||
                            arn.find(":role/aws-reserved/") != std::string::npos ||
                            arn.find(":alias/aws/") != std::string::npos;
  const ActionRow* row = find_action(request.action);
  return is_aws_owned && row != nullptr && row->is_write ? std::optional(Outcome::ImplicitlyDenied)
                                                         : std::nullopt;
}

template <class Value>
void append(std::vector<Value>& list, const std::vector<Value>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

}  // namespace

std::string_view text(Outcome outcome) {
  switch (outcome) {
    case Outcome::Allowed:
      return "Allowed";
    case Outcome::ImplicitlyDenied:
      return "ImplicitlyDenied";
    case Outcome::ExplicitlyDenied:
      return "ExplicitlyDenied";
    case Outcome::Unknown:
      return "Unknown";
  }
  return "";
}

std::string_view text(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::Identity:
      return "identity";
    case PolicyKind::Boundary:
      return "pb";
    case PolicyKind::Session:
      return "session";
    case PolicyKind::ServiceControl:
      return "scp";
    case PolicyKind::ResourceControl:
      return "rcp";
    case PolicyKind::Resource:
      return "resource";
    case PolicyKind::Endpoint:
      return "vpce";
  }
  return "";
}

std::string text(const StatementRef& ref) {
  const std::string sid = ref.sid.empty() ? "" : fmt::format(" ({})", ref.sid);
  return fmt::format("{}, statement {}{}", ref.policy, ref.index, sid);
}

Decision decide(const Request& request, const Authority& authority) {
  if (const auto fixed = fixed_outcome(request)) {
    return Decision{.outcome = *fixed};
  }
  return Hearing(request, authority).decide();
}

Decision decide_call(std::span<const Pair> pairs) {
  Decision whole{.outcome = pairs.empty() ? Outcome::ImplicitlyDenied : Outcome::Allowed};
  const auto rank = [](Outcome outcome) {  // the later, the more it decides
    return outcome == Outcome::Allowed            ? 0
           : outcome == Outcome::Unknown          ? 1
           : outcome == Outcome::ImplicitlyDenied ? 2
                                                  : 3;
  };
  for (const Pair& pair : pairs) {
    const Decision part = decide(pair.request, *pair.authority);
    if (rank(part.outcome) > rank(whole.outcome)) {
      whole.outcome = part.outcome;
    }
    append(whole.granting, part.granting);
    append(whole.denying, part.denying);
    append(whole.unsure, part.unsure);
    append(whole.blocked_by, part.blocked_by);
  }
  return whole;
}

}  // namespace portolan::iam
