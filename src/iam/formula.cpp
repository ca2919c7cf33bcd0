#include "iam/formula.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace portolan::iam {
namespace {

using Kind = Formula::Kind;

void add_part(std::vector<Formula>& parts, const Formula& part) {
  if (std::ranges::find(parts, part) == parts.end()) {
    parts.push_back(part);
  }
}

/// Of one kind, where `idle` changes nothing and `ruling` decides.
Formula joined(Kind kind, Kind idle, Kind ruling, const Formula& a, const Formula& b) {
  if (a.kind == ruling || b.kind == idle) {
    return a;
  }
  if (b.kind == ruling || a.kind == idle) {
    return b;
  }
  Formula whole{.kind = kind};
  for (const Formula* each : {&a, &b}) {
    if (each->kind == kind) {
      std::ranges::for_each(each->parts, [&](const Formula& p) { add_part(whole.parts, p); });
    } else {
      add_part(whole.parts, *each);
    }
  }
  return whole.parts.size() == 1 ? Formula(whole.parts.front()) : whole;
}

std::string json_list(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    out += (out.empty() ? "" : ",") + quoted_json(text);
  }
  return '[' + out + ']';
}

std::string_view kind_word(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::Identity:
      return "identity";
    case PolicyKind::Boundary:
      return "permissionBoundary";
    case PolicyKind::Session:
      return "session";
    case PolicyKind::ServiceControl:
      return "scp";
    case PolicyKind::ResourceControl:
      return "rcp";
    case PolicyKind::Resource:
      return "resource";
    case PolicyKind::Endpoint:
      return "endpointPolicy";
  }
  return "";
}

std::string sources_json(const Formula& leaf) {
  const StatementRef& ref = leaf.source;
  const std::string sid =
      ref.sid.empty() ? "" : fmt::format("\"statementId\":{},", quoted_json(ref.sid));
  return fmt::format(
      R"("sources":[{{"policyType":"{}","effect":"{}","policyIdentifier":{},{}"statementIndex":{}}}])",
      kind_word(ref.kind), leaf.is_allow ? "Allow" : "Deny", quoted_json(ref.policy), sid,
      ref.index + 1);
}

std::string leaf_json(const Formula& leaf, const std::string& op,
                      const std::vector<std::string>& values, bool is_inverted) {
  return fmt::format(R"({{"conditionType":"condition","op":"{}","key":{},"values":{},{}{}}})", op,
                     quoted_json(leaf.test->spelling), json_list(values), sources_json(leaf),
                     is_inverted ? ",\"inverted\":true" : "");
}

std::string group_json(std::string_view op, const std::vector<std::string>& parts) {
  if (parts.size() == 1) {
    return parts.front();
  }
  return fmt::format(R"({{"conditionType":"group","operator":"{}","conditions":[{}]}})", op,
                     fmt::join(parts, ","));
}

std::vector<std::string> texts_of(const Test& test) {
  std::vector<std::string> texts;
  for (const Pattern& value : test.values) {
    texts.push_back(value.text());
  }
  return texts;
}

struct Opposite {
  Comparison comparison;
  Comparison opposite;
};
constexpr std::array kOpposites = {
    Opposite{Comparison::NumericLess, Comparison::NumericGreaterEquals},
    Opposite{Comparison::NumericLessEquals, Comparison::NumericGreater},
    Opposite{Comparison::NumericGreater, Comparison::NumericLessEquals},
    Opposite{Comparison::NumericGreaterEquals, Comparison::NumericLess},
    Opposite{Comparison::DateLess, Comparison::DateGreaterEquals},
    Opposite{Comparison::DateLessEquals, Comparison::DateGreater},
    Opposite{Comparison::DateGreater, Comparison::DateLessEquals},
    Opposite{Comparison::DateGreaterEquals, Comparison::DateLess},
};

/// Says of a value that is there the opposite of what `op` says; nothing if no operator does.
std::optional<Operator> value_opposite(Operator op) {
  const auto row = std::ranges::find(kOpposites, op.comparison, &Opposite::comparison);
  if (row != kOpposites.end()) {
    op.comparison = row->opposite;
    return op;
  }
  if (op.comparison == Comparison::Bool) {
    return op;  // of the other value
  }
  op.is_negated = !op.is_negated;
  return text(op) == "?" ? std::nullopt : std::optional(op);
}

std::string flipped(const std::string& value) { return folded(value) == "true" ? "false" : "true"; }

/// A negated test in operators of the language: absent keys count where the test does not let them.
std::string negated_json(const Formula& leaf) {
  const Test& test = *leaf.test;
  std::vector<std::string> values = texts_of(test);
  if (test.op.comparison == Comparison::Null) {
    std::ranges::transform(values, values.begin(), flipped);
    return leaf_json(leaf, "Null", values, true);
  }
  auto op = value_opposite(test.op);
  if (!op) {
    return fmt::format(R"({{"conditionType":"not","condition":{}}})",
                       leaf_json(leaf, text(test.op), values, false));
  }
  if (op->comparison == Comparison::Bool) {
    std::ranges::transform(values, values.begin(), flipped);
  }
  op->if_exists = false;
  if (test.op.quantifier != Quantifier::None) {
    op->quantifier = test.op.quantifier == Quantifier::ForAllValues ? Quantifier::ForAnyValue
                                                                    : Quantifier::ForAllValues;
    return leaf_json(leaf, text(*op), values, true);
  }
  const bool held_absent = test.op.if_exists || test.op.is_negated;
  // A negated operator holds without the key; the opposite of one that held must not.
  std::vector<std::string> parts;
  if (held_absent && op->is_negated) {
    parts.push_back(leaf_json(leaf, "Null", {"false"}, true));
  }
  const bool is_plain = held_absent || op->is_negated;
  op->if_exists = !is_plain;
  const bool has_opposite_values =
      op->comparison != test.op.comparison || op->comparison == Comparison::Bool;
  if (has_opposite_values && values.size() > 1) {
    for (const std::string& value : values) {
      parts.push_back(leaf_json(leaf, text(*op), {value}, true));
    }
  } else {
    parts.push_back(leaf_json(leaf, text(*op), values, true));
  }
  return group_json("and", parts);
}

std::string not_json(const Formula& part) {
  if (part.kind == Kind::Test) {
    return negated_json(part);
  }
  return fmt::format(R"({{"conditionType":"not","condition":{}}})", json(part));
}

}  // namespace

Formula operator&&(const Formula& a, const Formula& b) {
  return joined(Kind::All, Kind::Always, Kind::Never, a, b);
}

Formula operator||(const Formula& a, const Formula& b) {
  return joined(Kind::Any, Kind::Never, Kind::Always, a, b);
}

Formula operator!(const Formula& a) {
  switch (a.kind) {
    case Kind::Never:
    case Kind::Always:
      return Formula::constant(a.kind == Kind::Never);
    case Kind::Unknown:
      return a;
    case Kind::Not:
      return a.parts.front();
    case Kind::Test:
    case Kind::Session:
    case Kind::Resource:
      return {.kind = Kind::Not, .parts = {a}};
    case Kind::All:
    case Kind::Any: {
      Formula whole = Formula::constant(a.kind == Kind::Any);
      for (const Formula& part : a.parts) {
        whole = a.kind == Kind::Any ? whole && !part : whole || !part;
      }
      return whole;
    }
  }
  return a;
}

std::string words(const Formula& formula) {
  constexpr std::size_t most = 300;
  switch (formula.kind) {
    case Kind::Never:
      return "never";
    case Kind::Always:
      return "always";
    case Kind::Unknown:
      return "something that is not readable";
    case Kind::Test:
      return fmt::format("{} {} {}", formula.test->spelling, text(formula.test->op),
                         fmt::join(texts_of(*formula.test), " "));
    case Kind::Session:
      return fmt::format("the session is named {}", fmt::join(formula.names, " or "));
    case Kind::Resource:
      return fmt::format("the resource is {}", fmt::join(formula.names, " or "));
    case Kind::Not:
      return "not (" + words(formula.parts.front()) + ")";
    case Kind::All:
    case Kind::Any: {
      std::string out;
      for (const Formula& part : formula.parts) {
        const bool is_nested = part.kind == Kind::Any;
        out += out.empty() ? "" : formula.kind == Kind::All ? " and " : " or ";
        out += is_nested ? "(" + words(part) + ")" : words(part);
        if (out.size() > most) {
          return out + " …";
        }
      }
      return out;
    }
  }
  return "";
}

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

std::string json(const Formula& formula) {
  switch (formula.kind) {
    case Kind::Never:
      return R"({"conditionType":"never"})";
    case Kind::Always:
      return R"({"conditionType":"always"})";
    case Kind::Unknown:
      return R"({"conditionType":"unknown"})";
    case Kind::Test:
      return leaf_json(formula, text(formula.test->op), texts_of(*formula.test), false);
    case Kind::Session:
      return fmt::format(R"({{"conditionType":"sessionName","sessionName":{},{}}})",
                         json_list(formula.names), sources_json(formula));
    case Kind::Resource:
      return fmt::format(R"({{"conditionType":"resource","resource":{},{}}})",
                         json_list(formula.names), sources_json(formula));
    case Kind::Not:
      return not_json(formula.parts.front());
    case Kind::All:
    case Kind::Any: {
      std::vector<std::string> parts;
      for (const Formula& part : formula.parts) {
        parts.push_back(json(part));
      }
      return group_json(formula.kind == Kind::All ? "and" : "or", parts);
    }
  }
  return "null";
}

}  // namespace portolan::iam
