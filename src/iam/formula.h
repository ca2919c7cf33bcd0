#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "iam/condition.h"
#include "iam/oracle.h"

namespace portolan::iam {

/// A condition on what is open about a request, for one evaluation: tests of statements, and what
/// else is open, with and, or, not between. Nothing else of itself is `Never`.
struct Formula {
  enum class Kind : std::uint8_t {
    Never,
    Always,
    Unknown,   // a statement that is not readable
    Test,      // a test of a key that is open
    Session,   // the session's name is one of `names`
    Resource,  // the resource is written with a variable that is open: `names`
    Not,       // of the one part, which is none of All, Any, Not
    All,
    Any,
  };

  Kind kind = Kind::Never;
  const Test* test = nullptr;
  std::vector<std::string> names;
  StatementRef source;
  bool is_allow = true;  // of the source
  std::vector<Formula> parts;

  static Formula constant(bool value) { return {.kind = value ? Kind::Always : Kind::Never}; }
  friend bool operator==(const Formula& a, const Formula& b) = default;
};

/// Simplified: no part is a constant, of the kind of the whole, or there twice.
Formula operator&&(const Formula& a, const Formula& b);
Formula operator||(const Formula& a, const Formula& b);
/// Of all parts, `not` stands at the leaves only.
Formula operator!(const Formula& a);

/// As JSON: `{"conditionType": "group", "operator": "and", "conditions": […]}` with leaves
/// `{"conditionType": "condition", "op", "key", "values", "sources", "inverted"}`, where a negated
/// test is written with the operator that says the opposite and marked `inverted`.
std::string json(const Formula& formula);

/// In words; stops after some hundred characters.
std::string words(const Formula& formula);

/// `text` as a JSON string.
std::string quoted_json(std::string_view text);

}  // namespace portolan::iam
