#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/name.h"
#include "model/finding.h"
#include "reach/difference.h"
#include "reach/moment.h"

/// Part of the door of the checks module: what is wrong with a change. The checks compare two
/// audits or two moments, so they are a table of their own.
///
/// Example:
///     const reach::Difference difference = reach::difference(before, after);
///     for (const Finding& finding : checks::widened(before, after, difference)) { … }
namespace portolan::checks {

/// What a check of changes says of itself.
struct DeltaCheck {
  std::string_view id;
  std::string_view title;
  Risk risk;  // the worst it reports
  std::string_view resources;
  std::string_view why;
  std::string_view fix;
  std::span<const std::string_view> references;
  std::string_view found_by;  // the command
};

/// All of them, sorted by id.
std::span<const DeltaCheck> delta_checks();
/// Null if there is no such check.
const DeltaCheck* find_delta_check(std::string_view id);

/// A finding that did not pass in an earlier audit. What that audit did not say is empty.
struct Earlier {
  std::string id;  // what it is known by from one audit to the next
  std::string check;
  std::string resource;
  std::string name;
  AccountId account;
  Region region;
  Outcome outcome = Outcome::Fail;
  Risk risk = Risk::Medium;
};

/// True if the finding fails, and did not before or with less risk: who knows of the one does not
/// know of the other.
bool is_worse(const Finding& finding, const Earlier& earlier);

/// A finding of the audit now. Borrowed.
struct Present {
  std::string id;  // not needed of what passes
  const Finding* finding = nullptr;
  bool is_muted = false;  // it is not new, whatever the earlier audit had
};

/// What became of an audit since an earlier one, by the ids of its findings.
struct Drift {
  /// `drift-from-baseline`, one for each account and region: it fails if something is new, fixed or
  /// of another risk, is unknown if only what went cannot be judged, else passes.
  std::vector<Finding> findings;
  std::size_t fresh = 0;
  std::size_t fixed = 0;
  std::size_t changed = 0;  // in risk, or from unknown to failing or back
  std::size_t unchanged = 0;
  std::size_t unsure = 0;  // gone, but the check did not run, or cannot judge the resource now

  /// `2 new, 1 fixed, 0 changed, 12 unchanged`.
  [[nodiscard]] std::string text() const;
};

/// `now` holds what passes, too: it tells which accounts were judged. `ran` are the ids of the
/// checks that judged. Findings of this check itself are left out.
Drift drift(std::span<const Earlier> before, std::span<const Present> now,
            const std::set<std::string, std::less<>>& ran);

/// `plan-widens-exposure`: what gets to an interface, balancer or endpoint after the change and did
/// not before, from the internet, or from outside (private addresses that nobody here has) or
/// inside where nobody of that kind or of a wider one got to the port. Worst first; none if nothing
/// of that opens. Unknown where a gap decides. Moments must be those of the difference.
std::vector<Finding> widened(const reach::Moment& before, const reach::Moment& after,
                             const reach::Difference& difference);

}  // namespace portolan::checks
