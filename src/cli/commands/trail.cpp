#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "answers/change_rows.h"
#include "answers/exposure_rows.h"
#include "checks/trail_windows.h"
#include "cli/clock.h"
#include "cli/commands/commands.h"
#include "cli/config.h"
#include "cli/detection_rows.h"
#include "cli/past.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "cli/trail_input.h"
#include "cli/trail_memory.h"
#include "cli/trail_verify.h"
#include "core/text.h"
#include "reach/reach.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

constexpr int kReplayThreads = 2;

/// From when to when; both ends count.
struct Span {
  std::optional<Time> since;
  std::optional<Time> until;

  [[nodiscard]] bool overlaps(const std::optional<Time>& first,
                              const std::optional<Time>& last) const {
    return !(since && last && *last < *since) && !(until && first && *first > *until);
  }
};

struct Wishes {
  checks::TrailOptions options;
  checks::Config config;
  std::vector<std::string> patterns;  // of checks; none: all
  Risk threshold = Risk::Low;
  Span span;
  const std::vector<checks::ExposureWindow>* windows = nullptr;  // if they are known
  Time now;
  std::string format;
};

Result<std::optional<Time>> moment(const Invocation& invocation, std::string_view option) {
  if (!invocation.has(option)) {
    return std::optional<Time>{};
  }
  return std::optional<Time>(TRY(Time::parse(invocation.value(option))));
}

Result<Wishes> wishes_of(const Invocation& invocation) {
  Wishes wishes;
  if (invocation.has("within")) {
    wishes.options.longest_s = TRY(parse_length("within", invocation.value("within")));
  }
  if (invocation.has("left-open")) {
    wishes.options.left_open_s = TRY(parse_length("left-open", invocation.value("left-open")));
  }
  if (invocation.has("alarms-per-week")) {
    const std::string word = invocation.value("alarms-per-week");
    const auto number = decimal(word, 1'000'000);
    if (!number || *number == 0) {
      return fail("usage", fmt::format("`--alarms-per-week` is a number above 0, not `{}`",
                                       printable(word)));
    }
    wishes.options.alarms_per_week = *number;
  }
  if (invocation.has("config")) {
    wishes.config = TRY(read_settings(invocation.value("config"))).config;
  }
  wishes.options.public_services = wishes.config.public_services;
  wishes.patterns = invocation.values("check");
  for (const std::string& pattern : wishes.patterns) {
    const auto known = checks::trail_checks();
    if (std::none_of(known.begin(), known.end(), [&](const checks::TrailCheck& check) {
          return matches_glob(check.id, pattern);
        })) {
      return fail("unknown_check", fmt::format("`{}` is no check of a trail; see `portolan checks`",
                                               printable(pattern)));
    }
  }
  wishes.threshold = *parse_risk(invocation.value("fail-on", "low"));
  const auto since = TRY(moment(invocation, "since"));
  const auto until = TRY(moment(invocation, "until"));
  wishes.span = {since, until};
  wishes.now = TRY(moment(invocation, "now")).value_or(current_time());
  wishes.format = invocation.has("json") ? "json" : invocation.value("format", "table");
  return wishes;
}

void write_changes(const std::vector<answers::ChangeRow>& rows, const Wishes& wishes,
                   Terminal& terminal) {
  if (wishes.format == "csv") {
    terminal.out.write(answers::changes_csv(rows));
    return;
  }
  if (wishes.format == "table") {
    terminal.out.write(answers::changes_table(rows));
    return;
  }
  const bool is_list = wishes.format == "json";
  std::string_view separator = is_list ? "[\n" : "";
  for (const answers::ChangeRow& row : rows) {
    terminal.out.write(separator);
    terminal.out.write(boost::json::serialize(answers::change_json(row)));
    terminal.out.write(is_list ? "" : "\n");
    separator = is_list ? ",\n" : "";
  }
  if (is_list) {
    terminal.out.write(rows.empty() ? "[]\n" : "\n]\n");
  }
}

void write_detections(const DetectionReport& report, const Wishes& wishes, Terminal& terminal) {
  const std::string& format = wishes.format;
  if (format == "json") {
    terminal.out.write(detections_json(report));
  } else if (format == "jsonl") {
    terminal.out.write(detections_jsonl(report.detections));
  } else if (format == "csv") {
    terminal.out.write(detections_csv(report.detections));
  } else if (format == "table") {
    terminal.out.write(detections_table(report, terminal.style()));
  } else {
    const report::AuditReport audit = as_audit(report, wishes.now, wishes.threshold);
    for (const report::AuditFormat& each : report::kAuditFormats) {
      if (each.name == format) {
        each.write(audit, [&](std::string_view piece) { terminal.out.write(piece); });
      }
    }
  }
}

ExitCode tell_changes(const Trail& trail, const Wishes& wishes, Terminal& terminal) {
  std::vector<answers::ChangeRow> rows = answers::change_rows(trail.timeline);
  std::erase_if(rows, [&](const answers::ChangeRow& row) {
    return !wishes.span.overlaps(row.time, row.time);
  });
  write_changes(rows, wishes, terminal);
  return exit_code({.bad_input = trail.is_bad()});
}

/// What was reached, in place of what was open.
ExitCode tell_exposure(const Trail& trail, std::vector<checks::ExposureWindow> windows,
                       const Wishes& wishes, Terminal& terminal) {
  std::erase_if(windows, [&](const checks::ExposureWindow& each) {
    return !wishes.span.overlaps(each.from, each.until);
  });
  if (wishes.format == "csv") {
    terminal.out.write(answers::exposure_csv(windows, trail.timeline));
  } else if (wishes.format == "table") {
    terminal.out.write(windows.empty() ? "Nothing was reachable from the internet\n"
                                       : answers::exposure_table(windows, trail.timeline));
  } else {
    const bool is_list = wishes.format == "json";
    std::string_view separator = is_list ? "[\n" : "";
    for (const checks::ExposureWindow& each : windows) {
      terminal.out.write(separator);
      terminal.out.write(boost::json::serialize(answers::exposure_json(each, trail.timeline)));
      terminal.out.write(is_list ? "" : "\n");
      separator = is_list ? ",\n" : "";
    }
    if (is_list) {
      terminal.out.write(windows.empty() ? "[]\n" : "\n]\n");
    }
  }
  return exit_code({.bad_input = trail.is_bad(),
                    .unknown = std::any_of(windows.begin(), windows.end(),
                                           [](const auto& each) { return !each.is_certain; })});
}

ExitCode tell_detections(const Trail& trail, const Wishes& wishes, const std::string& source,
                         Terminal& terminal) {
  std::vector<checks::Detection> found = checks::detect(trail.timeline, wishes.options);
  if (wishes.windows != nullptr) {
    checks::weigh_by_reach(found, trail.timeline, *wishes.windows);
  }
  std::erase_if(found, [&](const checks::Detection& each) {
    const bool is_wanted =
        std::any_of(wishes.patterns.begin(), wishes.patterns.end(),
                    [&](const std::string& pattern) { return matches_glob(each.check, pattern); });
    return (!wishes.patterns.empty() && !is_wanted) ||
           !wishes.span.overlaps(each.opened_at, each.closed_at ? each.closed_at : each.opened_at);
  });
  write_detections({.source = source, .trail = trail, .detections = found}, wishes, terminal);
  return exit_code(
      {.bad_input = trail.is_bad(),
       .found = std::any_of(found.begin(), found.end(), [&](const checks::Detection& each) {
         return each.risk >= wishes.threshold;
       })});
}

/// With a source, what it says is production counts more.
Result<ExitCode> judge(const Invocation& invocation, const Trail& trail, Wishes& wishes,
                       Terminal& terminal) {
  const std::string logs = joined(invocation.words, " ");
  if (!invocation.has("source")) {
    if (invocation.has("exposure")) {
      return fail("usage", "`--exposure` needs the network: name what was collected with `-s`");
    }
    return tell_detections(trail, wishes, logs, terminal);
  }
  const Source source = TRY(load_source(invocation, invocation.value("source"), terminal));
  const reach::Network network = reach::build(source.decoded.snapshot);
  const checks::Context context(network, wishes.config);
  wishes.options.is_production = [&](const std::string& resource) {
    return checks::is_production(context, resource);
  };
  wishes.options.is_there = [&](const events::Subject& rule) {
    return checks::has_rule(source.decoded.snapshot, rule);
  };
  std::vector<checks::ExposureWindow> windows;
  if (invocation.has("taken") || invocation.has("exposure")) {
    terminal.show_progress("replaying what happened");
    const events::NetworkPast past = TRY(past_of(invocation, source, trail, invocation.words));
    windows = checks::exposure_windows(past, kReplayThreads);
    wishes.windows = &windows;
    terminal.end_progress();
    if (!terminal.is_quiet()) {
      list_gaps(past.gaps_at(past.span().first), terminal);
    }
  }
  const ExitCode code = invocation.has("exposure")
                            ? tell_exposure(trail, std::move(windows), wishes, terminal)
                            : tell_detections(trail, wishes, logs, terminal);
  return source.is_bad() ? ExitCode::Incomplete : code;
}

/// How many days of a bucket are listed once more.
Result<int> wanted_again_days(const Invocation& invocation) {
  constexpr std::int64_t kDay_s = 86400;
  const std::int64_t seconds = TRY(parse_length("again", invocation.value("again", "2d")));
  return static_cast<int>((seconds + kDay_s - 1) / kDay_s);
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  if (invocation.word(0) == "verify") {
    return verify_trail(invocation, terminal);
  }
  Wishes wishes = TRY(wishes_of(invocation));
  const bool wants_changes = invocation.has("changes");
  constexpr std::array<std::string_view, 4> kOfChanges = {"table", "json", "jsonl", "csv"};
  if ((wants_changes || invocation.has("exposure")) &&
      std::find(kOfChanges.begin(), kOfChanges.end(), wishes.format) == kOfChanges.end()) {
    return fail("usage", fmt::format("`--{}` is written as {}, not as {}",
                                     wants_changes ? "changes" : "exposure",
                                     fmt::join(kOfChanges, ", "), wishes.format));
  }
  const int threads = TRY(wanted_threads(invocation));
  const int again_days = TRY(wanted_again_days(invocation));
  const Trail trail = invocation.has("store")
                          ? TRY(remember_trail({.words = invocation.words,
                                                .file = invocation.value("store"),
                                                .threads = threads,
                                                .again_days = again_days},
                                               terminal))
                          : TRY(load_trail(invocation, invocation.words, terminal));
  if (wants_changes) {
    return tell_changes(trail, wishes, terminal);
  }
  return judge(invocation, trail, wishes, terminal);
}

constexpr std::array<std::string_view, 5> kRisks = {"info", "low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 10> kFormats = {
    "table", "json", "jsonl", "csv", "ocsf", "asff", "sarif", "junit", "markdown", "html"};
constexpr std::array<std::string_view, 2> kUsage = {"LOGS…", "verify FOLDER…"};

constexpr std::array kArguments = {
    Argument{.name = "LOGS",
             .summary = "folders or files of CloudTrail, plain or gzip; `s3://bucket/folder`; `-` "
                        "for standard input",
             .completes = Completes::Folder,
             .repeats = true},
};

constexpr std::array kOptions = {
    Option{.name = "changes",
           .summary = "every change of the network, in order, in place of findings"},
    Option{.name = "exposure",
           .summary = "from when to when what was reachable from the internet, routes, addresses "
                      "and NACLs taken into account, in place of findings; with -s"},
    kTakenOption,
    Option{.name = "format",
           .value = "FORMAT",
           .summary = "table for people; jsonl is one object a line; default: table",
           .completes = Completes::Choice,
           .choices = kFormats},
    kJsonOption,
    Option{.name = "within",
           .value = "LENGTH",
           .summary = "what is open for so long or shorter is short-lived, as 45s, 30m, 2h; "
                      "default: 30m"},
    Option{.name = "left-open",
           .value = "LENGTH",
           .summary = "what a person opened to strangers and nobody closed for so long is told, as "
                      "8h, 7d; default: 1d"},
    Option{.name = "alarms-per-week",
           .value = "NUMBER",
           .summary = "how many false alarms about unusual rates you accept, all principals "
                      "together; default: 1"},
    Option{.name = "check",
           .letter = 'c',
           .value = "ID",
           .summary = "only this check; `*` and `?` stand for any characters",
           .repeats = true},
    Option{.name = "fail-on",
           .value = "RISK",
           .summary = "least risk of a finding that sets the exit code; default: low",
           .completes = Completes::Choice,
           .choices = kRisks},
    Option{.name = "since",
           .value = "TIME",
           .summary = "only what was so at or after this moment, as 2026-05-03T14:03:00Z"},
    Option{
        .name = "until", .value = "TIME", .summary = "only what was so at or before this moment"},
    Option{.name = "config",
           .value = "FILE",
           .summary = "YAML file that says what is production and what may be open to the internet",
           .completes = Completes::File},
    Option{.name = "public-keys",
           .value = "FILE",
           .summary = "for `verify`: what `aws cloudtrail list-public-keys` printed",
           .completes = Completes::File},
    Option{.name = "store",
           .value = "FILE",
           .summary = "remember what the logs say in an SQLite file, and answer from all that is "
                      "in it",
           .completes = Completes::File},
    Option{.name = "again",
           .value = "LENGTH",
           .summary = "with --store: how far back a bucket whose days are known is listed once "
                      "more, for logs that came late, as 12h, 30d; default: 2d"},
    kThreadsOption,
    Option{.name = "now",
           .value = "TIME",
           .summary = "moment that ocsf, asff, sarif and html write; default: now"},
};

constexpr std::array kExamples = {
    Example{"what was opened, for how long, by whom", "portolan trail AWSLogs"},
    Example{"every change of the network, for programs",
            "portolan trail --changes --format jsonl AWSLogs"},
    Example{"what stood open for an hour or less", "portolan trail --within 1h AWSLogs"},
    Example{"every hour: add what is new, and look at all there is",
            "portolan trail --store trail.db AWSLogs"},
    Example{"whether the logs are as they were delivered",
            "portolan trail verify AWSLogs --public-keys keys.json"},
    Example{"what is production counts more",
            "portolan trail AWSLogs -s dump --config portolan.yaml"},
    Example{"what the internet reached, and for how long",
            "portolan trail --exposure AWSLogs -s dump --taken 2026-05-04T09:00:00Z"},
    Example{"the last events, without a trail",
            "aws cloudtrail lookup-events --output json | portolan trail -"},
};

}  // namespace

const Command kTrail = {
    .name = "trail",
    .group = "Judge",
    .summary = "what changed in the network, for how long it was open, and by whom",
    .description =
        "Reads CloudTrail and follows each rule, route, NACL entry, prefix list and public address "
        "from its opening to its close. Tells what was open for a short time only, what was opened "
        "to the internet, whatever way was taken, and what was tried and denied.\n\n"
        "Understood are the files that CloudTrail delivers to S3, `aws cloudtrail lookup-events`, "
        "events of EventBridge, results of CloudTrail Lake as JSON or CSV, and records one a line; "
        "each plain or gzip. Digest and Insights files are passed over. Calls that failed, dry "
        "runs among them, open nothing; events that were delivered twice count once. The answer "
        "is the same for any order of the files and any number of threads.\n\n"
        "With a source (`-s`), what happens to the groups, interfaces and instances that its tags "
        "call production is one grade worse. If it is also said when that source was collected "
        "(--taken), the network is rolled back through all that happened: what an opening really "
        "laid open to the internet makes it worse, and what laid nothing open milder. --exposure "
        "tells just that: from when to when what was reachable.\n\n"
        "`trail verify` holds the logs against the digest files beside them, and each digest "
        "against the next and its signature. It reads folders on the disk, not buckets.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
