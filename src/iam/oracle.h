#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "iam/request.h"
#include "iam/truth.h"

/// The obvious evaluator: one request at a time, in the order of AWS's own text. The symbolic
/// engine must agree with it.
/// SOURCE: IAM User Guide, "Policy evaluation logic" and "How AWS enforcement code logic evaluates
/// requests to allow or deny access".
namespace portolan::iam {

enum class Outcome : std::uint8_t { Allowed, ImplicitlyDenied, ExplicitlyDenied, Unknown };
std::string_view text(Outcome outcome);
std::string_view text(PolicyKind kind);

/// A statement that had a part in the answer.
struct StatementRef {
  PolicyKind kind = PolicyKind::Identity;
  std::string policy;  // its name
  std::size_t index = 0;
  std::string sid;
  std::string fault;  // why it is not known whether the statement covers the request

  friend auto operator<=>(const StatementRef&, const StatementRef&) = default;
};
/// `policy Ops, statement 2 (AllowGroups)`.
std::string text(const StatementRef& ref);

struct Decision {
  Outcome outcome = Outcome::ImplicitlyDenied;
  std::vector<StatementRef> granting;  // allow, of all kinds of policies
  std::vector<StatementRef> denying;
  std::vector<StatementRef> unsure;    // may allow or deny
  std::vector<PolicyKind> blocked_by;  // kinds that deny, or do not allow though they must
};

/// Decides one request. Unknown only if what is not known could change the answer.
///
/// Beyond policies: `sts:GetCallerIdentity` is allowed to whoever signs; what AWS owns
/// (`arn:aws:iam::aws:policy/…`, `role/aws-reserved/…`) cannot be changed by anyone.
/// Cost: linear in the statements and their patterns.
Decision decide(const Request& request, const Authority& authority);

/// Deny statements about the request's action and resource that it escapes by their conditions.
std::vector<StatementRef> escaped_denies(const Request& request, const Authority& authority);

/// What AWS answers whatever the policies say, if this is such a request.
/// SOURCE: iam.md of the reference: AWS-managed policies, roles reserved for Identity Center, and
/// AWS-managed KMS aliases are AWS's own; AWS STS API Reference, "GetCallerIdentity".
std::optional<Outcome> fixed_outcome(const Request& request);
/// The outcome, and the kinds of policies that stand in the way, in order and each once.
void conclude(Decision& decision, Truth allowed, Truth denied);

/// A call that needs several resources, each with its own authority: allowed only if every pair is.
/// The statements of all are listed.
struct Pair {
  Request request;
  const Authority* authority = nullptr;
};
Decision decide_call(std::span<const Pair> pairs);

}  // namespace portolan::iam
