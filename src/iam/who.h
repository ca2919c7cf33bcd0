#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/directory.h"
#include "iam/oracle.h"
#include "iam/resource.h"

/// Who can change what: the fast engine, for all principals, resources and actions at once.
///
/// What a resource or a principal decides is decided; what the caller, the place and the time
/// decide (MFA, source address, tags of the request) stays open and makes the answer `Possible`,
/// under a condition that is told. The oracle must agree: each positive answer has a request that
/// it allows.
///
/// Judged are the identity's own policies and what limits them, in the account of the resource; for
/// resources without policies of their own, as those of EC2, that is all there is. Roles that can
/// be assumed are principals themselves.
namespace portolan::iam {

/// Ordered by how much is allowed.
enum class Verdict : std::uint8_t {
  Never,     // under no circumstances
  Unknown,   // something decisive was not readable or not collected
  Possible,  // in some circumstances, told by the condition
  Always,    // in all
};
std::string_view text(Verdict verdict);

struct Answer {
  Verdict verdict = Verdict::Never;
  std::string condition;             // in words; empty unless Possible
  std::string condition_json;        // the same as `Guards::json` writes it
  std::vector<std::string> keys;     // that are open in it, folded
  std::vector<std::string> reasons;  // of Unknown
  std::optional<Request> witness;    // of Possible and Always: a request that is allowed
  std::optional<Decision> decision;  // the oracle's, of the witness
};

/// The verdict on one principal and action.
struct Grant {
  std::size_t principal = 0;
  std::size_t action = 0;
  Verdict verdict = Verdict::Never;

  friend auto operator<=>(const Grant&, const Grant&) = default;
};

/// How many triples of principal, action and resource there are of each verdict.
struct Totals {
  std::uint64_t never = 0;
  std::uint64_t unknown = 0;
  std::uint64_t possible = 0;
  std::uint64_t always = 0;

  friend bool operator==(const Totals&, const Totals&) = default;
};

class Who {
 public:
  /// Compiles all policies. Resources are sorted by place and id, repeats dropped; `directory` must
  /// live as long. Principals whose policies and attributes are alike are compiled once.
  ///
  /// Cost: (distinct principals) x actions x statements x resources / 64, and each distinct pattern
  /// and test once against the resources.
  Who(const Directory& directory, std::vector<Resource> resources,
      std::vector<std::string> actions);
  Who(Who&&) noexcept;
  Who& operator=(Who&&) noexcept;
  ~Who();

  [[nodiscard]] const std::vector<Resource>& resources() const;
  [[nodiscard]] const std::vector<std::string>& actions() const;

  [[nodiscard]] Verdict verdict(std::size_t principal, std::size_t action,
                                std::size_t resource) const;
  /// The same, explained. Cost: the oracle, once.
  [[nodiscard]] Answer explain(std::size_t principal, std::size_t action,
                               std::size_t resource) const;
  /// What the condition of an answer says of one set of open keys: for tests.
  [[nodiscard]] Truth under(std::size_t principal, std::size_t action, std::size_t resource,
                            const Context& open) const;
  /// All that is not Never about one resource, by principal and action. Cost: distinct principals x
  /// actions, and the answer.
  [[nodiscard]] std::vector<Grant> of_resource(std::size_t resource) const;
  [[nodiscard]] Totals totals() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portolan::iam
