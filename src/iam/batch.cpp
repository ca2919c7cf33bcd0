#include "iam/batch.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "iam/actions.h"
#include "iam/discovery.h"
#include "iam/keys.h"
#include "iam/oracle.h"
#include "iam/policy_parser.h"
#include "iam/resource_samples.h"

namespace portolan::iam {
namespace {

using Json = simdjson::dom::element;
namespace dom = simdjson::dom;

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

  /// Nothing if it is none of the three.
  [[nodiscard]] std::optional<Caller> caller() const {
    Json value;
    std::string_view type;
    if (json_["principal"].get(value) != simdjson::SUCCESS) {
      return std::nullopt;
    }
    if (value["type"].get(type) == simdjson::SUCCESS) {
      return type == "Anonymous" ? std::optional(Caller{}) : std::nullopt;
    }
    const Caller caller = Caller::parse(text("principal"));
    return caller.kind == Caller::Kind::Anonymous ? std::nullopt : std::optional(caller);
  }

  [[nodiscard]] Knowledge knowledge() {
    Knowledge knowledge;
    dom::object map;
    if (!is_map("known") || json_["known"].get(map) != simdjson::SUCCESS) {
      return knowledge;
    }
    for (const auto& [key, value] : map) {
      const std::string degree = scalar(value);
      if (degree != "value" && degree != "presence") {
        fault_ = "`known` maps keys to `value` or `presence`";
      }
      knowledge.add(key,
                    degree == "value" ? Knowledge::Degree::Value : Knowledge::Degree::Presence);
    }
    return knowledge;
  }

  [[nodiscard]] Context context() {
    Context context;
    dom::object map;
    if (!is_map("context") || json_["context"].get(map) != simdjson::SUCCESS) {
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
    Authority authority{.identity = policies("identity"),
                        .boundary = policies("boundary"),
                        .service_control = levels("scp"),
                        .resource_control = levels("rcp"),
                        .resource_policy = document("resource_policy")};
    if (const Policy* session = document("session")) {
      authority.session = Policies{session};
    }
    Policies endpoint = policies("endpoint");
    if (!endpoint.empty()) {
      authority.endpoint = std::move(endpoint);
    }
    const std::string action = folded(text("action"));
    authority.must_grant_itself =
        service_of(action) == "kms" || action.starts_with("sts:assumerole");
    return authority;
  }

  /// What is wrong with the line, of what was read so far.
  [[nodiscard]] const std::string& fault() const { return fault_; }

  [[nodiscard]] bool is_wildcard_only() const {
    bool value = false;
    if (json_["wildcard_only"].get(value) == simdjson::SUCCESS) {
      return value;
    }
    return takes_no_resource(text("action"));
  }

 private:
  static std::string scalar(Json json) {
    std::string_view text;
    return json.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(json);
  }

  /// The member, unless it is missing or null. Another type than the wanted one is a fault: what is
  /// left out must not read as something that does not limit.
  std::optional<Json> member(std::string_view key, dom::element_type wanted,
                             std::string_view noun) {
    Json value;
    if (json_[key].get(value) != simdjson::SUCCESS || value.is_null()) {
      return std::nullopt;
    }
    if (value.type() != wanted) {
      fault_ = fmt::format("`{}` is {}", key, noun);
      return std::nullopt;
    }
    return value;
  }
  bool is_map(std::string_view key) {
    return member(key, dom::element_type::OBJECT, "a map").has_value();
  }

  const Policy* keep(Json json, std::string name) {
    Diagnostics problems;
    return &documents_.emplace_back(PolicyParser(name, "", problems).parse(json, name));
  }

  Policies listed(dom::array array, const std::string& name) {
    Policies list;
    for (const Json each : array) {
      list.push_back(keep(each, fmt::format("{} {}", name, list.size())));
    }
    return list;
  }

  Policies policies(const std::string& key) {
    const auto list = member(key, dom::element_type::ARRAY, "a list of policies");
    return list ? listed(dom::array(*list), key) : Policies{};
  }

  std::vector<Policies> levels(const std::string& key) {
    std::vector<Policies> result;
    const auto list = member(key, dom::element_type::ARRAY, "a list of lists of policies");
    if (!list) {
      return result;
    }
    for (const Json level : dom::array(*list)) {
      dom::array array;
      if (level.get(array) != simdjson::SUCCESS) {
        fault_ = fmt::format("`{}` is a list of lists of policies", key);
        continue;
      }
      result.push_back(listed(array, fmt::format("{} {}", key, result.size())));
    }
    return result;
  }

  const Policy* document(const std::string& key) {
    const auto json = member(key, dom::element_type::OBJECT, "a policy or null");
    return json ? keep(*json, key) : nullptr;
  }

  std::string fault_;
  Json json_;
  std::deque<Policy> documents_;
};

std::string answer(std::string_view id, const Decision& decision, const std::string& residual,
                   std::string_view reason = {}) {
  std::string blocked_by;
  for (const PolicyKind kind : decision.blocked_by) {
    blocked_by += fmt::format("{}\"{}\"", blocked_by.empty() ? "" : ",", text(kind));
  }
  const std::string why = reason.empty() ? "" : fmt::format(",\"reason\":{}", quoted_json(reason));
  return fmt::format(R"({{"id":{},"result":"{}","blocked_by":[{}],"residual":{}{}}})", id,
                     text(decision.outcome), blocked_by, residual, why);
}

/// The later, the less it is what a set of resources comes to.
int rank(Outcome outcome) {
  return outcome == Outcome::Allowed            ? 0
         : outcome == Outcome::Unknown          ? 1
         : outcome == Outcome::ExplicitlyDenied ? 2
                                                : 3;
}

/// What comes of several resources: the best of them, and whatever stands in its way.
void add(OpenDecision& whole, const OpenDecision& part) {
  const int order = rank(part.decision.outcome) - rank(whole.decision.outcome);
  if (order > 0) {
    return;
  }
  if (order < 0) {
    whole = part;
    return;
  }
  whole.condition = whole.condition || part.condition;
  auto& kinds = whole.decision.blocked_by;
  kinds.insert(kinds.end(), part.decision.blocked_by.begin(), part.decision.blocked_by.end());
  std::ranges::sort(kinds);
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
}

/// One way of deciding, for one resource.
class Decider {
 public:
  Decider(const Authority& authority, std::optional<Knowledge> open)
      : authority_(authority), open_(std::move(open)) {}

  [[nodiscard]] OpenDecision decide_one(const Request& request) const {
    return open_ ? decide_open(request, authority_, *open_)
                 : OpenDecision{.decision = decide(request, authority_)};
  }

  /// Nothing if the pattern stands for too many resources.
  [[nodiscard]] std::optional<OpenDecision> decide_all(Request request) const {
    if (request.is_wildcard_only || !is_resource_pattern(request.resource)) {
      return decide_one(request);
    }
    const auto resources = sample_resources(request, authority_);
    if (!resources) {
      return std::nullopt;
    }
    OpenDecision whole{.decision = {.outcome = Outcome::ImplicitlyDenied}};
    for (const std::string& resource : *resources) {
      request.resource = resource;
      add(whole, decide_one(request));
    }
    return whole;
  }

 private:
  const Authority& authority_;
  std::optional<Knowledge> open_;  // nothing: in the mode Strict
};

/// In the mode Discovery, and if it is allowed under a condition only.
std::string residual_of(const OpenDecision& open) {
  const bool is_told = open.decision.outcome == Outcome::Allowed &&
                       open.condition.kind != Formula::Kind::Always &&
                       open.condition.kind != Formula::Kind::Never;
  return is_told ? iam::json(open.condition) : "null";
}

std::string documents_json(const Policies& policies) {
  std::string out;
  for (const Policy* policy : policies) {
    out += (out.empty() ? "" : ",") +
           (policy->document.empty() ? R"({"Statement":[]})" : policy->document);
  }
  return '[' + out + ']';
}

std::string levels_json(const std::vector<Policies>& levels) {
  std::string out;
  for (const Policies& level : levels) {
    out += (out.empty() ? "" : ",") + documents_json(level);
  }
  return '[' + out + ']';
}

std::string context_json(const Context& context) {
  std::string out;
  for (const auto& [key, entry] : context.entries()) {
    if (entry.is_ambiguous) {
      continue;
    }
    std::string values;
    for (const std::string& value : entry.values) {
      values += (values.empty() ? "" : ",") + quoted_json(value);
    }
    out += (out.empty() ? "" : ",") + quoted_json(spelled_key(key)) + ':';
    out += entry.is_list ? '[' + values + ']' : values;
  }
  return '{' + out + '}';
}

}  // namespace

std::string request_line(std::string_view id, const Request& request, const Authority& authority) {
  return fmt::format(
      R"({{"id":{},"principal":{},"action":{},"resource":{},"account":{},"context":{},)"
      R"("identity":{},"session":null,"boundary":{},"scp":{},"rcp":{},"resource_policy":null,)"
      R"("endpoint":[],"wildcard_only":{}}})",
      id, quoted_json(request.caller.name()), quoted_json(request.action),
      quoted_json(request.resource), quoted_json(request.account), context_json(request.context),
      documents_json(authority.identity), documents_json(authority.boundary),
      levels_json(authority.service_control), levels_json(authority.resource_control),
      request.is_wildcard_only);
}

std::string refusal_line(std::string_view id, std::string_view reason) {
  return answer(id.empty() ? "null" : id, {.outcome = Outcome::Unknown}, "null", reason);
}

Result<std::string> answer_line(std::string_view json) {
  dom::parser parser;
  Json document;
  if (const auto error = parse_json(parser, json, document)) {
    return fail("bad_request", fmt::format("not JSON: {}", simdjson::error_message(error)));
  }
  if (!document.is_object()) {
    return fail("bad_request", "a request is an object");
  }
  Line line(document);
  const std::string id = line.id();
  const auto caller = line.caller();
  const std::string mode = line.text("mode");
  Request request{.caller = caller.value_or(Caller{}),
                  .action = line.text("action"),
                  .resource = line.text("resource"),
                  .account = line.text("account"),
                  .context = line.context(),
                  .is_wildcard_only = line.is_wildcard_only()};
  if (request.action.find(':') == std::string::npos || request.resource.empty()) {
    return fail("bad_request", "a request has `action`, written `service:Name`, and `resource`",
                id);
  }
  if (!caller) {
    return fail("bad_request",
                "`principal` is an ARN, the name of a service or {\"type\":\"Anonymous\"}", id);
  }
  const bool is_open = mode == "Discovery";
  if (!is_open && !mode.empty() && mode != "Strict") {
    return fail("bad_request", "`mode` is `Strict` or `Discovery`", id);
  }
  const Authority authority = line.authority();
  const Decider decider(authority, is_open ? std::optional(line.knowledge()) : std::nullopt);
  if (!line.fault().empty()) {
    return fail("bad_request", line.fault(), id);
  }
  const auto decided = decider.decide_all(std::move(request));
  if (!decided) {
    return refusal_line(id, "the resource stands for too many to be told apart");
  }
  return answer(id, decided->decision, is_open ? residual_of(*decided) : "null");
}

}  // namespace portolan::iam
