#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "iam/context.h"
#include "iam/pattern.h"
#include "iam/truth.h"

/// The tests of a `Condition` element.
/// SOURCE: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Single-valued vs.
/// multivalued context keys".
namespace portolan::iam {

/// How a value of the request is compared with one of the policy.
enum class Comparison : std::uint8_t {
  StringEquals,
  StringEqualsIgnoreCase,
  StringLike,
  NumericEquals,
  NumericLess,
  NumericLessEquals,
  NumericGreater,
  NumericGreaterEquals,
  DateEquals,
  DateLess,
  DateLessEquals,
  DateGreater,
  DateGreaterEquals,
  Bool,
  Binary,
  IpAddress,
  Arn,
  Null,
  NotReadable,  // an operator that we do not know: no answer may be built on it
};

enum class Quantifier : std::uint8_t { None, ForAllValues, ForAnyValue };

/// An operator as written: `ForAllValues:StringNotLikeIfExists`.
struct Operator {
  Comparison comparison = Comparison::NotReadable;
  Quantifier quantifier = Quantifier::None;
  bool is_negated = false;  // no value of the policy may match
  bool if_exists = false;

  friend auto operator<=>(const Operator&, const Operator&) = default;
};

/// Names of operators have no case. Nothing if there is no such operator.
std::optional<Operator> parse_operator(std::string_view name);
/// As AWS writes it; `?` for one that is not readable.
std::string text(const Operator& op);

/// One key under one operator: true if one of the values matches.
struct Test {
  Operator op;
  std::string key;       // folded
  std::string spelling;  // as written
  std::vector<Pattern> values;

  friend bool operator==(const Test&, const Test&) = default;
};

/// What one value of the policy is worth when a request is compared with it: nothing matches a
/// value that cannot be read (`IpAddress` of `x`) or whose variable is not there, and a negated
/// operator over such a value does not hold either.
bool is_usable(Comparison comparison, const Glob& value);
/// One value of the request against one of the policy, whose variables are filled in.
bool compares(Comparison comparison, std::string_view value, const Glob& expected);

/// Values with variables filled in; nothing for one that could not be.
using ResolvedValues = std::vector<std::optional<Glob>>;
ResolvedValues resolved_values(const Test& test, const Context& context);
/// The test against the entry of its key, null if the request has none.
///
/// Unknown if the operator is not readable or the entry is ambiguous. A list under an operator
/// without quantifier never holds: AWS says that it needs one.
Truth holds(const Operator& op, const ResolvedValues& values, const Context::Entry* entry);
/// The same, with all read from one request.
Truth holds(const Test& test, const Context& context);

/// A moment as AWS reads it in a policy: RFC 3339, its beginning, or seconds since 1970.
std::optional<std::int64_t> parse_date(std::string_view text);
std::optional<double> parse_number(std::string_view text);

}  // namespace portolan::iam
