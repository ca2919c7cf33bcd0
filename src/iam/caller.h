#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace portolan::iam {

/// Who signs a request.
struct Caller {
  enum class Kind : std::uint8_t {
    User,
    Role,
    FederatedUser,  // a session of GetFederationToken
    Root,
    Service,
    Provider,  // whoever an identity provider vouches for
    Anonymous,
  };

  Kind kind = Kind::Anonymous;
  std::string arn;       // of the user, the root user, the federated user, the provider, or a name
  std::string role_arn;  // of a role
  std::string session;   // of a role: the ARN of the session; empty if it may be any
  std::string account;   // twelve digits; empty of services, providers and the anonymous

  /// An ARN of IAM or STS, or the name of a service; anything else is anonymous.
  static Caller parse(std::string_view text);
  /// As a policy's `Principal` may name it, the session before the role.
  [[nodiscard]] const std::string& name() const;
  /// A role that a service made for itself, which SCPs do not limit.
  [[nodiscard]] bool is_service_linked() const;
  friend bool operator==(const Caller&, const Caller&) = default;
};

}  // namespace portolan::iam
