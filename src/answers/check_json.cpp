#include "answers/check_json.h"

#include <algorithm>
#include <utility>

#include "checks/check.h"
#include "checks/delta.h"
#include "checks/trail.h"

namespace portolan::answers {
namespace {

/// All kinds of check name what they say of themselves alike.
template <class Check>
CheckFacts facts_of(const Check& check, std::string_view found_by) {
  return {.id = check.id,
          .title = check.title,
          .risk = check.risk,
          .resources = check.resources,
          .why = check.why,
          .fix = check.fix,
          .references = check.references,
          .found_by = found_by};
}

}  // namespace

std::vector<CheckFacts> all_check_facts() {
  std::vector<CheckFacts> all;
  for (const checks::Check* check : checks::all_checks()) {
    all.push_back(facts_of(*check, "audit"));
  }
  for (const checks::TrailCheck& check : checks::trail_checks()) {
    all.push_back(facts_of(check, "trail"));
  }
  for (const checks::DeltaCheck& check : checks::delta_checks()) {
    all.push_back(facts_of(check, check.found_by));
  }
  std::sort(all.begin(), all.end(),
            [](const CheckFacts& a, const CheckFacts& b) { return a.id < b.id; });
  return all;
}

boost::json::object check_json(const CheckFacts& check) {
  boost::json::array references;
  for (const std::string_view reference : check.references) {
    references.emplace_back(reference);
  }
  return {{"id", check.id},
          {"title", check.title},
          {"risk", text(check.risk)},
          {"resources", check.resources},
          {"why", check.why},
          {"fix", check.fix},
          {"references", std::move(references)},
          {"found_by", check.found_by}};
}

}  // namespace portolan::answers
