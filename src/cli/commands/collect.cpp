#include <array>
#include <charconv>

#include <fmt/format.h>

#include "cli/clock.h"
#include "cli/commands/commands.h"
#include "cli/live_run.h"
#include "cli/terminal.h"
#include "cli/text_input.h"
#include "collect/live.h"
#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

/// The accounts of a file: one in each line, and comments from `#` on.
Result<std::vector<std::string>> accounts_in(const std::string& path) {
  static constexpr std::size_t kBytesMax = std::size_t{1} << 20;
  const std::string text = TRY(read_text(path, kBytesMax));
  std::vector<std::string> accounts;
  int number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const std::string_view id = trimmed(line.substr(0, line.find('#')));
    if (id.empty()) {
      continue;
    }
    if (!AccountId::parse(id)) {
      return fail("bad_account",
                  fmt::format("{}:{}: `{}` is no account id, which has twelve digits",
                              printable(path), number, printable(id)));
    }
    accounts.emplace_back(id);
  }
  if (accounts.empty()) {
    return fail("bad_account", fmt::format("`{}` names no account", printable(path)));
  }
  return accounts;
}

Result<collect::LiveOptions> options_of_run(const Invocation& invocation) {
  collect::LiveOptions options{.profile = invocation.value("profile"),
                               .regions = invocation.values("region"),
                               .services = invocation.values("service"),
                               .accounts = invocation.values("account"),
                               .whole_organization = invocation.has("organization"),
                               .role = invocation.value("role"),
                               .external_id = invocation.value("external-id")};
  for (const std::string& region : options.regions) {
    TRY(Region::parse(region));
  }
  for (const std::string& account : options.accounts) {
    TRY(AccountId::parse(account));
  }
  if (invocation.has("accounts")) {
    for (std::string& account : TRY(accounts_in(invocation.value("accounts")))) {
      options.accounts.push_back(std::move(account));
    }
  }
  if (options.whole_organization && !options.accounts.empty()) {
    return fail("usage", "--organization enters all accounts; leave --account and --accounts out");
  }
  const bool is_sweep = options.whole_organization || !options.accounts.empty();
  if (is_sweep && options.role.empty()) {
    return fail("usage", "other accounts are entered by a role, name it with --role");
  }
  return options;
}

std::string summary_text(const collect::LiveSummary& summary, const std::string& folder) {
  std::string out = fmt::format("{} collected into {}",
                                report::counted(summary.collected, "answer"), printable(folder));
  if (!summary.is_whole()) {
    out += fmt::format("; {} denied, {} failed or in part{}; portolan-manifest.json tells which",
                       summary.denied, summary.failed,
                       summary.was_stopped ? ", and it was interrupted" : "");
  }
  return out + "\n";
}

/// How many days back, of those that CloudTrail keeps.
Result<int> days_of(const std::string& text) {
  static constexpr int kDaysMax = 90;
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (error != std::errc{} || end != text.data() + text.size() || days < 1 || days > kDaysMax) {
    return fail("usage", fmt::format("`{}` is no number of days, which are 1 to {}",
                                     printable(text), kDaysMax));
  }
  return days;
}

Result<ExitCode> run_events(const Invocation& invocation, const std::string& path,
                            Terminal& terminal) {
  static constexpr std::int64_t kDay_s = 86'400;
  const collect::LiveOptions live = TRY(options_of_run(invocation));
  if (!live.services.empty() || !live.role.empty()) {
    return fail("usage", "--events takes no other option than --output, --profile and --region");
  }
  const Time now = current_time();
  const int days = TRY(days_of(invocation.value("events")));
  collect::DumpFolder folder = TRY(collect::DumpFolder::create(path));
  const collect::LookupSummary summary = TRY(run_lookup(
      {.profile = live.profile,
       .regions = live.regions,
       .since = Time::from_seconds(now.seconds() - days * kDay_s),
       .until = now},
      [&](const collect::Document& document) { return folder.write(document); }, terminal));
  for (const Error& gap : summary.gaps) {
    terminal.complain(
        fmt::format("{}: the events are not all there: {} {}", gap.context, gap.code, gap.message));
  }
  terminal.out.write(
      fmt::format("{} into {}\n", report::counted(summary.events, "event"), printable(path)));
  return summary.gaps.empty() ? ExitCode::Clean : ExitCode::Incomplete;
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  if (invocation.has("print-policy")) {
    terminal.out.write(collect::live_policy());
    return ExitCode::Clean;
  }
  const std::string path = invocation.value("output");
  if (path.empty()) {
    return fail("usage",
                "name the folder to write with --output, as in `portolan collect -o dump`");
  }
  if (invocation.has("events")) {
    return run_events(invocation, path, terminal);
  }
  const collect::LiveOptions options = TRY(options_of_run(invocation));
  collect::DumpFolder folder = TRY(collect::DumpFolder::create(path));
  const collect::LiveSummary summary = TRY(run_live(
      options, [&](const collect::Document& document) { return folder.write(document); },
      terminal));
  terminal.out.write(summary_text(summary, path));
  return summary.is_whole() ? ExitCode::Clean : ExitCode::Incomplete;
}

constexpr std::array<std::string_view, 3> kUsage = {"-o FOLDER", "-o FOLDER --events DAYS",
                                                    "--print-policy"};

constexpr std::array kOptions = {
    Option{.name = "output",
           .letter = 'o',
           .value = "FOLDER",
           .summary = "new folder for the answers, which is a SOURCE afterwards",
           .completes = Completes::Folder},
    Option{.name = "profile",
           .letter = 'p',
           .value = "PROFILE",
           .summary = "profile of the AWS configuration; default: as the AWS CLI chooses"},
    Option{.name = "region",
           .value = "REGION",
           .summary = "only this region; may be repeated; default: all of the account",
           .repeats = true},
    Option{.name = "service",
           .value = "SERVICE",
           .summary = "only this service, as the AWS CLI calls it; may be repeated",
           .repeats = true},
    Option{.name = "account",
           .value = "ACCOUNT",
           .summary = "account to enter by --role; may be repeated",
           .repeats = true},
    Option{.name = "accounts",
           .value = "FILE",
           .summary = "accounts to enter by --role, one in each line, `#` begins a comment",
           .completes = Completes::File},
    Option{.name = "organization", .summary = "enter all active accounts of the organisation"},
    Option{.name = "role", .value = "NAME", .summary = "role to assume in other accounts"},
    Option{.name = "external-id", .value = "ID", .summary = "what the role's trust asks for"},
    Option{.name = "events",
           .value = "DAYS",
           .summary = "the changes in CloudTrail's event history of so many days, not the account"},
    Option{.name = "print-policy",
           .summary = "print the least IAM policy that allows every call, and ask nothing"},
};

constexpr std::array kExamples = {
    Example{"collect the account of a profile, for portolan audit dump",
            "portolan collect -p prod -o dump"},
    Example{"every account of the organisation",
            "portolan collect --organization --role portolan -o dump"},
    Example{"the accounts of a list, one id in each line",
            "portolan collect --accounts accounts.txt --role portolan -o dump"},
    Example{"what changed in a week, where no trail is kept",
            "portolan collect --events 7 --region eu-west-1 -o events"},
    Example{"what its role may do", "portolan collect --print-policy"},
};

}  // namespace

const Command kCollect = {
    .name = "collect",
    .group = "Collect",
    .summary = "download what AWS tells of an account",
    .description =
        "Asks AWS, read-only, for everything that the other commands read, in all regions, and "
        "writes the answers into a folder as `aws … describe-*` prints them.\n\n"
        "Credentials are found where the AWS CLI finds them. Calls that are denied or fail leave a "
        "gap that every later answer knows of; `portolan-manifest.json` lists them. Ctrl-C leaves "
        "what was collected until then, marked as partial. Exit code 3 says that something is "
        "missing.\n\n"
        "With --events it downloads what changed instead, newest first, as `aws cloudtrail "
        "lookup-events` prints it: AWS keeps that for 90 days, and gives out 100 events a second.",
    .usage = kUsage,
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
};

}  // namespace portolan::cli
