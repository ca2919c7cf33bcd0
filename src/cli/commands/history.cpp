#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "answers/life_rows.h"
#include "cli/commands/commands.h"
#include "cli/terminal.h"
#include "cli/trail_input.h"
#include "core/text.h"
#include "report/report.h"
#include "store/store.h"

namespace portolan::cli {
namespace {

/// What was asked for, read.
struct History {
  std::vector<store::RunSummary> runs;
  std::vector<store::FindingLife> findings;
};

Result<History> read(const Invocation& invocation) {
  if (!invocation.has("store")) {
    return fail("usage", "name the file with --store, as in `portolan history --store audits.db`");
  }
  store::Store store = TRY(store::Store::open_existing(invocation.value("store")));
  const std::string source = invocation.value("source");
  History history;
  history.runs = TRY(store.runs(source));
  history.findings = TRY(store.findings(source));
  if (!invocation.has("all")) {
    std::erase_if(history.findings, [](const store::FindingLife& life) { return life.resolved; });
  }
  return history;
}

std::string runs_table(const std::vector<store::RunSummary>& runs) {
  std::string out =
      "   run  when                  failed  unknown  passed     new  resolved  source\n";
  for (const store::RunSummary& run : runs) {
    out += fmt::format("{:6}  {}  {:6}  {:7}  {:6}  {:6}  {:8}  {}\n", run.number, run.time.text(),
                       run.failed, run.unknown, run.passed, run.appeared, run.resolved,
                       printable(run.source));
  }
  return out;
}

std::string findings_table(const std::vector<store::FindingLife>& findings) {
  std::string out;
  for (const store::FindingLife& life : findings) {
    const Finding& finding = life.finding;
    out += fmt::format("{}  {}  {}  {} \"{}\"\n", report::padded(text(finding.risk), 8),
                       finding.outcome == Outcome::Unknown ? "unknown" : "fail   ", finding.check,
                       printable(finding.resource), printable(finding.name));
    out += fmt::format(
        "          first seen {}, last seen {}{}{}\n", life.first_seen.text(),
        life.last_seen.text(), life.resolved ? ", resolved " + life.resolved->text() : "",
        life.times_back > 0
            ? fmt::format(", came back {} time{}", life.times_back, life.times_back == 1 ? "" : "s")
            : "");
  }
  return out;
}

std::string history_json(const History& history) {
  boost::json::array runs;
  for (const store::RunSummary& run : history.runs) {
    runs.push_back(boost::json::object{{"run", run.number},
                                       {"time", run.time.text()},
                                       {"source", printable(run.source)},
                                       {"version", run.version},
                                       {"resources", run.resources},
                                       {"failed", run.failed},
                                       {"unknown", run.unknown},
                                       {"passed", run.passed},
                                       {"appeared", run.appeared},
                                       {"resolved", run.resolved},
                                       {"has_snapshot", run.has_snapshot}});
  }
  boost::json::array findings;
  for (const store::FindingLife& life : history.findings) {
    const Finding& finding = life.finding;
    boost::json::object object{{"id", life.fingerprint},
                               {"source", printable(life.source)},
                               {"check", finding.check.text()},
                               {"resource", printable(finding.resource)},
                               {"name", printable(finding.name)},
                               {"account", finding.account.text()},
                               {"region", finding.region.text()},
                               {"outcome", text(finding.outcome)},
                               {"risk", text(finding.risk)},
                               {"message", printable(finding.message)},
                               {"first_seen", life.first_seen.text()},
                               {"last_seen", life.last_seen.text()},
                               {"resolved", nullptr},
                               {"times_back", life.times_back}};
    if (life.resolved) {
      object["resolved"] = life.resolved->text();
    }
    findings.push_back(std::move(object));
  }
  return boost::json::serialize(
             boost::json::object{{"runs", std::move(runs)}, {"findings", std::move(findings)}}) +
         "\n";
}

/// The life of one resource, from the logs.
Result<ExitCode> tell_life(const Invocation& invocation, Terminal& terminal) {
  const std::string id = invocation.word(0);
  const std::vector<std::string> logs(invocation.words.begin() + 1, invocation.words.end());
  if (logs.empty()) {
    return fail("usage",
                fmt::format("name the logs, as in `portolan history {} AWSLogs`", printable(id)));
  }
  const Trail trail = TRY(load_trail(invocation, logs, terminal));
  const bool is_json = invocation.has("json") || invocation.value("format") == "json";
  const bool is_known = !answers::life_of(trail.timeline, id).empty();
  if (is_json) {
    terminal.out.write(answers::life_json(trail.timeline, id));
  } else if (is_known) {
    terminal.out.write(answers::life_table(trail.timeline, id));
  } else {
    terminal.complain(fmt::format("nothing in the logs opened or closed `{}`", id));
  }
  return exit_code({.bad_input = trail.is_bad()});
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  if (!invocation.words.empty()) {
    return tell_life(invocation, terminal);
  }
  const History history = TRY(read(invocation));
  if (invocation.has("json") || invocation.value("format") == "json") {
    terminal.out.write(history_json(history));
  } else {
    terminal.out.write(runs_table(history.runs) + "\n" + findings_table(history.findings));
  }
  return ExitCode::Clean;
}

constexpr std::array<std::string_view, 2> kUsage = {"--store FILE", "RESOURCE LOGS…"};

constexpr std::array kArguments = {
    Argument{.name = "RESOURCE",
             .summary = "id of a group, route table, NACL, prefix list or interface",
             .is_required = false},
    Argument{.name = "LOGS",
             .summary = "folders or files of CloudTrail, as `portolan trail` takes them",
             .completes = Completes::Folder,
             .is_required = false,
             .repeats = true},
};

constexpr std::array kOptions = {
    Option{.name = "store",
           .value = "FILE",
           .summary = "where `portolan audit --store FILE` recorded its runs",
           .completes = Completes::File},
    Option{
        .name = "source", .letter = 's', .value = "SOURCE", .summary = "only runs of this source"},
    Option{.name = "all", .letter = 'a', .summary = "also findings that were resolved"},
    kThreadsOption,
    kFormatOption,
    kJsonOption,
};

constexpr std::array kExamples = {
    Example{"what is open, and since when", "portolan history --store audits.db"},
    Example{"what came and went in one source", "portolan history --store audits.db -s dump --all"},
    Example{"the life of one group, from CloudTrail",
            "portolan history sg-0a1b2c3d4e5f60718 AWSLogs"},
};

}  // namespace

const Command kHistory = {
    .name = "history",
    .group = "Judge",
    .summary = "when findings, or the rules of a group, came and went",
    .description =
        "Lists the runs that `portolan audit --store` recorded, newest first, with how many "
        "findings were new and how "
        "many were resolved in each, then the findings that are open, with when each was first "
        "seen and last seen.\n\n"
        "With the id of a resource and logs of CloudTrail, tells its life: what it opened and to "
        "whom, from when to when, and by whom. What was open before the logs begin, and what they "
        "do not show the end of, is said so.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
};

}  // namespace portolan::cli
