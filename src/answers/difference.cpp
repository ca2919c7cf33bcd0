#include "answers/difference.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "answers/connection_rows.h"
#include "checks/delta.h"
#include "core/text.h"

namespace portolan::answers {
namespace {

using FindingKey = std::tuple<std::string, std::string, std::vector<FindingRule>, Outcome, bool>;

FindingKey key_of(const Finding& finding) {
  return {finding.check, finding.resource, finding.rules, finding.outcome, finding.is_latent};
}

std::vector<Finding> only_in(const std::vector<Finding>& findings,
                             const std::vector<Finding>& others) {
  std::set<FindingKey> known;
  for (const Finding& other : others) {
    known.insert(key_of(other));
  }
  std::vector<Finding> result;
  for (const Finding& finding : findings) {
    if (finding.outcome != Outcome::Pass && !known.contains(key_of(finding))) {
      result.push_back(finding);
    }
  }
  return result;
}

boost::json::array finding_array(const std::vector<Finding>& findings) {
  boost::json::array array;
  for (const Finding& finding : findings) {
    array.push_back(boost::json::object{{"check", finding.check.text()},
                                        {"resource", printable(finding.resource)},
                                        {"outcome", text(finding.outcome)},
                                        {"risk", text(finding.risk)},
                                        {"message", printable(finding.message)}});
  }
  return array;
}

}  // namespace

FindingChanges finding_changes(const std::vector<Finding>& before,
                               const std::vector<Finding>& after) {
  return {.appeared = only_in(after, before), .gone = only_in(before, after)};
}

FindingChanges finding_changes(const Compared& compared, const Judging& judging) {
  const reach::Network network = reach::build(compared.judged);
  checks::Context before(compared.before.connections(), judging.config);
  before.set_authority(compared.was);
  checks::Context after(network, judging.config);
  after.set_authority(compared.is);
  FindingChanges changes =
      finding_changes(checks::audit(before, judging.policy), checks::audit(after, judging.policy));
  for (Finding& finding : checks::widened(compared.before, compared.after, compared.difference)) {
    const auto severity = judging.policy.severity.find(finding.check.text());
    if (severity != judging.policy.severity.end()) {
      finding.risk = severity->second;
    }
    changes.appeared.push_back(std::move(finding));
  }
  std::stable_sort(changes.appeared.begin(), changes.appeared.end(), ranks_before);
  return changes;
}

boost::json::object difference_json(const reach::DifferenceRows& rows,
                                    const FindingChanges& findings) {
  return {{"opened", connection_array(rows.opened)},
          {"closed", connection_array(rows.closed)},
          {"weakened", connection_array(rows.weakened)},
          {"findings_appeared", finding_array(findings.appeared)},
          {"findings_gone", finding_array(findings.gone)}};
}

}  // namespace portolan::answers
