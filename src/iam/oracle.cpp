#include "iam/oracle.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "iam/hearing.h"

namespace portolan::iam {
namespace {

/// Truths of one request, and the statements that had a part in them.
class Judging {
 public:
  using Value = Truth;
  static Truth constant(bool value) { return truth(value); }

  Judging(const Request& request, bool has_boundary)
      : request_(request), has_boundary_(has_boundary) {}

  Claim<Truth> claim(const Policy& policy, const Statement& statement, PolicyKind kind) {
    const Naming naming = names_caller(statement, request_, kind, has_boundary_);
    Truth covers = naming.any();
    if (covers != Truth::No) {
      covers = covers && covers_but_principal(statement, request_, kind);
    }
    note(statement, policy, kind, covers);
    return claim_of(statement.effect, naming, covers);
  }

  void denied(PolicyKind kind, Truth deny) {
    if (deny == Truth::Yes) {
      decision.blocked_by.push_back(kind);
    }
  }

  /// Names the kind of policy that stands in the way, if it does.
  Truth limit(PolicyKind kind, Truth allows) {
    if (allows != Truth::Yes) {
      decision.blocked_by.push_back(kind);
    }
    return allows;
  }

  Decision decision;

 private:
  static Claim<Truth> claim_of(Effect effect, const Naming& naming, Truth covers) {
    const Truth may = effect == Effect::NotReadable ? covers && Truth::Unknown : covers;
    Claim<Truth> claim;
    if (effect != Effect::Allow) {
      claim.deny = may;
    }
    if (effect != Effect::Deny) {
      claim.allow = {naming.account && may, naming.role && may, naming.itself && may};
    }
    return claim;
  }

  /// Names the statement in the answer.
  void note(const Statement& statement, const Policy& policy, PolicyKind kind, Truth covers) {
    if (covers == Truth::No) {
      return;
    }
    const bool is_sure = covers == Truth::Yes && statement.effect != Effect::NotReadable;
    auto& list = !is_sure                            ? decision.unsure
                 : statement.effect == Effect::Allow ? decision.granting
                                                     : decision.denying;
    list.push_back(StatementRef{.kind = kind,
                                .policy = policy.name,
                                .index = statement.index,
                                .sid = statement.sid,
                                .fault = statement.fault});
  }

  const Request& request_;
  bool has_boundary_;
};

bool is_reading(std::string_view action) {
  const std::string_view name = action.substr(action.find(':') + 1);
  return name.starts_with("get") || name.starts_with("list") || name.starts_with("describe") ||
         name.starts_with("simulate") || name.starts_with("generate");
}

}  // namespace

std::optional<Outcome> fixed_outcome(const Request& request) {
  const bool is_signed = request.caller.kind != Caller::Kind::Anonymous;
  const std::string action = folded(request.action);
  if (action == "sts:getcalleridentity" && is_signed) {
    return Outcome::Allowed;
  }
  const std::string& arn = request.resource;
  const bool is_iam =
      action.starts_with("iam:") && (arn.find(":iam::aws:policy/") != std::string::npos ||
                                     arn.find(":role/aws-reserved/") != std::string::npos);
  const bool is_alias = action.starts_with("kms:") && arn.find(":alias/aws/") != std::string::npos;
  return (is_iam || is_alias) && !is_reading(action) ? std::optional(Outcome::ImplicitlyDenied)
                                                     : std::nullopt;
}

void conclude(Decision& decision, Truth allowed, Truth denied) {
  const Truth answer = allowed && !denied;
  decision.outcome = answer == Truth::Yes       ? Outcome::Allowed
                     : denied == Truth::Yes     ? Outcome::ExplicitlyDenied
                     : answer == Truth::Unknown ? Outcome::Unknown
                                                : Outcome::ImplicitlyDenied;
  auto& kinds = decision.blocked_by;
  std::ranges::sort(kinds);
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  if (decision.outcome == Outcome::Allowed) {
    kinds.clear();
  }
}

namespace {

template <class Value>
void append(std::vector<Value>& list, const std::vector<Value>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

}  // namespace

std::string_view text(Outcome outcome) {
  switch (outcome) {
    case Outcome::Allowed:
      return "Allowed";
    case Outcome::ImplicitlyDenied:
      return "ImplicitlyDenied";
    case Outcome::ExplicitlyDenied:
      return "ExplicitlyDenied";
    case Outcome::Unknown:
      return "Unknown";
  }
  return "";
}

std::string_view text(PolicyKind kind) {
  switch (kind) {
    case PolicyKind::Identity:
      return "identity";
    case PolicyKind::Boundary:
      return "pb";
    case PolicyKind::Session:
      return "session";
    case PolicyKind::ServiceControl:
      return "scp";
    case PolicyKind::ResourceControl:
      return "rcp";
    case PolicyKind::Resource:
      return "resource";
    case PolicyKind::Endpoint:
      return "vpce";
  }
  return "";
}

std::string text(const StatementRef& ref) {
  const std::string sid = ref.sid.empty() ? "" : fmt::format(" ({})", ref.sid);
  return fmt::format("{}, statement {}{}", ref.policy, ref.index, sid);
}

Decision decide(const Request& request, const Authority& authority) {
  if (const auto fixed = fixed_outcome(request)) {
    return Decision{.outcome = *fixed};
  }
  Judging judging(request, !authority.boundary.empty());
  const auto [allowed, denied] = Hearing(request, authority, judging).run();
  conclude(judging.decision, allowed, denied);
  return std::move(judging.decision);
}

std::vector<StatementRef> escaped_denies(const Request& request, const Authority& authority) {
  std::vector<StatementRef> escaped;
  const auto look = [&](const Policies& policies, PolicyKind kind) {
    for (const Policy* policy : policies) {
      for (const Statement& statement : policy->statements) {
        const bool is_about =
            statement.effect == Effect::Deny &&
            covers_action(statement.actions, folded(request.action)) == Truth::Yes &&
            covers_resource(statement, request, kind) == Truth::Yes;
        if (is_about && holds(statement.tests, request.context) == Truth::No) {
          escaped.push_back({.kind = kind,
                             .policy = policy->name,
                             .index = statement.index,
                             .sid = statement.sid,
                             .fault = {}});
        }
      }
    }
  };
  look(authority.identity, PolicyKind::Identity);
  look(authority.boundary, PolicyKind::Boundary);
  for (const Policies& level : authority.service_control) {
    look(level, PolicyKind::ServiceControl);
  }
  return escaped;
}

Decision decide_call(std::span<const Pair> pairs) {
  Decision whole{.outcome = pairs.empty() ? Outcome::ImplicitlyDenied : Outcome::Allowed};
  const auto rank = [](Outcome outcome) {  // the later, the more it decides
    return outcome == Outcome::Allowed            ? 0
           : outcome == Outcome::Unknown          ? 1
           : outcome == Outcome::ImplicitlyDenied ? 2
                                                  : 3;
  };
  for (const Pair& pair : pairs) {
    const Decision part = decide(pair.request, *pair.authority);
    if (rank(part.outcome) > rank(whole.outcome)) {
      whole.outcome = part.outcome;
    }
    append(whole.granting, part.granting);
    append(whole.denying, part.denying);
    append(whole.unsure, part.unsure);
    append(whole.blocked_by, part.blocked_by);
  }
  return whole;
}

}  // namespace portolan::iam
