#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/result.h"
#include "core/service.h"
#include "model/finding.h"
#include "reach/answer.h"
#include "reach/reach.h"
#include "tools/scenario/scenario.h"

namespace portolan::scenario {

/// `reach i -> j tcp/22   no because acl_denies_ingress at a`.
struct ReachExpectation {
  std::string question;
  reach::Verdict verdict = reach::Verdict::No;
  std::vector<std::string> via;       // names that the request passes, in this order
  std::vector<std::string> back;      // the same for the reply
  std::vector<std::string> because;   // reason codes that the answer gives
  std::vector<std::string> at;        // names of the components that it gives them for
  std::vector<std::string> by;        // rules that hops name
  std::vector<std::string> assuming;  // texts in what the answer takes for granted
  std::optional<ServiceSet> services;
  std::optional<ServiceSet> depends;
  std::optional<ServiceSet> unknown;
};

/// `deny internet -> sg:web any   holds`.
struct IntentExpectation {
  std::string line;  // the intent as a line of an intents file
  reach::IntentAnswer::State state = reach::IntentAnswer::State::Holds;
};

/// `audit --check sg-ingress-world-ssh   fail web risk high`.
struct AuditExpectation {
  std::string check;
  std::optional<Outcome> outcome;  // none: no finding is about it
  std::string name;
  std::optional<Risk> risk;
  std::optional<bool> is_latent;
  std::vector<std::string> rules;  // services, peers or ids of rules that the finding names
};

/// `diagnostic bad_prefix`: the documents have that problem.
struct DiagnosticExpectation {
  std::string code;
};

/// `error reach nobody -> i any -> unknown_name`: the question cannot be asked.
struct ErrorExpectation {
  std::string question;
  std::string code;
};

/// `settings wide_ports_low: 5`: nothing is expected, but what follows is judged by these.
struct Settings {
  std::string yaml;
};

using Expectation = std::variant<ReachExpectation, IntentExpectation, AuditExpectation,
                                 DiagnosticExpectation, ErrorExpectation, Settings>;

/// Error `bad_expectation`. `{name}` in a question is replaced by an id.
Result<Expectation> parse_expectation(const Scenario& scenario, const Statement& statement);

}  // namespace portolan::scenario
