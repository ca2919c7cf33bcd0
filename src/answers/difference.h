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

/// How moments are judged.
struct Judging {
  checks::Config config;
  checks::Policy policy;
};

/// What an audit finds at that moment, passes included. Cost: an audit.
std::vector<Finding> findings_at(const reach::Moment& moment, const checks::Authority& authority,
                                 const Judging& judging);

/// What is compared: two moments, and what `findings_at` tells of each.
struct Compared {
  const reach::Moment& before;
  const reach::Moment& after;
  const reach::Difference& difference;  // of the two
  const std::vector<Finding>& was;      // found before
  const std::vector<Finding>& is;       // found after
};

/// Those of one list that the other does not have.
FindingChanges finding_changes(const std::vector<Finding>& before,
                               const std::vector<Finding>& after);

/// Among what appeared is what `plan-widens-exposure` says of the difference, with the severity
/// that the policy gives it.
FindingChanges finding_changes(const Compared& compared, const checks::Policy& policy);

/// `opened`, `closed`, `weakened`: lists of connections.
boost::json::object difference_json(const reach::DifferenceRows& rows);
/// And `findings_appeared`, `findings_gone`.
boost::json::object difference_json(const reach::DifferenceRows& rows,
                                    const FindingChanges& findings);

}  // namespace portolan::answers
