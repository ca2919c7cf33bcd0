#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "iam/ability.h"

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
    Lifted,        // whom another way leads to in another account, as if it were outside
    Rewritten,     // whom another way leads to, with all that its limits let through
  };
  std::string_view name;
  To to = To::Itself;
  std::string_view service;
  /// Actions that must all be allowed, spaces between; `a|b` is one of them. After `@` what they
  /// are called on: target, self, group, attached (a policy that the principal has); else anything.
  std::string_view needs;
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
  };
  std::size_t principal = 0;  // of the directory; of a fresh one any of its account
  std::uint8_t freedoms = 0;
  bool is_fresh = false;  // a new role of the account
  std::string group;      // that it has joined; may be empty

  [[nodiscard]] bool is_plain() const { return freedoms == 0 && !is_fresh && group.empty(); }
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
/// sessions' policies end there.
class Escalation {
 public:
  /// `instance_profiles` are the ARNs of those that instances have. The directory must outlive it.
  /// Cost: principals x rows x targets, each a request or two.
  Escalation(const Directory& directory, const std::set<std::string>& instance_profiles,
             std::span<const EscalationRow> rows = escalation_rows());

  /// Masks 0 … n-1 are the directory's principals in order.
  [[nodiscard]] const std::vector<Mask>& masks() const { return masks_; }
  /// How many of them are the directory's principals.
  [[nodiscard]] std::size_t principals() const { return source_.principals.size(); }
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

  const Directory& source_;
  Directory extended_;
  std::vector<Mask> masks_;
  std::vector<EscalationEdge> edges_;
  std::vector<std::vector<std::size_t>> leaving_;  // edges by mask
  bool is_given_up_ = false;
};

/// `role/A → role/B (pass a role to EC2) → role/C (assume)`.
std::string text(const Escalation& escalation, const EscalationPath& path);

}  // namespace portolan::iam
