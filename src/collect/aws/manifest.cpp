#include "collect/aws/manifest.h"

#include <boost/json.hpp>

namespace portolan::collect::aws {

namespace {

namespace json = boost::json;

json::object entry_json(const ManifestEntry& entry) {
  json::object object{{"Call", entry.call},
                      {"Account", entry.account},
                      {"Region", entry.region},
                      {"Outcome", text(entry.outcome)},
                      {"Items", entry.items}};
  if (!entry.file.empty()) {
    object["File"] = entry.file;
  }
  if (!entry.code.empty()) {
    object["Code"] = entry.code;
    object["Message"] = entry.message;
  }
  if (!entry.hidden.empty()) {
    object["Hidden"] = json::array(entry.hidden.begin(), entry.hidden.end());
  }
  return object;
}

}  // namespace

Document manifest_document(const std::vector<ManifestEntry>& entries, bool is_complete) {
  json::array calls;
  for (const ManifestEntry& entry : entries) {
    calls.push_back(entry_json(entry));
  }
  const json::object manifest{
      {"PortolanManifest",
       json::object{{"Version", 1}, {"Complete", is_complete}, {"Calls", std::move(calls)}}}};
  return {.path = "portolan-manifest.json", .bytes = json::serialize(manifest) + "\n"};
}

LiveSummary sum_up(const std::vector<ManifestEntry>& entries) {
  LiveSummary summary;
  for (const ManifestEntry& entry : entries) {
    switch (entry.outcome) {
      case Outcome::Collected:
        ++summary.collected;
        break;
      case Outcome::Denied:
        ++summary.denied;
        break;
      case Outcome::Failed:
      case Outcome::Partial:
        ++summary.failed;
        break;
    }
  }
  return summary;
}

}  // namespace portolan::collect::aws
