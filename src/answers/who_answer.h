#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "iam/iam.h"

/// What `portolan who` says.
namespace portolan::answers {

/// Actions that one principal may do with one resource, all under the same condition and by the
/// same statements.
struct Power {
  std::vector<iam::ChangeAction> actions;
  iam::Answer answer;                      // of the first of them
  std::vector<iam::StatementRef> escaped;  // denials that do not hold then
  std::string witness;                     // a line for `--requests`; empty without a yes
};

/// A way on which a principal comes to act as another one that has powers.
struct Detour {
  std::string path;               // in words
  std::string condition;          // in words; may be empty
  bool is_sure = true;            // no hop is unknown
  std::vector<std::string> hops;  // names: who, how, whom, how, whom …
};

/// A principal and a resource, and all that the one can do with the other.
struct Reach {
  const iam::Principal* principal = nullptr;
  iam::Resource resource;
  std::vector<Power> powers;
  std::vector<Detour> detours;

  /// The most of all powers.
  [[nodiscard]] iam::Verdict verdict() const;
};

/// What was asked, and the answer. Principals or resources of which nothing is said can do nothing.
struct WhoAnswer {
  std::optional<iam::Resource> resource;      // that was asked about
  const iam::Principal* principal = nullptr;  // or whose powers were asked for
  std::size_t candidates = 0;                 // principals, or resources, that were judged
  std::vector<Reach> reaches;                 // the most powerful first
  std::vector<std::string> gaps;              // what is missing for more
  std::vector<std::string> doors;             // from the internet, by instances, to it
  /// Of sessions that instances hand out, where policies tell them apart: by mask.
  std::map<std::size_t, Reach> sessions;

  [[nodiscard]] std::size_t count(iam::Verdict verdict) const;
  [[nodiscard]] bool is_unknown() const;
};

/// What is missing for the answers about an account to be whole.
std::vector<std::string> authority_gaps(const iam::Directory& directory, std::string_view account);

/// Picks actions: `ec2:Authorize*` (no case) or a kind of change, `rules`. None: all.
/// Error `usage` if one of them fits no action.
Result<std::vector<iam::ChangeAction>> pick_actions(const std::vector<std::string>& wishes);

/// The one resource with the ARN, id or name. Errors `unknown_name`, `ambiguous_name`.
Result<iam::Resource> find_resource(const std::vector<iam::Resource>& resources,
                                    const std::string& text);
/// The principal with the ARN or name. Errors as above.
Result<const iam::Principal*> find_principal(const iam::Directory& directory,
                                             const std::string& text);

/// Who can change `resource`, which is one of the snapshot's, directly, by ways of `escalation`, or
/// by what stands beside it; and who comes to that from the internet.
WhoAnswer who_can_change(const Snapshot& snapshot, const iam::Escalation& escalation,
                         const iam::Resource& resource,
                         const std::vector<iam::ChangeAction>& actions);
/// What `principal` can change of `all`.
WhoAnswer what_can_change(const iam::Directory& directory, const iam::Principal& principal,
                          std::vector<iam::Resource> all,
                          const std::vector<iam::ChangeAction>& actions);

/// Ways to change what the resource of the answer lets through without an action on it, as detours:
/// prefix lists and groups that its rules name, and Firewall Manager. Cost: a few requests of each
/// principal.
void add_bypasses(WhoAnswer& answer, const Snapshot& snapshot, const iam::Escalation& escalation);
/// Instances that the internet reaches and whose role can change the resource of the answer, in a
/// session from there: `internet → i-… tcp/22 → role/Web, …`.
void add_doors(WhoAnswer& answer, const Snapshot& snapshot, const iam::Escalation& escalation);

std::string who_json(const WhoAnswer& answer);

}  // namespace portolan::answers
