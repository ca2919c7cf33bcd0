#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "answers/difference.h"
#include "cli/authority.h"
#include "cli/commands/commands.h"
#include "cli/config.h"
#include "cli/connection_text.h"
#include "cli/past.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "core/text.h"
#include "model/change_text.h"
#include "reach/difference_map.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

using MomentPtr = std::shared_ptr<const reach::Moment>;

constexpr int kThreads = 2;

/// What is compared.
struct Sides {
  MomentPtr before;
  MomentPtr after;
  AuthorityRead was;                // who may do what, before
  std::optional<AuthorityRead> is;  // and after; absent: the same
  bool is_bad = false;              // part of the input could not be understood
};

/// The second folder as a change of the first: what they have in common is kept once.
Result<Sides> two_sources(const Invocation& invocation, Terminal& terminal) {
  Source before =
      TRY(load_source_with_authority(invocation, std::string(invocation.word(0)), terminal));
  Source after =
      TRY(load_source_with_authority(invocation, std::string(invocation.word(1)), terminal));
  Sides sides{.was = read_authority(before, invocation, terminal),
              .is = read_authority(after, invocation, terminal)};
  sides.is_bad = before.is_bad() || after.is_bad() || sides.was.is_bad() || sides.is->is_bad();
  RowChanges rows = compare(before.decoded.snapshot, after.decoded.snapshot);
  terminal.show_progress("comparing");
  sides.before = reach::Moment::of(std::move(before.decoded.snapshot), kThreads);
  if (rows.is_known_differently) {
    sides.after = reach::Moment::of(std::move(after.decoded.snapshot), kThreads);
    return sides;
  }
  Applied applied = TRY(apply_changes(sides.before->snapshot(), as_changes(rows)));
  Snapshot known = std::move(applied.snapshot).knowing_what(after.decoded.snapshot);
  sides.after = sides.before->next(std::move(known), applied.rows, kThreads);
  return sides;
}

Result<Sides> what_if(const Invocation& invocation, Terminal& terminal) {
  const std::string name = TRY(source_name(invocation, invocation.word(0)));
  Source source = TRY(load_source_with_authority(invocation, name, terminal));
  Sides sides{.was = read_authority(source, invocation, terminal)};
  sides.is_bad = source.is_bad() || sides.was.is_bad();
  std::vector<Change> changes;
  for (const std::string& text : invocation.values("change")) {
    changes.push_back(TRY(parse_change(source.decoded.snapshot, text)));
  }
  terminal.show_progress("comparing");
  sides.before = reach::Moment::of(std::move(source.decoded.snapshot), kThreads);
  Applied applied = TRY(apply_changes(sides.before->snapshot(), changes));
  sides.after = sides.before->next(std::move(applied.snapshot), applied.rows, kThreads);
  return sides;
}

/// One source at two moments.
Result<Sides> two_moments(const Invocation& invocation, Terminal& terminal) {
  const std::vector<std::string> words = invocation.values("at");
  if (words.size() != 2 || !invocation.word(1).empty() || invocation.has("change")) {
    return fail("usage", "two moments of one source are compared: `--at BEFORE --at AFTER`");
  }
  const Time first = TRY(Time::parse(words.front()));
  const Time second = TRY(Time::parse(words.back()));
  const std::string name = TRY(source_name(invocation, invocation.word(0)));
  const Source source = TRY(load_source_with_authority(invocation, name, terminal));
  const Trail trail = TRY(load_logs(invocation, terminal));
  const events::NetworkPast past =
      TRY(past_of(invocation, source, trail, invocation.values("logs")));
  const Source before = TRY(source_at(past, first, source, terminal));
  const Source after = TRY(source_at(past, second, source, terminal));
  terminal.show_progress("comparing");
  Sides sides{.was = read_authority(source, invocation, terminal)};
  tell_of_authority(invocation, source, sides.was, terminal);
  sides.is_bad = before.is_bad() || after.is_bad() || trail.is_bad() || sides.was.is_bad();
  sides.before = reach::Moment::of(before.decoded.snapshot, kThreads);
  sides.after = reach::Moment::of(after.decoded.snapshot, kThreads);
  return sides;
}

Result<Sides> sides_of(const Invocation& invocation, Terminal& terminal) {
  if (invocation.has("at")) {
    return two_moments(invocation, terminal);
  }
  if (invocation.has("logs") || invocation.has("taken")) {
    return fail("usage", "`--logs` and `--taken` go with `--at BEFORE --at AFTER`");
  }
  const bool has_changes = invocation.has("change");
  if (has_changes && !invocation.word(1).empty()) {
    return fail("usage", "`--change` is about one source, name either two sources or changes");
  }
  if (!has_changes && (invocation.word(0).empty() || invocation.word(1).empty())) {
    return fail("usage",
                "name two sources, as in `portolan diff before after`, or one and "
                "`--change`");
  }
  return has_changes ? what_if(invocation, terminal) : two_sources(invocation, terminal);
}

std::string finding_lines(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    out += fmt::format("  {}  {}  {}  {}\n", report::padded(text(finding.risk), 8),
                       finding.outcome == Outcome::Unknown ? "unknown" : "fail   ",
                       printable(finding.resource), printable(finding.message));
  }
  return out;
}

void write_table(const Invocation& invocation, const reach::DifferenceRows& rows,
                 const answers::FindingChanges& findings, Terminal& terminal) {
  const auto write = [&](std::string_view title, const answers::ConnectionRows& list) {
    if (!list.empty()) {
      terminal.out.write(fmt::format("{}\n\n", title));
      terminal.out.write(connections_table(list, invocation.has("members"), terminal.style()));
      terminal.out.write("\n");
    }
  };
  write("Opened", rows.opened);
  write("Closed", rows.closed);
  write("Less sure than before", rows.weakened);
  if (rows.opened.empty() && rows.closed.empty() && rows.weakened.empty()) {
    terminal.out.write("No connection opened or closed\n");
  }
  if (!findings.appeared.empty()) {
    terminal.out.write("Findings that appear\n\n" + finding_lines(findings.appeared) + "\n");
  }
  if (!findings.gone.empty()) {
    terminal.out.write("Findings that go\n\n" + finding_lines(findings.gone) + "\n");
  }
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  const Settings settings =
      invocation.has("config") ? TRY(read_settings(invocation.value("config"))) : Settings{};
  const Sides sides = TRY(sides_of(invocation, terminal));
  const reach::Difference difference = reach::difference(*sides.before, *sides.after, kThreads);
  const reach::DifferenceRows rows = reach::difference_map(*sides.after, difference);
  const answers::Judging judging{.config = settings.config, .policy = settings.policy};
  const checks::Authority was = authority_of(sides.was, settings.allowed);
  const checks::Authority is = authority_of(sides.is ? *sides.is : sides.was, settings.allowed);
  const answers::FindingChanges findings =
      answers::finding_changes({.before = *sides.before,
                                .after = *sides.after,
                                .difference = difference,
                                .was = answers::findings_at(*sides.before, was, judging),
                                .is = answers::findings_at(*sides.after, is, judging)},
                               judging.policy);
  terminal.end_progress();
  if (invocation.has("json") || invocation.value("format") == "json") {
    terminal.out.write(boost::json::serialize(answers::difference_json(rows, findings)) + "\n");
  } else {
    write_table(invocation, rows, findings, terminal);
  }
  return exit_code(
      {.bad_input = sides.is_bad, .found = !rows.opened.empty() || !findings.appeared.empty()});
}

constexpr std::array<std::string_view, 3> kUsage = {"BEFORE AFTER", "[SOURCE] --change CHANGE",
                                                    "[SOURCE] --logs LOGS --at TIME --at TIME"};

constexpr std::array kArguments = {
    Argument{.name = "BEFORE",
             .summary = "folder of AWS CLI `describe-*` JSON",
             .completes = Completes::Folder,
             .is_required = false},
    Argument{.name = "AFTER",
             .summary = "another one, of the same accounts at another time",
             .completes = Completes::Folder,
             .is_required = false},
};

constexpr std::array kOptions = {
    Option{.name = "change",
           .value = "CHANGE",
           .summary = "what if: an edit of the source, such as "
                      "'sg-… +ingress tcp/22 0.0.0.0/0'; may come several times",
           .repeats = true},
    Option{.name = "at",
           .value = "TIME",
           .summary = "twice: from what it was at the one moment to what it was at the other, as "
                      "2026-05-03T14:03:00Z; with --logs",
           .repeats = true},
    kLogsOption,
    kTakenOption,
    Option{.name = "members", .summary = "list below each row who they are"},
    kNoOrganizationOption,
    kConfigOption,
    kFormatOption,
    kJsonOption,
};

constexpr std::array kExamples = {
    Example{"what yesterday's changes opened", "portolan diff monday tuesday"},
    Example{"what an afternoon opened",
            "portolan diff -s dump --taken 2026-05-04T09:00:00Z --logs AWSLogs --at "
            "2026-05-03T12:00:00Z --at 2026-05-03T18:00:00Z"},
    Example{"what a rule would open, before you write it",
            "portolan diff -s dump --change 'sg:web +ingress tcp/22 0.0.0.0/0'"},
};

}  // namespace

const Command kDiff = {
    .name = "diff",
    .group = "Ask",
    .summary = "list which connections open and close from one source to another, or by a change",
    .description =
        "Compares two sources, or one with itself after the edits of --change, and lists exactly "
        "which connections opened and closed, and which findings came and went. Among those that "
        "came are those of plan-widens-exposure: what the internet gets to now, or a wider kind "
        "of source than before.\n\n"
        "A change is RESOURCE and what becomes of it: `sg-… +ingress tcp/22 0.0.0.0/0`, "
        "`-ingress`, `+egress`, `-egress`; `eni-… +group sg-…`; `acl-… +ingress 90 deny tcp/22 "
        "0.0.0.0/0`; `rtb-… +route 0.0.0.0/0 igw-…`; `ID deleted`.\n\n"
        "The exit code is 1 if something opened or a finding appeared, 3 if part of the input "
        "could not be read, else 0.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
