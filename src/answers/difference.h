#pragma once

#include <vector>

#include <boost/json.hpp>

#include "checks/check.h"
#include "checks/policy.h"
#include "model/finding.h"
#include "reach/difference.h"
#include "reach/difference_map.h"
#include "reach/moment.h"

/// What became of an estate from one moment to another.
namespace portolan::answers {

/// Findings that only one of the two audits has: the resource and what is wrong with it, whatever
/// the words. None of them passes.
struct FindingChanges {
  std::vector<Finding> appeared;
  std::vector<Finding> gone;
};

/// What is compared.
struct Compared {
  const reach::Moment& before;
  const reach::Moment& after;
  const reach::Difference& difference;  // of the two
  const Snapshot& judged;               // after, with all that its own documents tell
  checks::Authority was;                // who may do what, before and after
  checks::Authority is;
};

/// How both are judged.
struct Judging {
  checks::Config config;
  checks::Policy policy;
};

/// Those of one list that the other does not have.
FindingChanges finding_changes(const std::vector<Finding>& before,
                               const std::vector<Finding>& after);

/// Among what appeared is what `plan-widens-exposure` says of the difference. Cost: two audits.
FindingChanges finding_changes(const Compared& compared, const Judging& judging);

/// `opened`, `closed`, `weakened`: lists of connections; `findings_appeared`, `findings_gone`.
boost::json::object difference_json(const reach::DifferenceRows& rows,
                                    const FindingChanges& findings);

}  // namespace portolan::answers
