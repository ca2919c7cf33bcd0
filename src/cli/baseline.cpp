#include "cli/baseline.h"

#include <filesystem>

#include <boost/json.hpp>

#include "cli/text_input.h"
#include "store/store.h"

namespace portolan::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kBytesMost = std::size_t{1} << 32U;
constexpr std::string_view kSchema = "portolan/audit/1";

const json::string* text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_string();
}

std::string word_at(const json::object& object, std::string_view key) {
  const json::string* text = text_at(object, key);
  return text == nullptr ? std::string() : std::string(*text);
}

/// What the audit of that time said of the finding; what is not there, or is nothing that we know,
/// stays empty.
checks::Earlier earlier_of(const json::object& finding, std::string_view outcome) {
  return {.id = word_at(finding, "id"),
          .check = word_at(finding, "check"),
          .resource = word_at(finding, "resource"),
          .name = word_at(finding, "name"),
          .account = AccountId::parse(word_at(finding, "account")).value_or(AccountId()),
          .region = Region::parse(word_at(finding, "region")).value_or(Region()),
          .outcome = outcome == text(Outcome::Unknown) ? Outcome::Unknown : Outcome::Fail,
          .risk = parse_risk(word_at(finding, "risk")).value_or(Risk::Critical)};
}

}  // namespace

Result<Baseline> parse_baseline(std::string_view text, const std::string& file) {
  const auto refuse = [&](std::string problem) {
    return fail("bad_baseline",
                std::move(problem) + ": write it with `portolan audit --format json`", file);
  };
  json::error_code error;
  const json::value document = json::parse(text, error);
  if (error) {
    return refuse("the baseline is no JSON document");
  }
  const json::object* audit = document.if_object();
  const json::string* schema = audit == nullptr ? nullptr : text_at(*audit, "schema");
  if (schema == nullptr || std::string_view(*schema) != kSchema) {
    return refuse("the baseline is no audit of schema portolan/audit/1");
  }
  const json::value* list = audit->if_contains("findings");
  const json::array* findings = list == nullptr ? nullptr : list->if_array();
  if (findings == nullptr) {
    return refuse("the baseline has no list of findings");
  }
  Baseline baseline;
  for (const json::value& each : *findings) {
    const json::object* finding = each.if_object();
    const json::string* id = finding == nullptr ? nullptr : text_at(*finding, "id");
    const json::string* outcome = finding == nullptr ? nullptr : text_at(*finding, "outcome");
    if (id == nullptr || outcome == nullptr) {
      return refuse("a finding of the baseline has no id or outcome");
    }
    if (std::string_view(*outcome) != "pass") {
      baseline.emplace(*id, earlier_of(*finding, *outcome));
    }
  }
  return baseline;
}

Result<Baseline> read_baseline(const std::string& file) {
  return parse_baseline(TRY(read_text(file, kBytesMost)), file == "-" ? "stdin" : file);
}

Result<std::optional<Baseline>> baseline_of_store(const std::string& store,
                                                  const std::string& source) {
  std::error_code error;
  if (!std::filesystem::exists(store, error)) {
    return std::nullopt;
  }
  store::Store opened = TRY(store::Store::open(store));
  if (TRY(opened.runs(source)).empty()) {
    return std::nullopt;
  }
  Baseline baseline;
  for (const store::FindingLife& life : TRY(opened.findings(source))) {
    if (!life.resolved) {
      const Finding& finding = life.finding;
      baseline.emplace(life.fingerprint, checks::Earlier{.id = life.fingerprint,
                                                         .check = finding.check.text(),
                                                         .resource = finding.resource,
                                                         .name = finding.name,
                                                         .account = finding.account,
                                                         .region = finding.region,
                                                         .outcome = finding.outcome,
                                                         .risk = finding.risk});
    }
  }
  return baseline;
}

}  // namespace portolan::cli
