#include "collect/decode/policies.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "collect/json/reader.h"

namespace portolan::collect {

namespace {

using Texts = std::vector<std::string>;

bool has(const Texts& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

/// A string, or an array of them.
void read_texts(Reader& in, Texts& texts) {
  if (in.kind() == '[') {
    in.read(texts);
  } else {
    in.read(texts.emplace_back());
  }
}

struct Statement {
  bool allows = false;
  bool is_for_anybody = false;
  bool is_bounded = false;  // to one's own accounts, organisation or networks
  bool has_condition = false;
  bool is_odd = false;  // NotPrincipal, NotAction, NotResource, or what is no statement
  Texts actions;
  Texts resources;
};

/// `"*"` or `{"AWS": "*"}`.
void read_principal(Reader& in, Statement& statement) {
  Texts names;
  if (in.kind() == '{') {
    in.object([&](std::string_view) { read_texts(in, names); });
  } else {
    read_texts(in, names);
  }
  statement.is_for_anybody = has(names, "*");
}

/// SOURCE: IAM User Guide, "AWS global condition context keys".
bool is_boundary(std::string_view key) {
  static constexpr std::array<std::string_view, 9> kKeys = {
      "aws:principalaccount", "aws:principalarn",  "aws:principalorgid",
      "aws:resourceaccount",  "aws:resourceorgid", "aws:sourceaccount",
      "aws:sourceorgid",      "aws:sourcevpc",     "aws:sourcevpce"};
  return std::find(kKeys.begin(), kKeys.end(), lowered(key)) != kKeys.end();
}

/// Only exact comparisons count: what a wildcard stands for is not decided here.
void read_condition(Reader& in, Statement& statement) {
  in.object([&](std::string_view operation) {
    const bool is_exact = operation == "StringEquals" || operation == "StringEqualsIgnoreCase" ||
                          operation == "ArnEquals";
    in.object([&](std::string_view key) {
      const bool is_bound = is_exact && is_boundary(key);
      statement.has_condition = true;
      Texts values;
      read_texts(in, values);
      const bool is_plain = std::none_of(values.begin(), values.end(), [](const auto& value) {
        return value.find('*') != std::string::npos;
      });
      statement.is_bounded = statement.is_bounded || (is_bound && is_plain);
    });
  });
}

void read_statement(Reader& in, Statement& statement) {
  in.object([&](std::string_view key) {
    if (key == "Effect") {
      statement.allows = in.string() == "Allow";
    } else if (key == "Principal") {
      read_principal(in, statement);
    } else if (key == "Action") {
      read_texts(in, statement.actions);
    } else if (key == "Resource") {
      read_texts(in, statement.resources);
    } else if (key == "Condition") {
      read_condition(in, statement);
    } else {
      statement.is_odd = statement.is_odd || key.starts_with("Not");
      in.skip();
    }
  });
}

EndpointPolicy judge(const Statement& statement) {
  if (statement.is_odd) {
    return EndpointPolicy::Unclear;
  }
  if (!statement.is_for_anybody || statement.is_bounded) {
    return EndpointPolicy::Bounded;
  }
  // An endpoint is for one service: `s3:*` is all that it does.
  const bool is_all_actions =
      std::any_of(statement.actions.begin(), statement.actions.end(),
                  [](const auto& action) { return action == "*" || action.ends_with(":*"); });
  return is_all_actions && has(statement.resources, "*") && !statement.has_condition
             ? EndpointPolicy::Open
             : EndpointPolicy::Unclear;
}

EndpointPolicy judge(const std::vector<Statement>& statements) {
  bool denies = false;
  EndpointPolicy worst = EndpointPolicy::Bounded;
  for (const Statement& statement : statements) {
    if (!statement.allows) {
      denies = true;
    } else if (const EndpointPolicy each = judge(statement);
               each == EndpointPolicy::Open || worst == EndpointPolicy::Bounded) {
      worst = each;
    }
  }
  // A denial may take back what another statement opens.
  return denies && worst == EndpointPolicy::Open ? EndpointPolicy::Unclear : worst;
}

/// The names that a pattern gives for `eventName`: texts, or `{"prefix": …}`.
void read_names(Reader& in, EventRule& rule) {
  Texts& names = rule.calls.emplace();
  in.array([&] {
    if (in.kind() == '"') {
      in.read(names.emplace_back());
    } else if (in.kind() == '{') {
      in.object([&](std::string_view key) {
        if (key == "prefix" && in.kind() == '"') {
          in.read(names.emplace_back());
          names.back() += '*';
        } else {
          rule.is_exact = false;
          in.skip();
        }
      });
    } else {
      in.skip();
    }
  });
}

/// Whether a list of the pattern has the value; other filters than equality count as having it, and
/// make the rule inexact.
bool takes_value(Reader& in, EventRule& rule, std::string_view wanted) {
  bool takes = false;
  in.array([&] {
    if (in.kind() == '"') {
      takes = (in.string() == wanted) || takes;
    } else {
      takes = true;
      rule.is_exact = false;
      in.skip();
    }
  });
  return takes;
}

bool takes_detail(Reader& in, EventRule& rule) {
  bool takes = true;
  in.object([&](std::string_view key) {
    if (key == "eventSource") {
      takes = takes_value(in, rule, "ec2.amazonaws.com") && takes;
    } else if (key == "eventName") {
      read_names(in, rule);
    } else {
      rule.is_exact = false;
      in.skip();
    }
  });
  return takes;
}

}  // namespace

EndpointPolicy endpoint_policy_of(const std::string& text) {
  TokenIndexer indexer;
  Problems problems;
  Reader in(text, indexer, problems);
  std::vector<Statement> statements;
  in.object([&](std::string_view key) {
    if (key != "Statement") {
      in.skip();
    } else if (in.kind() == '[') {
      in.objects([&] { read_statement(in, statements.emplace_back()); });
    } else {
      read_statement(in, statements.emplace_back());
    }
  });
  return in.ok() && problems.size() == 0 ? judge(statements) : EndpointPolicy::Unclear;
}

/// SOURCE: EventBridge User Guide, "Event patterns" and "AWS service events delivered via AWS
/// CloudTrail".
void read_event_pattern(const std::string& text, EventRule& rule) {
  TokenIndexer indexer;
  Problems problems;
  Reader in(text, indexer, problems);
  bool takes = true;
  in.object([&](std::string_view key) {
    if (key == "source") {
      takes = takes_value(in, rule, "aws.ec2") && takes;
    } else if (key == "detail-type") {
      takes = takes_value(in, rule, "AWS API Call via CloudTrail") && takes;
    } else if (key == "detail") {
      takes = takes_detail(in, rule) && takes;
    } else {
      rule.is_exact = false;
      in.skip();
    }
  });
  rule.takes_calls = takes;
  rule.is_exact = rule.is_exact && in.ok() && problems.size() == 0;
}

}  // namespace portolan::collect
