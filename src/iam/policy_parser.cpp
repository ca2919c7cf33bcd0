#include "iam/policy_parser.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::iam {
namespace {

using Json = simdjson::dom::element;
namespace dom = simdjson::dom;

/// A name as a part of a JSON pointer (RFC 6901).
std::string escaped(std::string_view name) {
  std::string result;
  for (const char c : name) {
    result += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return result;
}

std::optional<std::string> string_of(Json json) {
  std::string_view text;
  return json.get(text) == simdjson::SUCCESS ? std::optional<std::string>(text) : std::nullopt;
}

/// A value of a condition: numbers and booleans may stand there without quotes.
std::optional<std::string> scalar_of(Json json) {
  switch (json.type()) {
    case dom::element_type::STRING:
      return string_of(json);
    case dom::element_type::BOOL:
      return json.get_bool().value_unsafe() ? "true" : "false";
    case dom::element_type::INT64:
      return std::to_string(json.get_int64().value_unsafe());
    case dom::element_type::UINT64:
      return std::to_string(json.get_uint64().value_unsafe());
    case dom::element_type::DOUBLE:
      return fmt::format("{}", json.get_double().value_unsafe());
    case dom::element_type::ARRAY:
    case dom::element_type::OBJECT:
    case dom::element_type::NULL_VALUE:
      return std::nullopt;
  }
  return std::nullopt;
}

/// A value, or the values of a list; nothing if one of them is not readable.
template <class Read>
std::optional<std::vector<std::string>> list_of(Json json, Read read) {
  std::vector<std::string> values;
  dom::array array;
  if (json.get(array) != simdjson::SUCCESS) {
    const auto value = read(json);
    return value ? std::optional(std::vector{*value}) : std::nullopt;
  }
  for (const Json each : array) {
    const auto value = read(each);
    if (!value) {
      return std::nullopt;
    }
    values.push_back(*value);
  }
  return values;
}

bool is_action(std::string_view text) {
  const std::size_t colon = text.find(':');
  return text == "*" || (colon != std::string_view::npos && colon > 0 && colon + 1 < text.size());
}

bool is_resource(std::string_view text) {
  return text == "*" || text.starts_with("arn:") || text.starts_with("${");
}

/// Marks an element as there; false if it, or its twin, was there before.
template <class Value>
bool begin(Element<Value>& element, bool is_negated) {
  const bool is_first = !element.is_present;
  element.is_present = true;
  element.is_negated = is_negated;
  element.is_readable = element.is_readable && is_first;
  return is_first;
}

}  // namespace

PolicyParser::PolicyParser(std::string file, std::string place, Diagnostics& problems)
    : file_(std::move(file)), place_(std::move(place)), problems_(problems) {}

void PolicyParser::report(std::string_view code, const std::string& pointer, std::string message) {
  problems_.add({.code = std::string(code),
                 .message = std::move(message),
                 .file = file_,
                 .pointer = place_ + pointer});
}

void PolicyParser::spoil(Statement& statement, std::string_view code, const std::string& pointer,
                         std::string message) {
  if (statement.fault.empty()) {
    statement.fault = message;
  }
  report(code, pointer, std::move(message));
}

void PolicyParser::parse_effect(Statement& statement, Json value, const std::string& pointer) {
  const auto word = string_of(value).value_or("");
  if (word == "Allow" || word == "Deny") {
    statement.effect = word == "Allow" ? Effect::Allow : Effect::Deny;
  } else {
    spoil(statement, "bad_statement", pointer,
          fmt::format("the effect `{}` is neither `Allow` nor `Deny`", printable(word)));
  }
}

void PolicyParser::parse_actions(Statement& statement, Json value, const std::string& pointer) {
  const auto names = list_of(value, string_of);
  if (!names) {
    statement.actions.is_readable = false;
    spoil(statement, "bad_action", pointer, "actions are written as text or a list of text");
    return;
  }
  for (const std::string& name : *names) {
    if (is_action(name)) {
      statement.actions.values.push_back(Glob::of(folded(name)));
    } else {
      report("bad_action", pointer,
             fmt::format("`{}` is no action, write `service:Name`; it matches nothing",
                         printable(name)));
    }
  }
}

void PolicyParser::parse_resources(Statement& statement, Json value, Language language,
                                   const std::string& pointer) {
  const auto names = list_of(value, string_of);
  if (!names) {
    statement.resources.is_readable = false;
    spoil(statement, "bad_resource", pointer, "resources are written as text or a list of text");
    return;
  }
  for (const std::string& name : *names) {
    if (is_resource(name)) {
      statement.resources.values.push_back(Pattern::parse(name, language));
    } else {
      report("bad_resource", pointer,
             fmt::format("`{}` is neither an ARN nor `*`; it matches nothing", printable(name)));
    }
  }
}

void PolicyParser::parse_principal_map(Statement& statement, dom::object map,
                                       const std::string& pointer) {
  using Kind = PrincipalName::Kind;
  static constexpr std::array<std::pair<std::string_view, Kind>, 4> kKinds = {{
      {"AWS", Kind::Aws},
      {"Service", Kind::Service},
      {"Federated", Kind::Federated},
      {"CanonicalUser", Kind::CanonicalUser},
  }};
  for (const auto& [name, value] : map) {
    const auto kind = std::ranges::find(kKinds, name, &std::pair<std::string_view, Kind>::first);
    const auto names = list_of(value, string_of);
    if (kind == kKinds.end() || !names) {
      statement.principals.is_readable = false;
      spoil(statement, "bad_principal", pointer + '/' + escaped(name),
            fmt::format("principals of type `{}` are not readable", printable(name)));
      continue;
    }
    for (const std::string& each : *names) {
      const bool is_everyone = each == "*" && kind->second == Kind::Aws;
      statement.principals.values.push_back(
          {.kind = is_everyone ? Kind::Everyone : kind->second, .value = is_everyone ? "" : each});
    }
  }
}

void PolicyParser::parse_principals(Statement& statement, Json value, const std::string& pointer) {
  dom::object map;
  if (value.get(map) == simdjson::SUCCESS) {
    parse_principal_map(statement, map, pointer);
  } else if (string_of(value) == "*") {
    statement.principals.values.push_back({.kind = PrincipalName::Kind::Everyone});
  } else {
    statement.principals.is_readable = false;
    spoil(statement, "bad_principal", pointer, "a principal is `*` or a map of types to names");
  }
}

void PolicyParser::parse_tests(Statement& statement, std::string_view op_name, Json keys,
                               Language language, const std::string& pointer) {
  const auto op = parse_operator(op_name);
  if (!op) {
    spoil(statement, "unknown_operator", pointer,
          fmt::format("there is no condition operator `{}`", printable(op_name)));
  }
  dom::object map;
  if (keys.get(map) != simdjson::SUCCESS) {
    statement.tests.emplace_back();
    spoil(statement, "bad_statement", pointer, "an operator holds a map of keys to values");
    return;
  }
  for (const auto& [key, value] : map) {
    const auto values = list_of(value, scalar_of);
    Test test{.op = op.value_or(Operator{}), .key = folded(key), .spelling = std::string(key)};
    if (!values) {
      test.op = Operator{};
      spoil(statement, "bad_statement", pointer + '/' + escaped(key),
            fmt::format("the values of `{}` are not readable", printable(key)));
    }
    for (const std::string& each : values.value_or(std::vector<std::string>{})) {
      test.values.push_back(Pattern::parse(each, language));
    }
    statement.tests.push_back(std::move(test));
  }
}

void PolicyParser::parse_conditions(Statement& statement, Json value, Language language,
                                    const std::string& pointer) {
  dom::object map;
  if (value.get(map) != simdjson::SUCCESS) {
    statement.tests.emplace_back();
    spoil(statement, "bad_statement", pointer, "a condition is a map of operators");
    return;
  }
  for (const auto& [op_name, keys] : map) {
    parse_tests(statement, op_name, keys, language, pointer + '/' + escaped(op_name));
  }
}

void PolicyParser::parse_element(Statement& statement, std::string_view key, Json value,
                                 Language language, const std::string& pointer) {
  const bool is_negated = key.starts_with("Not");
  bool is_single = true;
  if (key == "Sid") {
    statement.sid = string_of(value).value_or("");
  } else if (key == "Effect") {
    is_single = statement.effect == Effect::NotReadable;
    parse_effect(statement, value, pointer);
  } else if (key == "Action" || key == "NotAction") {
    is_single = begin(statement.actions, is_negated);
    parse_actions(statement, value, pointer);
  } else if (key == "Resource" || key == "NotResource") {
    is_single = begin(statement.resources, is_negated);
    parse_resources(statement, value, language, pointer);
  } else if (key == "Principal" || key == "NotPrincipal") {
    is_single = begin(statement.principals, is_negated);
    parse_principals(statement, value, pointer);
  } else if (key == "Condition") {
    is_single = statement.tests.empty();
    parse_conditions(statement, value, language, pointer);
  } else {
    spoil(statement, "unknown_element", pointer,
          fmt::format("a statement has no element `{}`; names of elements have case",
                      printable(key)));
  }
  if (!is_single) {
    spoil(statement, "bad_statement", pointer,
          fmt::format("`{}` or its opposite stands twice in one statement", printable(key)));
  }
}

Statement PolicyParser::parse_statement(Json json, std::size_t index, Language language,
                                        const std::string& pointer) {
  Statement statement{.index = index};
  dom::object object;
  if (json.get(object) != simdjson::SUCCESS) {
    statement.actions.is_readable = statement.resources.is_readable = false;
    spoil(statement, "bad_statement", pointer, "a statement is an object");
    return statement;
  }
  for (const auto& [key, value] : object) {
    parse_element(statement, key, value, language, pointer + '/' + escaped(key));
  }
  if (!statement.actions.is_present) {
    statement.actions.is_readable = false;
    spoil(statement, "bad_statement", pointer, "a statement needs `Action` or `NotAction`");
  }
  if (statement.effect == Effect::NotReadable && statement.fault.empty()) {
    spoil(statement, "bad_statement", pointer, "a statement needs `Effect`");
  }
  return statement;
}

Policy PolicyParser::parse(Json document, std::string name) {
  dom::object object;
  if (document.get(object) != simdjson::SUCCESS) {
    report("bad_policy", "", "a policy document is an object");
    return unknown_policy(std::move(name), "the document is not readable");
  }
  Policy policy{.name = std::move(name), .document = simdjson::minify(document)};
  std::string_view version;
  if (object["Version"].get(version) == simdjson::SUCCESS && version == "2012-10-17") {
    policy.language = Language::V2012;
  }
  std::vector<std::pair<std::string_view, Json>> lists;
  for (const auto& [key, value] : object) {
    if (key == "Statement") {
      lists.emplace_back(key, value);
    } else if (key != "Version" && key != "Id") {
      report(
          "unknown_element", '/' + escaped(key),
          fmt::format("a policy has no element `{}`; names of elements have case", printable(key)));
    }
  }
  if (lists.size() != 1) {
    report("bad_policy", "", "a policy has one element `Statement`");
    return unknown_policy(std::move(policy.name), "the document has not one `Statement`");
  }
  dom::array array;
  if (lists.front().second.get(array) != simdjson::SUCCESS) {
    policy.statements.push_back(
        parse_statement(lists.front().second, 0, policy.language, "/Statement"));
    return policy;
  }
  for (const Json each : array) {
    const std::size_t index = policy.statements.size();
    policy.statements.push_back(
        parse_statement(each, index, policy.language, fmt::format("/Statement/{}", index)));
  }
  return policy;
}

}  // namespace portolan::iam
