#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "iam/directory.h"
#include "iam/discovery.h"

namespace portolan::iam {

/// Whether something can be done, and when.
struct Ability {
  Truth may = Truth::No;
  std::string condition;  // in words; empty if there is none

  friend bool operator==(const Ability&, const Ability&) = default;
};
Ability both(const Ability& a, const Ability& b);
/// The one that asks for less.
Ability either(const Ability& a, const Ability& b);

/// What single principals may do, where all but the principal and what is given is open. Answers
/// are kept.
class Abilities {
 public:
  /// The directory must outlive it.
  explicit Abilities(const Directory& directory) : directory_(directory) {}

  /// `resource` may be a pattern: then some resource that it matches. `given` are keys whose values
  /// are certain.
  Ability ask(const Principal& principal, std::string_view action, const std::string& resource,
              const Context& given = {});
  /// A call on some resources in the principal's account, of each type that it needs.
  Ability ask_call(const Principal& principal, std::string_view action, const Context& given = {});
  /// Whether the principal can assume the role, by a trust policy that stands in for the role's own
  /// if there is one.
  Ability assume(const Principal& principal, const Principal& role, const Policy* trust = nullptr);
  /// Whether who signs in at an identity provider gets a session of the role.
  /// SOURCE: STS API Reference, "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity": the calls are
  /// not signed, so that the trust policy alone decides.
  Ability sign_in(const Principal& provider, const Principal& role);
  /// Whether who assumes the role may give the session that tag.
  /// SOURCE: IAM User Guide, "Pass session tags in AWS STS": sts:TagSession on the role, in its
  /// trust policy too.
  Ability tag_session(const Principal& principal, const Principal& role, const std::string& key,
                      const std::string& value);
  /// Whether the organization delegates the action on its service control policies to the
  /// principal's account, and the principal may do it. Unknown if nobody knows what is delegated.
  /// SOURCE: AWS Organizations User Guide, "Delegated administrator for AWS Organizations".
  Ability delegated(const Principal& principal, std::string_view action);
  /// Whether the role's trust policy lets the service act as the role.
  Ability trusts(const Principal& role, std::string_view service);

 private:
  using Question = std::tuple<const Principal*, std::string, std::string, std::string>;

  Ability ask_owner(const Principal& principal, std::string_view action,
                    const std::string& resource, const Context& given, const std::string& owner,
                    const Policy* policy);
  Ability assume_by(std::string_view action, const Principal& principal, const Principal& role,
                    const Policy* trust, const Context& given);

  const Directory& directory_;
  std::map<Question, Ability> known_;
  std::map<std::pair<const Policy*, std::string>, Ability> trusted_;  // of a trust policy
};

}  // namespace portolan::iam
