#include "cli/baseline.h"

#include <boost/json.hpp>

#include "cli/text_input.h"

namespace portolan::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kBytesMost = std::size_t{1} << 32U;
constexpr std::string_view kSchema = "portolan/audit/1";

const json::string* text_at(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_string();
}

}  // namespace

Result<std::unordered_set<std::string>> parse_baseline(std::string_view text,
                                                       const std::string& file) {
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
  std::unordered_set<std::string> ids;
  for (const json::value& each : *findings) {
    const json::object* finding = each.if_object();
    const json::string* id = finding == nullptr ? nullptr : text_at(*finding, "id");
    const json::string* outcome = finding == nullptr ? nullptr : text_at(*finding, "outcome");
    if (id == nullptr || outcome == nullptr) {
      return refuse("a finding of the baseline has no id or outcome");
    }
    if (std::string_view(*outcome) != "pass") {
      ids.emplace(*id);
    }
  }
  return ids;
}

Result<std::unordered_set<std::string>> read_baseline(const std::string& file) {
  return parse_baseline(TRY(read_text(file, kBytesMost)), file == "-" ? "stdin" : file);
}

}  // namespace portolan::cli
