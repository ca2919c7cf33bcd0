#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostics.h"
#include "iam/condition.h"
#include "iam/pattern.h"

/// Policy documents as values.
/// SOURCE: IAM User Guide, "Grammar of the IAM JSON policy language".
namespace portolan::iam {

enum class Effect : std::uint8_t { Allow, Deny, NotReadable };

/// An element that has a twin with `Not`: one of the two, or none.
template <class Value>
struct Element {
  bool is_present = false;
  bool is_negated = false;  // NotAction, NotResource, NotPrincipal
  bool is_readable = true;  // false: whether the element covers a request is not known
  std::vector<Value> values;

  friend bool operator==(const Element&, const Element&) = default;
};

struct PrincipalName {
  enum class Kind : std::uint8_t { Everyone, Aws, Service, Federated, CanonicalUser };
  Kind kind = Kind::Aws;
  std::string value;  // empty of everyone

  friend bool operator==(const PrincipalName&, const PrincipalName&) = default;
};

struct Statement {
  std::size_t index = 0;  // from 0, as it stands in the document
  std::string sid;
  Effect effect = Effect::NotReadable;
  Element<Glob> actions;  // folded
  Element<Pattern> resources;
  Element<PrincipalName> principals;
  std::vector<Test> tests;  // all must hold
  std::string fault;        // what was not readable; then no more than "unknown" is said of it

  friend bool operator==(const Statement&, const Statement&) = default;
};

struct Policy {
  std::string name;  // for people: an ARN, `role Ops / inline`, a file's name
  Language language = Language::V2008;
  std::vector<Statement> statements;
  std::string document;  // the JSON that was read; empty if there was none

  /// How it was written is no part of what it says.
  friend bool operator==(const Policy& a, const Policy& b) {
    return a.name == b.name && a.language == b.language && a.statements == b.statements;
  }
};

/// The largest document that is read; AWS's own limits are below 21 kB.
inline constexpr std::size_t kMostPolicyBytes = std::size_t{1} << 20U;

/// Reads a document, also one that is URL-encoded as the IAM API returns it.
///
/// Never fails. What cannot be read is told in `problems` with its JSON pointer (codes
/// `bad_policy`, `bad_statement`, `unknown_element`, `unknown_operator`, `bad_action`,
/// `bad_resource`, `bad_principal`), `name` as the file, and stays in the policy as something
/// unknown: it may allow and may deny. Names of elements and the words Allow and Deny have case;
/// actions, keys and operators have none. An action without a service or a resource that is no ARN
/// matches nothing. Cost: linear.
Policy parse_policy(std::string_view json, std::string name, Diagnostics& problems);

/// A policy of which nothing is known but that it exists.
Policy unknown_policy(std::string name, std::string reason);

}  // namespace portolan::iam
