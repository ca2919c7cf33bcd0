#pragma once

#include <string>
#include <vector>

#include "iam/network.h"
#include "iam/who.h"

/// Who may change what on purpose, and who can beyond that.
namespace portolan::iam {

/// Some principals may do some actions with some resources. `*` and `?` are wildcards; an empty
/// list is no limit, but without principals nobody is meant.
struct Allowance {
  std::vector<std::string> principals;  // ARNs, or what follows the account: `role/net-*`
  std::vector<std::string> resources;   // ids, names or ARNs
  std::vector<std::string> tags;        // `KEY=VALUE`
  std::vector<std::string> vpcs;        // ids
  std::vector<std::string> regions;
  std::vector<std::string> actions;  // `ec2:Authorize*` (no case), or a kind of change: `rules`

  friend bool operator==(const Allowance&, const Allowance&) = default;
};

struct Intent {
  std::vector<Allowance> allowances;

  /// The patterns of principals that may do that, as ARNs, sorted.
  [[nodiscard]] std::vector<std::string> allowed(const Resource& resource,
                                                 const ChangeAction& action) const;
  /// A root user may do everything: its account is its own.
  [[nodiscard]] bool allows(const Principal& principal, const Resource& resource,
                            const ChangeAction& action) const;
};

/// What one principal can do against the intent with one action.
struct Excess {
  std::size_t principal = 0;
  ChangeAction action;
  Verdict verdict = Verdict::Never;
  std::vector<std::size_t> resources;  // rows of the engine
};

/// By principal, action and verdict. `who` has been asked about all of `actions`.
std::vector<Excess> excess_of(const Directory& directory, const Intent& intent, const Who& who,
                              const std::vector<ChangeAction>& actions);

/// A policy that takes the excess away.
struct Guardrail {
  bool is_boundary = false;  // there is no organization: for a boundary of those that have too much
  std::string document;      // JSON
  std::size_t denied = 0;    // triples of principal, action and resource that it takes away
  std::size_t kept = 0;      // that were allowed on purpose, and still are as before
  std::vector<std::string> faults;  // what it does not do
};

/// Writes the policy and has the engine prove it: with it attached, nothing of the excess is left,
/// and whatever was allowed on purpose has the verdict that it had.
Guardrail guardrail_of(const Directory& directory, const Intent& intent,
                       const std::vector<Resource>& resources,
                       const std::vector<ChangeAction>& actions);

}  // namespace portolan::iam
