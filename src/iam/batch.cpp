#include "iam/batch.h"

#include <deque>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "iam/actions.h"
#include "iam/oracle.h"
#include "iam/policy_parser.h"

namespace portolan::iam {
namespace {

using Json = simdjson::dom::element;
namespace dom = simdjson::dom;

std::string quoted_json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// The members of a request.
class Line {
 public:
  explicit Line(Json json) : json_(json) {}

  [[nodiscard]] std::string text(std::string_view key) const {
    std::string_view value;
    return json_[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  }

  /// An id may be a number.
  [[nodiscard]] std::string id() const {
    Json value;
    if (json_["id"].get(value) != simdjson::SUCCESS) {
      return "null";
    }
    return simdjson::minify(value);
  }

  [[nodiscard]] Caller caller() const { return Caller::parse(text("principal")); }

  [[nodiscard]] Context context() const {
    Context context;
    dom::object map;
    if (json_["context"].get(map) != simdjson::SUCCESS) {
      return context;
    }
    for (const auto& [key, value] : map) {
      dom::array list;
      if (value.get(list) != simdjson::SUCCESS) {
        context.set(key, scalar(value));
        continue;
      }
      std::vector<std::string> values;
      for (const Json each : list) {
        values.push_back(scalar(each));
      }
      context.set_list(key, std::move(values));
    }
    return context;
  }

  Authority authority() {
    Authority authority{.identity = policies(json_["identity"], "identity"),
                        .boundary = policies(json_["boundary"], "boundary"),
                        .service_control = levels("scp"),
                        .resource_control = levels("rcp"),
                        .resource_policy = document("resource_policy")};
    if (const Policy* session = document("session")) {
      authority.session = Policies{session};
    }
    Policies endpoint = policies(json_["endpoint"], "endpoint");
    if (!endpoint.empty()) {
      authority.endpoint = std::move(endpoint);
    }
    const std::string action = folded(text("action"));
    authority.must_grant_itself =
        service_of(action) == "kms" || action.starts_with("sts:assumerole");
    return authority;
  }

  [[nodiscard]] bool is_wildcard_only() const {
    bool value = false;
    if (json_["wildcard_only"].get(value) == simdjson::SUCCESS) {
      return value;
    }
    const ActionRow* row = find_action(text("action"));
    return row != nullptr && uses_of(*row).empty();
  }

 private:
  static std::string scalar(Json json) {
    std::string_view text;
    return json.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(json);
  }

  const Policy* keep(Json json, std::string name) {
    Diagnostics problems;
    return &documents_.emplace_back(PolicyParser(name, "", problems).parse(json, name));
  }

  Policies policies(simdjson::simdjson_result<Json> json, const std::string& name) {
    Policies list;
    dom::array array;
    if (json.get(array) != simdjson::SUCCESS) {
      return list;
    }
    for (const Json each : array) {
      list.push_back(keep(each, fmt::format("{} {}", name, list.size())));
    }
    return list;
  }

  std::vector<Policies> levels(const std::string& key) {
    std::vector<Policies> result;
    dom::array array;
    if (json_[key].get(array) != simdjson::SUCCESS) {
      return result;
    }
    for (const Json level : array) {
      result.push_back(policies(Json(level), fmt::format("{} {}", key, result.size())));
    }
    return result;
  }

  const Policy* document(const std::string& key) {
    Json json;
    return json_[key].get(json) == simdjson::SUCCESS && !json.is_null() ? keep(json, key) : nullptr;
  }

  Json json_;
  std::deque<Policy> documents_;
};

std::string answer(const std::string& id, std::string_view result, std::string_view blocked_by,
                   std::string_view reason = {}) {
  const std::string why = reason.empty() ? "" : fmt::format(",\"reason\":{}", quoted_json(reason));
  return fmt::format(R"({{"id":{},"result":"{}","blocked_by":[{}],"residual":null{}}})", id, result,
                     blocked_by, why);
}

}  // namespace

Result<std::string> answer_line(std::string_view json) {
  dom::parser parser;
  Json document;
  if (const auto error = parse_json(parser, json, document)) {
    return fail("bad_request", fmt::format("not JSON: {}", simdjson::error_message(error)));
  }
  Line line(document);
  const std::string id = line.id();
  Request request{.caller = line.caller(),
                  .action = line.text("action"),
                  .resource = line.text("resource"),
                  .account = line.text("account"),
                  .context = line.context(),
                  .is_wildcard_only = line.is_wildcard_only()};
  if (request.action.find(':') == std::string::npos || request.resource.empty()) {
    return fail("bad_request", "a request has `action`, written `service:Name`, and `resource`",
                id);
  }
  if (line.text("mode") == "Discovery") {
    return answer(id, "Unknown", "", "the mode Discovery is not supported");
  }
  if (!request.is_wildcard_only && request.resource.find_first_of("*?") != std::string::npos) {
    return answer(id, "Unknown", "", "a resource that is a pattern is not supported");
  }
  const Authority authority = line.authority();
  const Decision decision = decide(request, authority);
  std::string blocked_by;
  for (const PolicyKind kind : decision.blocked_by) {
    blocked_by += fmt::format("{}\"{}\"", blocked_by.empty() ? "" : ",", text(kind));
  }
  return answer(id, text(decision.outcome), blocked_by);
}

}  // namespace portolan::iam
