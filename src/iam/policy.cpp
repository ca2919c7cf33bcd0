#include "iam/policy.h"

#include <utility>

#include <fmt/format.h>

#include "iam/policy_parser.h"

namespace portolan::iam {
namespace {

int hex_digit(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

}  // namespace

std::string url_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool has_digits = text[i] == '%' && i + 2 < text.size();
    const int high = has_digits ? hex_digit(text[i + 1]) : -1;
    const int low = has_digits ? hex_digit(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

simdjson::error_code parse_json(simdjson::dom::parser& parser, std::string_view text,
                                simdjson::dom::element& result) {
  if (const auto error = parser.allocate(text.size(), kMostJsonDepth)) {
    return error;
  }
  return parser.parse(text.data(), text.size()).get(result);
}

std::string shallow_json(std::string_view text, std::size_t depth) {
  std::string result;
  result.reserve(text.size());
  std::size_t level = 0;
  bool is_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_kept = level < depth;
    if (is_text) {
      if (is_kept) {
        result += c;
      }
      if (c == '\\' && i + 1 < text.size()) {
        ++i;
        if (is_kept) {
          result += text[i];
        }
      } else if (c == '"') {
        is_text = false;
      }
      continue;
    }
    is_text = c == '"';
    if (c == '{' || c == '[') {
      ++level;
      if (level == depth) {
        result += "null";
      }
      if (level >= depth) {
        continue;
      }
    } else if ((c == '}' || c == ']') && level > 0) {
      --level;
      if (level + 1 >= depth) {
        continue;
      }
    }
    if (level < depth) {
      result += c;
    }
  }
  return result;
}

Policy unknown_policy(std::string name, std::string reason) {
  Statement statement{.fault = std::move(reason)};
  statement.actions.is_readable = false;
  statement.resources.is_readable = false;
  return Policy{.name = std::move(name), .statements = {std::move(statement)}};
}

Policy parse_policy(std::string_view json, std::string name, Diagnostics& problems) {
  if (json.size() > kMostPolicyBytes) {
    problems.add(
        {.code = "bad_policy",
         .message = fmt::format("a policy of {} bytes is beyond all limits of AWS", json.size()),
         .file = name});
    return unknown_policy(std::move(name), "the document is too large");
  }
  const std::string text =
      json.starts_with("%7B") || json.starts_with("%7b") ? url_decoded(json) : std::string(json);
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (const auto error = parse_json(parser, text, document)) {
    problems.add(
        {.code = "bad_policy",
         .message = fmt::format("the policy is not JSON: {}", simdjson::error_message(error)),
         .file = name});
    return unknown_policy(std::move(name), "the document is not JSON");
  }
  return PolicyParser(name, "", problems).parse(document, name);
}

}  // namespace portolan::iam
