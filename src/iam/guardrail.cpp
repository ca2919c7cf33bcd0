#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "iam/formula.h"
#include "iam/intent.h"

namespace portolan::iam {
namespace {

/// AWS refuses longer ones. SOURCE: AWS Organizations User Guide, "Quotas": maximum size of a
/// policy document; IAM User Guide, "IAM and AWS STS quotas", managed policies.
constexpr std::size_t kMostControlBytes = 5120;
constexpr std::size_t kMostBoundaryBytes = 6144;

std::string list_json(const std::set<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) {
    out += (out.empty() ? "" : ",") + quoted_json(text);
  }
  return texts.size() == 1 ? out : '[' + out + ']';
}

/// One denial: some actions on some resources, for all but some.
struct Denial {
  std::set<std::string> actions;
  std::set<std::string> resources;
  std::set<std::string> spared;

  [[nodiscard]] std::string json() const {
    const std::string condition =
        spared.empty() ? ""
                       : fmt::format(R"(,"Condition":{{"ArnNotLike":{{"aws:PrincipalArn":{}}}}})",
                                     list_json(spared));
    return fmt::format(R"({{"Effect":"Deny","Action":{},"Resource":{}{}}})", list_json(actions),
                       list_json(resources), condition);
  }
};

/// Who is spared must be the same on all resources of a denial; where all resources of a type
/// agree, it is about the type, those to come included.
std::vector<Denial> denials_of(const Intent& intent, const std::vector<Resource>& resources,
                               const std::vector<ChangeAction>& actions) {
  std::map<std::tuple<std::set<std::string>, std::set<std::string>>, std::set<std::string>> denied;
  for (const ChangeAction& action : actions) {
    std::map<std::set<std::string>, std::set<std::string>> by_spared;
    for (const Resource& resource : resources) {
      if (resource.arn.resource().starts_with(action.type)) {
        std::vector<std::string> spared = intent.allowed(resource, action);
        spared.emplace_back("arn:*:iam::*:root");  // whom an intent cannot mean
        by_spared[{spared.begin(), spared.end()}].insert(resource.arn.text());
      }
    }
    for (auto& [spared, arns] : by_spared) {
      if (spared.contains("*")) {
        continue;
      }
      if (by_spared.size() == 1) {
        const std::string_view first = *arns.begin();
        const std::string service(first.substr(0, first.find(':', first.find(':', 4) + 1)));
        arns = {fmt::format("{}:*:*:{}*", service, action.type)};
      }
      denied[{spared, arns}].insert(std::string(action.action));
    }
  }
  std::vector<Denial> denials;
  for (const auto& [key, names] : denied) {
    denials.push_back({names, std::get<1>(key), std::get<0>(key)});
  }
  return denials;
}

/// The directory with the policy attached: to all accounts, or as a boundary of those that have too
/// much.
Directory with_guardrail(const Directory& directory, const Guardrail& guardrail,
                         const std::set<std::size_t>& excessive) {
  Directory guarded;
  guarded.has_no_organization = directory.has_no_organization;
  guarded.organization = directory.organization;
  guarded.principals = directory.principals;
  Diagnostics problems;
  const Policy* policy = guarded.keep(parse_policy(guardrail.document, "guardrail", problems));
  if (guardrail.is_boundary) {
    for (const std::size_t principal : excessive) {
      Principal& each = guarded.principals[principal];
      if (each.boundary.empty()) {
        each.boundary = {policy};
      } else {
        each.identity.push_back(policy);  // a denial does the same from there
      }
    }
  } else if (guarded.organization) {
    for (auto& [id, node] : guarded.organization->nodes) {
      node.service_control.push_back(policy);
    }
  }
  return guarded;
}

std::vector<std::string> names_of(const std::vector<ChangeAction>& actions) {
  std::set<std::string> names;
  for (const ChangeAction& each : actions) {
    names.emplace(each.action);
  }
  return {names.begin(), names.end()};
}

/// Holds the verdicts with the policy against those without.
void prove(const Directory& before, const Directory& after, const Intent& intent,
           const std::vector<Resource>& resources, const std::vector<ChangeAction>& actions,
           Guardrail& guardrail) {
  const Who then(before, resources, names_of(actions));
  const Who now(after, resources, names_of(actions));
  for (std::size_t row = 0; row < then.resources().size(); ++row) {
    const Resource& resource = then.resources()[row];
    for (const Grant& grant : then.of_resource(row)) {
      const auto action = std::ranges::find_if(actions, [&](const ChangeAction& each) {
        return each.action == then.actions()[grant.action] &&
               resource.arn.resource().starts_with(each.type);
      });
      if (action == actions.end()) {
        continue;
      }
      const Principal& principal = before.principals[grant.principal];
      const bool is_meant = intent.allows(principal, resource, *action);
      const Verdict verdict = now.verdict(grant.principal, grant.action, row);
      const bool is_right = verdict == (is_meant ? grant.verdict : Verdict::Never);
      (is_meant ? guardrail.kept : guardrail.denied) += is_right ? 1U : 0U;
      if (!is_right) {
        guardrail.faults.push_back(fmt::format("{} {} {} of {}", principal.caller.name(),
                                               is_meant ? "loses" : "keeps", action->action,
                                               resource.arn.text()));
      }
    }
  }
}

}  // namespace

Guardrail guardrail_of(const Directory& directory, const Intent& intent,
                       const std::vector<Resource>& resources,
                       const std::vector<ChangeAction>& actions) {
  Guardrail guardrail{.is_boundary = !directory.organization};
  std::string statements;
  if (guardrail.is_boundary) {
    statements = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
  }
  for (const Denial& denial : denials_of(intent, resources, actions)) {
    statements += (statements.empty() ? "" : ",") + denial.json();
  }
  guardrail.document = fmt::format(R"({{"Version":"2012-10-17","Statement":[{}]}})", statements);
  const std::size_t most = guardrail.is_boundary ? kMostBoundaryBytes : kMostControlBytes;
  if (guardrail.document.size() > most) {
    guardrail.faults.push_back(
        fmt::format("it has {} bytes, AWS takes {}: say who may by tags, or "
                    "split it",
                    guardrail.document.size(), most));
  }
  const Who who(directory, resources, names_of(actions));
  std::set<std::size_t> excessive;
  for (const Excess& each : excess_of(directory, intent, who, actions)) {
    excessive.insert(each.principal);
  }
  prove(directory, with_guardrail(directory, guardrail, excessive), intent, resources, actions,
        guardrail);
  return guardrail;
}

}  // namespace portolan::iam
