#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/policy.h"
#include "checks/standing.h"
#include "cli/audit_job.h"
#include "cli/authority.h"
#include "cli/commands/commands.h"
#include "cli/fix_plan.h"
#include "cli/past.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "reach/moment.h"
#include "reach/reach.h"
#include "report/patch.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

constexpr int kThreads = 2;

report::AuditCheck audit_check(const checks::Check& check) {
  return {.id = std::string(check.id),
          .title = std::string(check.title),
          .risk = check.risk,
          .why = std::string(check.why),
          .fix = std::string(check.fix),
          .references = {check.references.begin(), check.references.end()}};
}

/// What the checks say of themselves, sorted by id as the catalogue is.
std::vector<report::AuditCheck> audit_checks(std::span<const checks::Check* const> selected) {
  std::vector<report::AuditCheck> result;
  for (const checks::Check* check : selected.empty() ? checks::all_checks() : selected) {
    result.push_back(audit_check(*check));
  }
  std::sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return result;
}

report::AuditReport report_of(const Source& source) {
  report::AuditReport report;
  report.source = source.name;
  report.version = PORTOLAN_VERSION;
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

void write(const report::AuditReport& report, const Invocation& invocation, Terminal& terminal) {
  const std::string format = invocation.has("json") ? "json" : invocation.value("format");
  for (const report::AuditFormat& each : report::kAuditFormats) {
    if (each.name == format) {
      each.write(report, [&](std::string_view piece) { terminal.out.write(piece); });
      return;
    }
  }
  const Style style = terminal.style();
  terminal.out.write(report::audit_table(report, {.colour = style.colour,
                                                  .width = style.width,
                                                  .verbose = invocation.has("verbose"),
                                                  .lists_info = invocation.has("check")}));
}

/// The plan's file, before anything is told: what cannot be written is an error of the command.
Result<void> write_plan(const Snapshot& snapshot, const Judged& judged,
                        const report::AuditReport& report, const std::string& file) {
  const auto moment = reach::Moment::of(snapshot, kThreads);
  const FixPlan plan = plan_fixes(*moment, judged, report.findings);
  return write_file(file, fix_plan_text(plan, moment->snapshot(), report.source));
}

/// Which addresses an earlier inventory had; whether some of it could not be understood.
Result<bool> look_back(const Invocation& invocation, AuditWishes& wishes, Terminal& terminal) {
  if (!invocation.has("earlier")) {
    return false;
  }
  const Source earlier = TRY(load_source(invocation, invocation.value("earlier"), terminal));
  std::vector<IpAddress> had = checks::public_addresses(earlier.decoded.snapshot);
  auto& former = wishes.config.former_addresses;
  if (former) {
    had.insert(had.end(), former->begin(), former->end());
    std::sort(had.begin(), had.end());
  }
  former = std::move(had);
  return earlier.is_bad();
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  AuditWishes wishes = TRY(audit_wishes(invocation));
  const std::string name = TRY(source_name(invocation, invocation.word(0)));
  Source now = TRY(load_source_with_authority(invocation, name, terminal));
  const Source source = TRY(as_it_was(invocation, std::move(now), terminal));

  const bool is_earlier_bad = TRY(look_back(invocation, wishes, terminal));
  terminal.show_progress("auditing");
  const reach::Network network = reach::build(source.decoded.snapshot);
  const AuthorityRead read = read_authority(source, invocation, terminal);
  tell_of_authority(invocation, source, read, terminal);
  const checks::Authority authority = authority_of(read, wishes.allowed);
  checks::Context context(network, wishes.config);
  context.set_authority(authority);
  std::vector<Finding> findings = checks::audit(context, wishes.policy, wishes.selected);
  report::AuditReport report = report_of(source);
  report.checks = audit_checks(wishes.selected);
  report.fail_on = wishes.threshold;
  report.now = wishes.now;
  if (wishes.framework != nullptr) {
    report.framework = std::string(wishes.framework->name);
    report.controls = audit_controls(*wishes.framework, findings, context.snapshot());
  }
  if (invocation.has("store") && !wishes.baseline) {
    wishes.last_run = TRY(baseline_of_store(invocation.value("store"), report.source));
  }
  Told told = tell(std::move(findings), wishes, report.checks, terminal);
  report.findings = std::move(told.findings);
  report.muted = std::move(told.muted);
  tell_drift(wishes, told, report, terminal);
  report.standings = checks::rank(context, report.findings);
  report.known = told.known.size();
  if (invocation.has("store")) {
    if (auto done = record_audit(invocation.value("store"), report, told); !done) {
      return tl::unexpected(std::move(done).error());
    }
  }
  if (invocation.has("fix-plan")) {
    terminal.show_progress("trying the fixes");
    if (auto done =
            write_plan(source.decoded.snapshot, {.config = wishes.config, .authority = authority},
                       report, invocation.value("fix-plan"));
        !done) {
      return tl::unexpected(std::move(done).error());
    }
  }
  terminal.end_progress();

  report.patch_of = [&](const Finding& finding) {
    return report::patch_of(context.snapshot(), finding, checks::remedy_of(context, finding));
  };
  write(report, invocation, terminal);
  return exit_code(
      {.bad_input = source.is_bad() || read.is_bad() || is_earlier_bad,
       .found = told.has_expired_mutes || any_of(report.findings, Outcome::Fail, wishes.threshold),
       .unknown = any_of(report.findings, Outcome::Unknown, wishes.threshold)});
}

constexpr std::array<std::string_view, 5> kRisks = {"info", "low", "medium", "high", "critical"};
constexpr auto kFormats = [] {
  std::array<std::string_view, report::kAuditFormats.size() + 1> names = {"table"};
  for (std::size_t i = 0; i < report::kAuditFormats.size(); ++i) {
    names[i + 1] = report::kAuditFormats[i].name;
  }
  return names;
}();
constexpr std::array<std::string_view, 1> kUsage = {"[SOURCE]"};

constexpr std::array kArguments = {
    kSourceArgument,
};

constexpr std::array kOptions = {
    Option{.name = "format",
           .value = "FORMAT",
           .summary = "table for people; what each of the others is stands above; default: table",
           .completes = Completes::Choice,
           .choices = kFormats},
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
    kConfigOption,
    Option{.name = "allowed",
           .value = "FILE",
           .summary = "YAML file of who may change what of the network, as for `portolan who`; the "
                      "settings may hold it, too",
           .completes = Completes::File},
    kNoOrganizationOption,
    Option{.name = "framework",
           .value = "NAME",
           .summary = "judge the controls of a benchmark: cis-1.2 to cis-7.0, or fsbp"},
    Option{.name = "earlier",
           .value = "SOURCE",
           .summary = "the same accounts as they were before: which addresses they had then",
           .completes = Completes::Folder},
    Option{.name = "mute",
           .value = "FILE",
           .summary = "YAML file of findings that somebody has taken on, until a day",
           .completes = Completes::File},
    Option{.name = "baseline",
           .value = "FILE",
           .summary =
               "JSON of an earlier audit: only what it has not, or had with less risk, is told, "
               "and fails; drift-from-baseline says what became of the rest",
           .completes = Completes::File},
    Option{.name = "fix-plan",
           .value = "FILE",
           .summary = "write how to mend what was found, as commands, Terraform and "
                      "CloudFormation, each tried as a what-if",
           .completes = Completes::File},
    Option{.name = "store",
           .value = "FILE",
           .summary = "remember this audit in an SQLite file, for `portolan history`",
           .completes = Completes::File},
    Option{.name = "now",
           .value = "TIME",
           .summary = "moment of the audit, by which mutes expire, and which ocsf, asff, sarif "
                      "and html write, as 2026-05-03T14:03:00Z; default: now"},
    kAtOption,
    kLogsOption,
    kTakenOption,
    Option{.name = "verbose",
           .letter = 'v',
           .summary = "also what passed, the paths that prove a finding, and lists to their ends"},
};

constexpr std::array kExamples = {
    Example{"what is wrong, worst first", "portolan audit dump"},
    Example{"in CI: fail on high and critical only", "portolan audit dump --fail-on high"},
    Example{"the checks of security groups, for a program",
            "portolan audit dump --check 'sg-*' --format json"},
    Example{"only what is new since the last audit",
            "portolan audit dump --baseline last.json --fail-on high"},
    Example{"how to mend it, proven to open nothing", "portolan audit dump --fix-plan fixes.md"},
    Example{"the controls of a benchmark", "portolan audit dump --framework cis-5.0"},
    Example{"what was wrong at another moment",
            "portolan audit dump --taken 2026-05-04T09:00:00Z --logs AWSLogs --at "
            "2026-05-03T14:10:00Z"},
    Example{"a page for people who have no terminal",
            "portolan audit dump --format html >audit.html"},
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
        "Formats: json is Portolan's own (docs/schemas/audit-1.json), one document; ocsf is OCSF "
        "1.3.0 Compliance Findings, one event a line; asff is one array for Security Hub; sarif is "
        "one SARIF 2.1.0 log, for code scanning, without what passed; junit is a test suite for "
        "each check, where only findings as bad as --fail-on fail; csv has a row for each finding; "
        "markdown is for a pull request; html is one page for people, to send, print and keep. A "
        "finding has the same id in all of them, and keeps it from one audit to the next.\n\n"
        "A mute names check, resource, reason, owner and the last day on which it holds "
        "(expires: 2027-03-31). What it silences is counted; once it has expired, what it was "
        "about is told again and the exit code is 1, whatever --fail-on says.\n\n"
        "With --baseline, or with --store where the source was audited before, the check "
        "drift-from-baseline tells for each account and region how many findings are new, fixed, "
        "of another risk and unchanged; --verbose lists them.\n\n"
        "A file for --config has the keys production_tags, data_tier_tags, admin_source_tags, "
        "group_tags, private_tags, internet_vpc_tags (lists of KEY=VALUE patterns), "
        "wide_ports_low, wide_ports_medium, wide_ports_high (numbers of ports), public_services, "
        "high_risk_services (as tcp/80,443), known_networks (NAME=CIDR), trusted_accounts, "
        "former_addresses (public addresses that were yours once, as --earlier finds them), now, "
        "and dependencies: what a tier needs beside what its network tells, a list of items "
        "like {from: \"tag:tier=web\", to: \"tag:tier=db\", services: tcp/5432}. Two are lists of "
        "`name: value`: allowed_ports says what rules of some groups may open to the internet "
        "(\"sg:edge-*\": tcp/8443, or \"tag:service=mail\": tcp/25, by the group's name or tag; a "
        "rule that opens more is told, and --framework allows nothing so), and severity how bad "
        "all findings of a check are (sg-ingress-world-smtp: low). Who may name or tag groups may "
        "use what is allowed there.\n\n"
        "Of findings of one risk those stand first that are exposed now, then those which fewest "
        "connections in a row lead to from the internet, then those of the data tier, then those "
        "of hosts with a role. `rank` below a finding says these things of it.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
