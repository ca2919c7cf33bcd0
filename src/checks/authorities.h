#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "iam/iam.h"

/// Private to the module: who can change the network, by the policies of IAM.
namespace portolan::checks {

/// What kind of change it is.
enum class Field : std::uint8_t {
  Groups,  // what groups let through, and which stand in front of whom
  Paths,   // NACLs, routes, internet gateways
};

/// What one principal can do with the resources of a field: rules and associations, no deletions
/// and no tags.
struct FieldPower {
  iam::Verdict verdict = iam::Verdict::Never;  // the most
  std::set<std::string> actions;               // with that verdict
  std::size_t resources = 0;                   // with that verdict
  std::vector<std::string> examples;           // ids of the first of them
  std::string condition;                       // of the first, if the verdict is Possible; in words
  std::vector<std::string> reasons;            // of the first, if it is Unknown
};

/// What the role of an instance can do, by itself or by acting as another.
struct RolePower {
  const iam::Principal* role = nullptr;
  iam::Verdict verdict = iam::Verdict::Never;  // by itself
  std::set<std::string> actions;
  std::string condition;
  std::string detour;  // how it comes to act as one that can; empty: it does not
};

/// Made when a check asks, of the directory that the context was given; without one there is
/// nobody. Cost: `iam::Who` over the groups, interfaces, lists, balancers, NACLs, tables and
/// gateways.
class Authorities {
 public:
  Authorities(const Snapshot& snapshot, const Authority& authority);

  [[nodiscard]] bool is_known() const { return authority_.directory != nullptr; }
  /// Whether principals of the account were collected.
  [[nodiscard]] bool knows(std::string_view account) const { return accounts_.contains(account); }
  [[nodiscard]] bool has_intent() const { return authority_.allowed != nullptr; }
  /// The organization was not collected, and may deny.
  [[nodiscard]] bool lacks_organization() const;

  /// By principal of the directory, against the intent; those who can do nothing have Never.
  [[nodiscard]] const FieldPower& beyond_intent(Field field, std::size_t principal) const;
  [[nodiscard]] const iam::Directory& directory() const { return *authority_.directory; }

  /// What the role of an instance profile (its ARN) can do in either field, whatever is meant;
  /// nothing if no role of the directory has the profile.
  [[nodiscard]] std::optional<RolePower> of_profile(const std::string& profile) const;

  /// Principals up to whose number ways of acting as another are looked for.
  static constexpr std::size_t kMostForDetours = 500;

 private:
  struct Powers {
    std::vector<FieldPower> beyond;  // by principal
    std::vector<FieldPower> all;     // by mask of the escalation, or by principal without one
  };

  void judge(const Snapshot& snapshot);
  [[nodiscard]] std::string detour_of(std::size_t principal) const;
  [[nodiscard]] Powers& of(Field field) { return powers_[static_cast<std::size_t>(field)]; }
  [[nodiscard]] const Powers& of(Field field) const {
    return powers_[static_cast<std::size_t>(field)];
  }

  Authority authority_;
  std::set<std::string, std::less<>> accounts_;
  std::unique_ptr<iam::Escalation> escalation_;  // null: nobody to look for, or too many
  std::array<Powers, 2> powers_;
};

/// `role/Deploy`, for people.
std::string name_of(const iam::Principal& principal);
/// `CreateRoute, ReplaceRoute and 3 more`.
std::string actions_text(const std::set<std::string>& actions);
/// The gap where nothing of an account's IAM was collected.
std::string no_details_of(std::string_view account);

}  // namespace portolan::checks
