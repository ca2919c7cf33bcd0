#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "iam/policy.h"

namespace portolan::iam {

/// Reads one document. Private to the parser: `parse_policy` is the door, and the decoder of
/// account details uses it for documents that stand inside others.
class PolicyParser {
 public:
  /// `place` is the JSON pointer of the document inside `file`.
  PolicyParser(std::string file, std::string place, Diagnostics& problems);

  Policy parse(simdjson::dom::element document, std::string name);

 private:
  using Json = simdjson::dom::element;

  void report(std::string_view code, const std::string& pointer, std::string message);
  /// Reports, and marks the statement as not to be trusted.
  void spoil(Statement& statement, std::string_view code, const std::string& pointer,
             std::string message);
  Statement parse_statement(Json json, std::size_t index, Language language,
                            const std::string& pointer);
  void parse_element(Statement& statement, std::string_view key, Json value, Language language,
                     const std::string& pointer);
  void parse_effect(Statement& statement, Json value, const std::string& pointer);
  void parse_actions(Statement& statement, Json value, const std::string& pointer);
  void parse_resources(Statement& statement, Json value, Language language,
                       const std::string& pointer);
  void parse_principals(Statement& statement, Json value, const std::string& pointer);
  void parse_principal_map(Statement& statement, simdjson::dom::object map,
                           const std::string& pointer);
  void parse_conditions(Statement& statement, Json value, Language language,
                        const std::string& pointer);
  void parse_tests(Statement& statement, std::string_view op_name, Json keys, Language language,
                   const std::string& pointer);

  std::string file_;
  std::string place_;
  Diagnostics& problems_;
};

/// The document in `json`, which may be an object or a string that holds one; nothing, with a
/// diagnostic, if neither. The result lives as long as `parser` is not used again.
simdjson::error_code parse_json(simdjson::dom::parser& parser, std::string_view text,
                                simdjson::dom::element& result);
/// Documents nest no deeper than that.
inline constexpr std::size_t kMostJsonDepth = 64;
/// `text` with `null` for whatever is nested deeper, so that the rest can be read.
std::string shallow_json(std::string_view text, std::size_t depth);

/// `%7B%22…` as text; nothing if it is not URL-encoded.
std::string url_decoded(std::string_view text);

}  // namespace portolan::iam
