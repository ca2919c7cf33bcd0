#include "iam/condition.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/ip.h"
#include "core/time.h"

namespace portolan::iam {
namespace {

struct OperatorRow {
  std::string_view name;  // folded
  std::string_view spelling;
  Comparison comparison;
  bool is_negated;
};

constexpr std::array kOperators = {
    OperatorRow{"stringequals", "StringEquals", Comparison::StringEquals, false},
    OperatorRow{"stringnotequals", "StringNotEquals", Comparison::StringEquals, true},
    OperatorRow{"stringequalsignorecase", "StringEqualsIgnoreCase",
                Comparison::StringEqualsIgnoreCase, false},
    OperatorRow{"stringnotequalsignorecase", "StringNotEqualsIgnoreCase",
                Comparison::StringEqualsIgnoreCase, true},
    OperatorRow{"stringlike", "StringLike", Comparison::StringLike, false},
    OperatorRow{"stringnotlike", "StringNotLike", Comparison::StringLike, true},
    OperatorRow{"numericequals", "NumericEquals", Comparison::NumericEquals, false},
    OperatorRow{"numericnotequals", "NumericNotEquals", Comparison::NumericEquals, true},
    OperatorRow{"numericlessthan", "NumericLessThan", Comparison::NumericLess, false},
    OperatorRow{"numericlessthanequals", "NumericLessThanEquals", Comparison::NumericLessEquals,
                false},
    OperatorRow{"numericgreaterthan", "NumericGreaterThan", Comparison::NumericGreater, false},
    OperatorRow{"numericgreaterthanequals", "NumericGreaterThanEquals",
                Comparison::NumericGreaterEquals, false},
    OperatorRow{"dateequals", "DateEquals", Comparison::DateEquals, false},
    OperatorRow{"datenotequals", "DateNotEquals", Comparison::DateEquals, true},
    OperatorRow{"datelessthan", "DateLessThan", Comparison::DateLess, false},
    OperatorRow{"datelessthanequals", "DateLessThanEquals", Comparison::DateLessEquals, false},
    OperatorRow{"dategreaterthan", "DateGreaterThan", Comparison::DateGreater, false},
    OperatorRow{"dategreaterthanequals", "DateGreaterThanEquals", Comparison::DateGreaterEquals,
                false},
    OperatorRow{"bool", "Bool", Comparison::Bool, false},
    OperatorRow{"binaryequals", "BinaryEquals", Comparison::Binary, false},
    OperatorRow{"ipaddress", "IpAddress", Comparison::IpAddress, false},
    OperatorRow{"notipaddress", "NotIpAddress", Comparison::IpAddress, true},
    // SOURCE: the same page: "ArnEquals and ArnLike behave identically".
    OperatorRow{"arnlike", "ArnLike", Comparison::Arn, false},
    OperatorRow{"arnnotlike", "ArnNotLike", Comparison::Arn, true},
    OperatorRow{"arnequals", "ArnEquals", Comparison::Arn, false},
    OperatorRow{"arnnotequals", "ArnNotEquals", Comparison::Arn, true},
    OperatorRow{"null", "Null", Comparison::Null, false},
};

constexpr std::string_view kAllValues = "forallvalues:";
constexpr std::string_view kAnyValue = "foranyvalue:";
constexpr std::string_view kIfExists = "ifexists";

/// An address or a block; host bits may be set.
std::optional<IpPrefix> parse_block(std::string_view text) {
  if (text.find('/') != std::string_view::npos) {
    const auto prefix = IpPrefix::parse(text);
    return prefix ? std::optional(*prefix) : std::nullopt;
  }
  const auto address = IpAddress::parse(text);
  return address ? std::optional(IpPrefix::host(*address)) : std::nullopt;
}

template <class Value>
bool is_ordered(Comparison comparison, const std::optional<Value>& value,
                const std::optional<Value>& expected) {
  if (!value || !expected) {
    return false;
  }
  const auto is_one_of = [comparison](Comparison number, Comparison date) {
    return comparison == number || comparison == date;
  };
  using enum Comparison;
  return is_one_of(NumericLess, DateLess)                     ? *value < *expected
         : is_one_of(NumericLessEquals, DateLessEquals)       ? *value <= *expected
         : is_one_of(NumericGreater, DateGreater)             ? *value > *expected
         : is_one_of(NumericGreaterEquals, DateGreaterEquals) ? *value >= *expected
                                                              : *value == *expected;
}

bool is_numeric(Comparison comparison) {
  return comparison >= Comparison::NumericEquals && comparison <= Comparison::NumericGreaterEquals;
}

bool is_date(Comparison comparison) {
  return comparison >= Comparison::DateEquals && comparison <= Comparison::DateGreaterEquals;
}

/// True if the value satisfies the operator: one of the expected ones matches or, negated, none.
bool satisfies(const Operator& op, const ResolvedValues& values, std::string_view value) {
  bool is_match = false;
  for (const auto& expected : values) {
    const bool usable = expected && is_usable(op.comparison, *expected);
    if (!usable && op.is_negated) {
      return false;
    }
    is_match = is_match || (usable && compares(op.comparison, value, *expected));
  }
  return is_match != op.is_negated;
}

bool is_null_test_met(const ResolvedValues& values, const Context::Entry* entry) {
  return std::ranges::any_of(values, [&](const auto& value) {
    return value && folded(value->text()) == (entry == nullptr ? "true" : "false");
  });
}

}  // namespace

std::optional<Operator> parse_operator(std::string_view name) {
  const std::string lower = folded(name);
  std::string_view rest = lower;
  Operator op;
  if (rest.starts_with(kAllValues)) {
    op.quantifier = Quantifier::ForAllValues;
    rest.remove_prefix(kAllValues.size());
  } else if (rest.starts_with(kAnyValue)) {
    op.quantifier = Quantifier::ForAnyValue;
    rest.remove_prefix(kAnyValue.size());
  }
  if (rest.ends_with(kIfExists)) {
    op.if_exists = true;
    rest.remove_suffix(kIfExists.size());
  }
  const auto row = std::ranges::find(kOperators, rest, &OperatorRow::name);
  if (row == kOperators.end() || (row->comparison == Comparison::Null && op.if_exists)) {
    return std::nullopt;
  }
  op.comparison = row->comparison;
  op.is_negated = row->is_negated;
  return op;
}

std::string text(const Operator& op) {
  const auto row = std::ranges::find_if(kOperators, [&](const OperatorRow& each) {
    return each.comparison == op.comparison && each.is_negated == op.is_negated;
  });
  if (row == kOperators.end()) {
    return "?";
  }
  std::string result(op.quantifier == Quantifier::ForAllValues  ? "ForAllValues:"
                     : op.quantifier == Quantifier::ForAnyValue ? "ForAnyValue:"
                                                                : "");
  result += row->spelling;
  return op.if_exists ? result + "IfExists" : result;
}

std::optional<double> parse_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole && number - number == 0 ? std::optional(number) : std::nullopt;
}

std::optional<std::int64_t> parse_date(std::string_view text) {
  constexpr std::size_t date_only = 10;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc() && end == text.data() + text.size()) {
    return seconds;
  }
  std::string whole(text);
  if (text.size() == date_only) {
    whole += "T00:00:00Z";
  } else if (text.size() == std::string_view("2020-04-01T00:00Z").size() && text.ends_with('Z')) {
    whole.insert(whole.size() - 1, ":00");
  }
  const auto time = Time::parse(whole);
  return time ? std::optional(time->seconds()) : std::nullopt;
}

bool is_usable(Comparison comparison, const Glob& value) {
  if (is_numeric(comparison)) {
    return parse_number(value.text()).has_value();
  }
  if (is_date(comparison)) {
    return parse_date(value.text()).has_value();
  }
  return comparison != Comparison::IpAddress || parse_block(value.text()).has_value();
}

bool compares(Comparison comparison, std::string_view value, const Glob& expected) {
  if (is_numeric(comparison)) {
    return is_ordered(comparison, parse_number(value), parse_number(expected.text()));
  }
  if (is_date(comparison)) {
    return is_ordered(comparison, parse_date(value), parse_date(expected.text()));
  }
  if (comparison == Comparison::StringLike) {
    return matches(expected, value);
  }
  if (comparison == Comparison::Arn) {
    return matches_arn(expected, value);
  }
  if (comparison == Comparison::StringEqualsIgnoreCase || comparison == Comparison::Bool) {
    return folded(value) == folded(expected.text());
  }
  if (comparison == Comparison::IpAddress) {
    const auto block = parse_block(expected.text());
    const auto address = parse_block(value);
    return block && address && block->contains(*address);
  }
  return value == expected.text();
}

ResolvedValues resolved_values(const Test& test, const Context& context) {
  ResolvedValues values;
  values.reserve(test.values.size());
  for (const Pattern& value : test.values) {
    values.push_back(value.resolved(context));
  }
  return values;
}

Truth holds(const Operator& op, const ResolvedValues& values, const Context::Entry* entry) {
  if (op.comparison == Comparison::NotReadable) {
    return Truth::Unknown;
  }
  if (op.comparison == Comparison::Null) {
    return truth(is_null_test_met(values, entry));
  }
  if (entry != nullptr && entry->is_ambiguous) {
    return Truth::Unknown;
  }
  const auto is_satisfied = [&](const std::string& value) { return satisfies(op, values, value); };
  const bool is_empty = entry == nullptr || entry->values.empty();
  if (op.quantifier == Quantifier::ForAllValues) {
    return truth(is_empty || std::ranges::all_of(entry->values, is_satisfied));
  }
  if (op.quantifier == Quantifier::ForAnyValue) {
    return truth(!is_empty && std::ranges::any_of(entry->values, is_satisfied));
  }
  if (entry == nullptr) {
    return truth(op.if_exists || op.is_negated);
  }
  return truth(!entry->is_list && !is_empty && is_satisfied(entry->values.front()));
}

Truth holds(const Test& test, const Context& context) {
  const bool is_unsure = std::ranges::any_of(
      test.values, [&](const Pattern& value) { return value.is_ambiguous(context); });
  const Context::Entry* entry = context.find(test.key);
  if (is_unsure && entry != nullptr) {
    return Truth::Unknown;
  }
  return holds(test.op, resolved_values(test, context), entry);
}

}  // namespace portolan::iam
