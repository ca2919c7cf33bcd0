#include "tools/scenario/documents.h"

#include <algorithm>

#include <fmt/format.h>

#include "collect/aws/namers.h"

namespace portolan::scenario {

namespace {

bool is_collected(const Estate& estate, Kind kind, const Place& place) {
  return std::none_of(
      estate.not_collected.begin(), estate.not_collected.end(), [&](const auto& left_out) {
        return left_out.first == kind && (!left_out.second || *left_out.second == place);
      });
}

/// The setting where the scenario says nothing.
json::object untouched(Kind kind, const Place& place) {
  if (kind == Kind::MetadataDefaults) {
    return {};
  }
  return object({{"AwsAccountId", place.account},
                 {"AwsRegion", place.region},
                 {"State", "default-state"},
                 {"InternetGatewayBlockMode", "off"},
                 {"ManagedBy", "account"},
                 {"ExclusionsAllowed", "allowed"}});
}

void append(const Place& place, std::string_view file, const json::object& answer,
            std::vector<collect::Document>& documents) {
  documents.push_back({.path = fmt::format("{}/{}/{}.json", place.account, place.region, file),
                       .bytes = json::serialize(answer)});
}

/// That all calls which may name a group and are no kind of their own were made, and named none.
json::object manifest(const Place& place) {
  json::array calls;
  for (const std::string& command : collect::aws::naming_commands()) {
    calls.push_back(object({{"Call", command},
                            {"Account", place.account},
                            {"Region", place.region},
                            {"Outcome", "collected"}}));
  }
  return object({{"Version", 1}, {"Complete", true}, {"Calls", std::move(calls)}});
}

/// What an id or ARN ends in: enough to name a file by.
std::string_view last_part(std::string_view id) { return id.substr(id.rfind('/') + 1); }

void append_kind(const Estate& estate, const KindInfo& kind, const Place& place,
                 std::vector<collect::Document>& documents) {
  json::array rows;
  bool is_empty = true;
  for (const Row& row : estate.rows()) {
    if (row.kind != kind.kind || row.place != place) {
      continue;
    }
    is_empty = false;
    if (kind.shape == Shape::Each) {
      append(place, fmt::format("{}-{}", kind.file, last_part(row.id)), row.value, documents);
    } else {
      rows.push_back(row.value);
    }
  }
  if (is_empty && !kind.empty_member.empty()) {
    append(place, kind.file, object({{kind.empty_member, json::array{}}}), documents);
  }
  if (kind.shape == Shape::Each || (rows.empty() && !kind.is_always_there)) {
    return;
  }
  json::object answer;
  answer[kind.member] = rows;
  if (kind.shape == Shape::Manifest) {
    answer[kind.member] = manifest(place);
  }
  if (kind.shape == Shape::Single) {
    answer[kind.member] = rows.empty() ? json::value(untouched(kind.kind, place)) : rows.front();
  }
  append(place, kind.file, answer, documents);
}

}  // namespace

void append_documents(const Estate& estate, std::vector<collect::Document>& documents) {
  for (const Place& place : estate.places) {
    for (const KindInfo& kind : all_kinds()) {
      if (is_collected(estate, kind.kind, place)) {
        append_kind(estate, kind, place, documents);
      }
    }
  }
}

}  // namespace portolan::scenario
