#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iam/ability.h"
#include "iam/resource.h"

/// How one principal comes to act as another, or gives itself more.
namespace portolan::iam {

/// A way, as a row of a table: what it is called, whom it leads to, and what must be allowed.
struct EscalationRow {
  enum class To : std::uint8_t {
    Assumed,     // roles that trust the principal
    Role,        // any role of the account
    User,        // any user of the account
    Passed,      // roles that trust `service`, passed to it
    Running,     // roles that trust `service`, which may run something as them already
    OnInstance,  // roles of instances that there are
    Federated,   // roles that trust a provider of the kind `service`: saml-provider, oidc-provider
    SingleSignOn,  // roles that Identity Center made
    Fresh,         // a role that is made for it
    Itself,        // itself, with all that service control policies and its boundary let through
    Member,        // itself, as a member of another group
    Unbounded,     // itself, without its boundary
    NoInline,      // itself, without inline policies that deny
    NoAttached,    // itself, without attached policies that deny
    Left,          // itself, outside of its organization
    Lifted,        // itself or whom another way leads to, as if outside of the organization
    Verified,      // whom another way leads to, with an MFA device in other hands than its own
    SignedIn,      // roles that trust the identity provider, for who signs in there
    Rewritten,     // whom another way leads to, with all that its limits let through
  };
  std::string_view name;
  To to = To::Itself;
  std::string_view service;
  /// Actions that must all be allowed, spaces between; `a|b` is one of them. After `@` what they
  /// are called on: target, self, group, attached (a policy that the principal has), instance (one
  /// that has the role); else anything.
  std::string_view needs;
  std::string_view condition = "";  // what must be so beside that, in words
};

/// SOURCE: iam.md of the reference, section 4, which names its sources row by row.
std::span<const EscalationRow> escalation_rows();

/// Whom an edge may lead to: a principal of the directory, or what it may become.
struct Mask {
  /// What it has, or has got rid of; several at once.
  enum Freedom : std::uint8_t {
    AnyPolicy = 1,
    NoBoundary = 2,
    NoInline = 4,
    NoAttached = 8,
    NoOrganization = 16,
    OtherDevice = 32,  // an MFA device of whoever acts as it
  };
  std::size_t principal = 0;  // of the directory; of a fresh one any of its account
  std::uint8_t freedoms = 0;
  bool is_fresh = false;  // a new role of the account
  std::string group;      // that it has joined; may be empty
  /// Where its session is from: the ARN of an instance, or `kElsewhere`. Empty: from anywhere.
  std::string instance;

  static constexpr std::string_view kElsewhere = "elsewhere";

  /// No more and no less than what the directory says, wherever its session is from.
  [[nodiscard]] bool is_as_told() const { return freedoms == 0 && !is_fresh && group.empty(); }
  [[nodiscard]] bool is_plain() const { return is_as_told() && instance.empty(); }
  [[nodiscard]] Mask with(Freedom freedom) const;

  friend auto operator<=>(const Mask&, const Mask&) = default;
};

struct EscalationEdge {
  std::size_t from = 0;  // masks
  std::size_t to = 0;
  const EscalationRow* row = nullptr;
  Ability ability;  // never No
};

/// A chain of edges, from the first.
using EscalationPath = std::vector<std::size_t>;

/// All edges of a directory. Boundary and service control policies are applied at every hop;
/// sessions' policies end there. A session that an instance hands out has the keys that say so, and
/// no other session has them; where no policy of the role asks for them that makes no difference.
/// SOURCE: IAM User Guide, "AWS global condition context keys", ec2:SourceInstanceArn,
/// aws:EC2InstanceSourceVpc, aws:EC2InstanceSourcePrivateIPv4, ec2:RoleDelivery.
class Escalation {
 public:
  /// The directory must outlive it. Cost: principals x rows x targets, each a request or two; of a
  /// principal that may do something with some instances only, x the instances of the target.
  Escalation(const Directory& directory, std::vector<RoleInstance> instances,
             std::span<const EscalationRow> rows = escalation_rows());

  /// Masks 0 … n-1 are the directory's principals in order; those of who signs in at an identity
  /// provider follow.
  [[nodiscard]] const std::vector<Mask>& masks() const { return masks_; }
  /// How many of them are the directory's principals.
  [[nodiscard]] std::size_t principals() const { return source_.principals.size(); }
  /// … and how many with those who sign in at a provider.
  [[nodiscard]] std::size_t starts() const { return source_.principals.size() + providers_; }
  /// The mask of a role's session from an instance: the role itself if no policy tells them apart.
  [[nodiscard]] std::size_t on_instance(std::size_t role, const std::string& instance) const;
  [[nodiscard]] const std::vector<EscalationEdge>& edges() const { return edges_; }
  /// The masks as principals, for the engines: what they may become has its own policies.
  [[nodiscard]] const Directory& directory() const { return extended_; }
  /// `role/App`, `user/ann with all rights`.
  [[nodiscard]] std::string name(std::size_t mask) const;

  /// The shortest chains from `mask` to any of `goals`, at most `most` of them.
  [[nodiscard]] std::vector<EscalationPath> paths(std::size_t mask,
                                                  const std::set<std::size_t>& goals,
                                                  std::size_t most) const;
  /// True if there are too many principals to be judged: then there are no edges.
  [[nodiscard]] bool is_given_up() const { return is_given_up_; }

  static constexpr std::size_t kMostPrincipals = 2000;

 private:
  friend class EdgeFinder;

  std::size_t mask_of(const Mask& mask);
  [[nodiscard]] Principal become(const Mask& mask) const;
  void add_providers(const std::set<std::string>& names);

  const Directory& source_;
  std::vector<RoleInstance> instances_;
  std::size_t providers_ = 0;
  Directory extended_;
  std::vector<Mask> masks_;
  std::vector<EscalationEdge> edges_;
  std::vector<std::vector<std::size_t>> leaving_;  // edges by mask
  bool is_given_up_ = false;
};

/// `role/A → role/B (pass a role to EC2) → role/C (assume)`.
std::string text(const Escalation& escalation, const EscalationPath& path);

}  // namespace portolan::iam
