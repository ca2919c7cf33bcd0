#include <fmt/format.h>

#include "answers/difference.h"
#include "model/change_text.h"
#include "reach/difference.h"
#include "reach/difference_map.h"
#include "report/patch.h"
#include "server/api.h"
#include "server/change_ribbons.h"

namespace portolan::server {
namespace {

namespace json = boost::json;

constexpr std::size_t kChangesMost = 100;

Result<std::vector<Change>> changes_of(const json::object& body, const Snapshot& snapshot) {
  const json::value* const list = body.if_contains("changes");
  if (list == nullptr || !list->is_array() || list->as_array().empty() ||
      list->as_array().size() > kChangesMost) {
    return fail("usage", fmt::format("name 1 to {} changes, as in {{\"changes\": [\"sg-… +ingress "
                                     "tcp/22 0.0.0.0/0\"]}}",
                                     kChangesMost));
  }
  std::vector<Change> changes;
  for (const json::value& each : list->as_array()) {
    if (!each.is_string()) {
      return fail("usage", "a change is a text");
    }
    changes.push_back(TRY(parse_change(snapshot, std::string(each.as_string()))));
  }
  return changes;
}

/// False if the findings are not waited for.
Result<bool> wants_findings(const json::object& body) {
  const json::value* const wanted = body.if_contains("findings");
  if (wanted == nullptr) {
    return true;
  }
  if (!wanted->is_bool()) {
    return fail("usage", "`findings` is true or false");
  }
  return wanted->as_bool();
}

json::object patches_of(const Snapshot& snapshot, const std::vector<Change>& changes) {
  std::string commands;
  for (const std::string& command : report::aws_commands(snapshot, changes)) {
    commands += command + "\n";
  }
  return {{"cli", commands},
          {"terraform", report::terraform(snapshot, changes)},
          {"cloudformation", report::cloudformation(snapshot, changes)}};
}

}  // namespace

/// As `portolan diff --change`, and how people make the change.
Result<Reply> call_what_if(const Asked& asked) {
  const Estate& estate = asked.estate;
  const json::object body = TRY(body_of(asked.request));
  const std::vector<Change> changes = TRY(changes_of(body, estate.snapshot()));
  const bool is_judged = TRY(wants_findings(body));
  Applied applied = TRY(apply_changes(estate.snapshot(), changes));
  const auto after = estate.moment().next(std::move(applied.snapshot), applied.rows, kThreads);
  const reach::Difference difference = reach::difference(estate.moment(), *after, kThreads);
  const reach::DifferenceRows rows = reach::difference_map(*after, difference);
  json::object object = answers::difference_json(rows);
  if (is_judged) {
    const answers::Judging& judging = estate.setting().judging;
    const answers::FindingChanges findings =
        answers::finding_changes({.before = estate.moment(),
                                  .after = *after,
                                  .difference = difference,
                                  .was = estate.audit().findings,
                                  .is = answers::findings_at(*after, estate.authority(), judging)},
                                 judging.policy);
    object = answers::difference_json(rows, findings);
  }
  const ChangeRibbons ribbons = change_ribbons(estate.drawing().chart(), difference);
  object.emplace("ribbons", ribbons.list);
  object.emplace("ribbons_hidden", ribbons.hidden);
  object.emplace("patches", patches_of(estate.snapshot(), changes));
  return json_reply(object);
}

}  // namespace portolan::server
