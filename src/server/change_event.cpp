#include "server/change_event.h"

#include <algorithm>

#include "answers/connection_rows.h"
#include "answers/difference.h"
#include "core/text.h"
#include "model/change_text.h"
#include "reach/difference.h"
#include "reach/difference_map.h"

namespace portolan::server {
namespace {

namespace json = boost::json;

constexpr std::size_t kListMost = 200;

json::array first_of(json::array list) {
  if (list.size() > kListMost) {
    list.resize(kListMost);
  }
  return list;
}

json::array words_of(const std::vector<Change>& changes) {
  json::array words;
  for (const Change& change : changes) {
    if (words.size() == kListMost) {
      break;
    }
    words.emplace_back(printable(text(change)));
  }
  return words;
}

json::value cause_of(const Cause& cause) {
  if (cause.event.empty()) {
    return nullptr;
  }
  return json::object{{"actor", printable(cause.actor)},
                      {"event", printable(cause.event)},
                      {"source_ip", printable(cause.source_ip)}};
}

}  // namespace

json::object change_event(const Estate& before, const Estate& after,
                          const std::vector<Change>& changes, const Cause& cause) {
  const reach::Difference difference = reach::difference(before.moment(), after.moment(), kThreads);
  const reach::DifferenceRows rows = reach::difference_map(after.moment(), difference);
  const answers::FindingChanges findings =
      answers::finding_changes(before.audit().findings, after.audit().findings);
  json::object told = answers::difference_json(rows, findings);
  const std::size_t opened = rows.opened.size();
  const std::size_t closed = rows.closed.size();
  return {{"time", cause.time.text()},
          {"snapshot", after.hash()},
          {"changes", words_of(changes)},
          {"changes_total", changes.size()},
          {"opened", first_of(std::move(told.at("opened").as_array()))},
          {"opened_total", opened},
          {"closed", first_of(std::move(told.at("closed").as_array()))},
          {"closed_total", closed},
          {"findings_appeared", first_of(std::move(told.at("findings_appeared").as_array()))},
          {"findings_gone", first_of(std::move(told.at("findings_gone").as_array()))},
          {"cause", cause_of(cause)}};
}

}  // namespace portolan::server
