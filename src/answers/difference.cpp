#include "answers/difference.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string_view>
#include <tuple>
#include <unordered_set>

#include "answers/connection_rows.h"
#include "checks/delta.h"
#include "core/text.h"

namespace portolan::answers {
namespace {

/// What two findings of different audits have in common if they are the same: all but the words.
auto key_of(const Finding& finding) {
  return std::tie(finding.resource, finding.check, finding.outcome, finding.is_latent,
                  finding.rules.all());
}

struct KeyHash {
  std::size_t operator()(const Finding* finding) const {
    const std::hash<std::string_view> hash;
    return hash(finding->resource) * 31 + hash(finding->check.text());
  }
};

struct SameKey {
  bool operator()(const Finding* a, const Finding* b) const { return key_of(*a) == key_of(*b); }
};

std::vector<Finding> only_in(const std::vector<Finding>& findings,
                             const std::vector<Finding>& others) {
  std::unordered_set<const Finding*, KeyHash, SameKey> known;
  for (const Finding& other : others) {
    if (other.outcome != Outcome::Pass) {  // nine of ten
      known.insert(&other);
    }
  }
  std::vector<Finding> result;
  for (const Finding& finding : findings) {
    if (finding.outcome != Outcome::Pass && !known.contains(&finding)) {
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

std::vector<Finding> findings_at(const reach::Moment& moment, const checks::Authority& authority,
                                 const Judging& judging) {
  checks::Context context(moment.connections(), judging.config);
  context.set_authority(authority);
  return checks::audit(context, judging.policy);
}

FindingChanges finding_changes(const Compared& compared, const checks::Policy& policy) {
  FindingChanges changes = finding_changes(compared.was, compared.is);
  for (Finding& finding : checks::widened(compared.before, compared.after, compared.difference)) {
    const auto severity = policy.severity.find(finding.check.text());
    if (severity != policy.severity.end()) {
      finding.risk = severity->second;
    }
    changes.appeared.push_back(std::move(finding));
  }
  std::stable_sort(changes.appeared.begin(), changes.appeared.end(), ranks_before);
  return changes;
}

boost::json::object difference_json(const reach::DifferenceRows& rows) {
  return {{"opened", connection_array(rows.opened)},
          {"closed", connection_array(rows.closed)},
          {"weakened", connection_array(rows.weakened)}};
}

boost::json::object difference_json(const reach::DifferenceRows& rows,
                                    const FindingChanges& findings) {
  boost::json::object object = difference_json(rows);
  object.emplace("findings_appeared", finding_array(findings.appeared));
  object.emplace("findings_gone", finding_array(findings.gone));
  return object;
}

}  // namespace portolan::answers
