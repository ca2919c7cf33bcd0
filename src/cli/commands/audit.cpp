#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "cli/check_selection.h"
#include "cli/commands/commands.h"
#include "cli/config.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "reach/reach.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

report::AuditReport report_of(const Source& source, std::vector<Finding> findings) {
  report::AuditReport report;
  report.source = source.name;
  report.version = PORTOLAN_VERSION;
  report.findings = std::move(findings);
  const auto gaps = source.decoded.snapshot.gaps();
  report.gaps.assign(gaps.begin(), gaps.end());
  report.diagnostics = source.decoded.diagnostics.sorted();
  report.resources = source.decoded.resources_read;
  return report;
}

/// Whether something of `outcome` is at least as bad as `threshold`.
bool any_of(const std::vector<Finding>& findings, Outcome outcome, Risk threshold) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.outcome == outcome && finding.risk >= threshold;
  });
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  const Risk threshold = *parse_risk(invocation.value("fail-on", text(Risk::Low)));
  const auto selected = TRY(select_checks(invocation.values("check")));
  const checks::Config config =
      invocation.has("config") ? TRY(read_config(invocation.value("config"))) : checks::Config{};
  const std::string name = TRY(source_name(invocation, invocation.word(0)));
  const Source source = TRY(load_source(invocation, name, terminal));

  terminal.show_progress("auditing");
  const reach::Network network = reach::build(source.decoded.snapshot);
  const checks::Context context(network, config);
  const report::AuditReport report = report_of(source, checks::audit(context, selected));
  terminal.end_progress();

  const Style style = terminal.style();
  const bool is_json = invocation.has("json") || invocation.value("format") == "json";
  terminal.out.write(is_json ? report::audit_json(report)
                             : report::audit_table(report, {.colour = style.colour,
                                                            .width = style.width,
                                                            .verbose = invocation.has("verbose")}));
  return exit_code({.bad_input = source.is_bad(),
                    .found = any_of(report.findings, Outcome::Fail, threshold),
                    .unknown = any_of(report.findings, Outcome::Unknown, threshold)});
}

constexpr std::array<std::string_view, 5> kRisks = {"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 1> kUsage = {"[SOURCE]"};

constexpr std::array kArguments = {
    kSourceArgument,
};

constexpr std::array kOptions = {
    kFormatOption,
    kJsonOption,
    Option{.name = "check",
           .letter = 'c',
           .value = "ID",
           .summary = "only this check; `*` and `?` stand for any characters",
           .completes = Completes::CheckId,
           .repeats = true},
    Option{.name = "fail-on",
           .value = "RISK",
           .summary = "least risk of a finding that sets the exit code; default: low",
           .completes = Completes::Choice,
           .choices = kRisks},
    Option{.name = "config",
           .value = "FILE",
           .summary = "YAML file that says which tags mean production, data tier and admin source",
           .completes = Completes::File},
    Option{.name = "verbose",
           .letter = 'v',
           .summary = "also what passed, the paths that prove a finding, and lists to their ends"},
};

constexpr std::array kExamples = {
    Example{"what is wrong, worst first", "portolan audit dump"},
    Example{"in CI: fail on high and critical only", "portolan audit dump --fail-on high"},
    Example{"the checks of security groups, for a program",
            "portolan audit dump --check 'sg-*' --format json"},
};

}  // namespace

const Command kAudit = {
    .name = "audit",
    .group = "Judge",
    .summary = "find what is wrong, ranked by real exposure",
    .description =
        "Runs all checks (`portolan checks` lists them) and shows what they found, worst first: a "
        "rule that really exposes something stands above one that something else blocks, which is "
        "called latent. What could not be judged is shown as unknown, with what is missing.\n\n"
        "The exit code is 1 if a finding is at least as bad as --fail-on; 3 if part of the input "
        "could not be read, or if nothing was found but something could not be judged; 0 if all is "
        "well.\n\n"
        "A file for --config has the keys production_tags, data_tier_tags, admin_source_tags "
        "(lists of KEY=VALUE patterns) and wide_ports_low, wide_ports_medium, wide_ports_high "
        "(numbers of ports).",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
