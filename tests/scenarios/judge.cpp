#include "tests/scenarios/judge.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "checks/check.h"
#include "checks/policy.h"
#include "cli/config.h"
#include "iam/iam.h"
#include "reach/reach.h"
#include "reach/reason.h"
#include "tests/scenarios/describe.h"
#include "tests/scenarios/expectation.h"

namespace portolan::scenario {

namespace {

/// The settings by default, and a time for what ends at a date.
checks::Config at_a_fixed_time() {
  checks::Config config;
  config.now = *Time::parse("2026-06-01T00:00:00Z");
  return config;
}

/// What the questions of one scenario are asked of.
class Judge {
 public:
  explicit Judge(const Scenario& scenario)
      : scenario_(&scenario),
        decoded_(collect::decode(scenario.documents, {.keeps = iam::mentions_authority}, 1)),
        network_(reach::build(decoded_.snapshot)) {
    std::vector<iam::AuthorityDocument> documents;
    for (const collect::Document& document : decoded_.kept) {
      documents.push_back({.path = document.path, .bytes = document.bytes});
    }
    iam::read_documents(documents, directory_, decoded_.diagnostics);
    renew_context();
  }

  std::vector<Miss> run() {
    for (const Statement& statement : scenario_->expectations) {
      line_ = statement.line;
      const auto expectation = parse_expectation(*scenario_, statement);
      if (!expectation) {
        miss(expectation.error().message);
        continue;
      }
      std::visit([this](const auto& expected) { check(expected); }, *expectation);
    }
    line_ = 1;
    check_other_diagnostics();
    return std::move(misses_);
  }

 private:
  void miss(std::string message) {
    misses_.push_back({.line = line_, .message = std::move(message)});
  }

  /// Complains about `text` unless each of the names is a component of a hop, in their order.
  void check_way(const std::vector<std::string>& names, const reach::Answer& answer,
                 reach::Direction direction, std::string_view key, const std::string& text) {
    auto hop = answer.hops.begin();
    for (const std::string& name : names) {
      const std::string id = id_of(name);
      hop = std::find_if(hop, answer.hops.end(), [&](const reach::Hop& candidate) {
        return candidate.direction == direction && candidate.component == id;
      });
      if (hop == answer.hops.end()) {
        miss(fmt::format("{}\n  expected {} {}: `{}` is not on the way there", text, key,
                         fmt::join(names, " "), name));
        return;
      }
    }
  }

  void check_plane(const std::optional<ServiceSet>& expected, const ServiceSet& got,
                   std::string_view plane, const std::string& text) {
    if (expected && *expected != got) {
      miss(fmt::format("{}\n  expected {} {}, got {}", text, plane, expected->text(), got.text()));
    }
  }

  void check(const ReachExpectation& expected) {
    const auto question = reach::parse_question(expected.question);
    if (!question) {
      miss(fmt::format("{}: {}", expected.question, question.error().message));
      return;
    }
    const auto answer = reach::ask(network_, *question);
    if (!answer) {
      miss(fmt::format("{}: {} ({})", expected.question, answer.error().message,
                       answer.error().code));
      return;
    }
    const std::string text = describe(*scenario_, expected.question, *answer);
    if (answer->verdict != expected.verdict) {
      miss(fmt::format("{}\n  expected {}", text, reach::text(expected.verdict)));
      return;
    }
    check_plane(expected.services, answer->passage.yes, "services", text);
    check_plane(expected.depends, answer->passage.depends, "depends", text);
    check_plane(expected.unknown, answer->passage.unknown, "unknown", text);
    check_way(expected.via, *answer, reach::Direction::Forward, "via", text);
    check_way(expected.back, *answer, reach::Direction::Return, "back", text);
    check_reasons(expected, *answer, text);
  }

  void check_reasons(const ReachExpectation& expected, const reach::Answer& answer,
                     const std::string& text) {
    for (const std::string& code : expected.because) {
      const bool is_given = std::any_of(
          answer.because.begin(), answer.because.end(),
          [&](const reach::Because& because) { return reach::text(because.reason) == code; });
      if (!is_given) {
        miss(fmt::format("{}\n  expected because {}", text, code));
      }
    }
    for (const std::string& name : expected.at) {
      const bool is_given = std::any_of(
          answer.because.begin(), answer.because.end(),
          [&](const reach::Because& because) { return because.component == id_of(name); });
      if (!is_given) {
        miss(fmt::format("{}\n  expected at {}", text, name));
      }
    }
    for (const std::string& part : expected.assuming) {
      const bool is_told =
          std::any_of(answer.assumptions.begin(), answer.assumptions.end(),
                      [&](const std::string& one) { return one.find(part) != std::string::npos; });
      if (!is_told) {
        miss(fmt::format("{}\n  expected assuming {}", text, part));
      }
    }
    for (const std::string& rule : expected.by) {
      const bool is_named =
          std::any_of(answer.hops.begin(), answer.hops.end(), [&](const reach::Hop& hop) {
            return hop.rule.find(with_ids(*scenario_, rule)) != std::string::npos;
          });
      if (!is_named) {
        miss(fmt::format("{}\n  expected by {}", text, rule));
      }
    }
  }

  void check(const IntentExpectation& expected) {
    const reach::Intents intents = reach::parse_intents(expected.line, "scenario");
    if (intents.intents.size() != 1) {
      miss(fmt::format("{}: {}", expected.line,
                       intents.errors.empty() ? "no intent" : intents.errors.front().message));
      return;
    }
    const auto answer = reach::check(network_, intents.intents.front());
    if (!answer) {
      miss(fmt::format("{}: {} ({})", expected.line, answer.error().message, answer.error().code));
    } else if (answer->state != expected.state) {
      miss(fmt::format("{}\n  expected {}, got {}: {}\n{}", expected.line, describe(expected.state),
                       describe(answer->state), answer->message,
                       describe(*scenario_, "witness", answer->witness)));
    }
  }

  void check(const AuditExpectation& expected) {
    const checks::Check* check = checks::find_check(expected.check);
    if (check == nullptr) {
      miss(fmt::format("there is no check `{}`", expected.check));
      return;
    }
    std::vector<Finding> findings = checks::audit(*context_, policy_, std::span(&check, 1));
    const std::string id = id_of(expected.name);
    std::erase_if(findings, [&](const Finding& finding) { return finding.resource != id; });
    const bool is_right =
        expected.outcome
            ? std::any_of(findings.begin(), findings.end(),
                          [&](const Finding& finding) { return fits(expected, finding); })
            : findings.empty();
    const bool is_only = expected.outcome != Outcome::Pass ||
                         std::all_of(findings.begin(), findings.end(), [](const Finding& one) {
                           return one.outcome == Outcome::Pass;
                         });
    if (!is_right || !is_only) {
      miss(fmt::format("audit --check {}: expected {} {}, got\n{}", expected.check,
                       expected.outcome ? text(*expected.outcome) : "absent", expected.name,
                       describe(findings)));
    }
  }

  static bool fits(const AuditExpectation& expected, const Finding& finding) {
    return finding.outcome == expected.outcome &&
           (!expected.risk || finding.risk == expected.risk) &&
           (!expected.is_latent || finding.is_latent == *expected.is_latent) &&
           std::all_of(expected.rules.begin(), expected.rules.end(), [&](const std::string& rule) {
             return std::any_of(finding.rules.begin(), finding.rules.end(),
                                [&](const FindingRule& one) {
                                  return one.services == rule || one.peer == rule || one.id == rule;
                                });
           });
  }

  void check(const Settings& settings) {
    auto parsed = cli::parse_settings(settings.yaml, "settings");
    if (!parsed) {
      miss(parsed.error().message);
      return;
    }
    config_ = std::move(parsed->config);
    config_.now = config_.now.value_or(*at_a_fixed_time().now);
    policy_ = std::move(parsed->policy);
    allowed_ = std::move(parsed->allowed);
    renew_context();
  }

  void renew_context() {
    context_.emplace(network_, config_);
    context_->set_authority({.directory = directory_.principals.empty() ? nullptr : &directory_,
                             .allowed = allowed_ ? &*allowed_ : nullptr});
  }

  void check(const DiagnosticExpectation& expected) {
    expected_codes_.push_back(expected.code);
    if (!decoded_.diagnostics.has(expected.code)) {
      miss(fmt::format("no diagnostic {}, but\n{}", expected.code, describe(decoded_.diagnostics)));
    }
  }

  void check_other_diagnostics() {
    for (const Diagnostic& diagnostic : decoded_.diagnostics.sorted()) {
      if (diagnostic.severity != Severity::Note &&
          std::find(expected_codes_.begin(), expected_codes_.end(), diagnostic.code) ==
              expected_codes_.end()) {
        miss("nobody expects: " + text(diagnostic));
      }
    }
  }

  void check(const ErrorExpectation& expected) {
    const auto question = reach::parse_question(expected.question);
    const auto answer =
        question ? reach::ask(network_, *question) : tl::make_unexpected(question.error());
    if (answer) {
      miss(describe(*scenario_, expected.question, *answer) + "\n  expected error " +
           expected.code);
    } else if (answer.error().code != expected.code) {
      miss(fmt::format("{}: expected error {}, got {}: {}", expected.question, expected.code,
                       answer.error().code, answer.error().message));
    }
  }

  /// The id of what has that name; a name that nothing has stands for itself.
  [[nodiscard]] std::string id_of(const std::string& name) const {
    const auto found = scenario_->ids.find(name);
    return found == scenario_->ids.end() ? name : found->second;
  }

  const Scenario* scenario_;
  collect::Decoded decoded_;
  reach::Network network_;
  checks::Config config_ = at_a_fixed_time();
  checks::Policy policy_;
  iam::Directory directory_;
  std::optional<iam::Intent> allowed_;
  std::optional<checks::Context> context_;
  int line_ = 0;
  std::vector<Miss> misses_;
  std::vector<std::string> expected_codes_;
};

}  // namespace

std::vector<Miss> judge(const Scenario& scenario) {
  std::vector<Miss> misses;
  for (const Problem& problem : scenario.problems) {
    misses.push_back({.line = problem.line, .message = problem.message});
  }
  return misses.empty() ? Judge(scenario).run() : misses;
}

}  // namespace portolan::scenario
