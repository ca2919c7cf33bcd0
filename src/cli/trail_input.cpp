#include "cli/trail_input.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "cli/problems.h"
#include "collect/trail_logs.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kShownProblems = 200;
constexpr std::uint32_t kThreadsMost = 256;

struct Unit {
  char letter;
  std::int64_t seconds;
};
constexpr std::array kUnits = {Unit{'s', 1}, Unit{'m', 60}, Unit{'h', 3600}, Unit{'d', 86400}};

}  // namespace

Result<int> wanted_threads(const Invocation& invocation) {
  if (!invocation.has("threads")) {
    return 0;
  }
  const std::string word = invocation.value("threads");
  const auto number = decimal(word, kThreadsMost);
  if (!number || *number == 0) {
    return fail("usage", fmt::format("`--threads` is a number from 1 to {}, not `{}`", kThreadsMost,
                                     printable(word)));
  }
  return static_cast<int>(*number);
}

Result<Trail> load_trail(const Invocation& invocation, const std::vector<std::string>& words,
                         Terminal& terminal) {
  const int count = TRY(wanted_threads(invocation));
  const collect::LogList list = TRY(collect::list_logs(words));
  events::Readings readings = TRY(collect::read_logs(
      list, {.threads = count, .on_progress = [&](std::size_t done, std::size_t all) {
               terminal.show_progress(fmt::format("reading logs: {} of {}", done, all));
             }}));
  terminal.end_progress();
  if (!terminal.is_quiet()) {
    list_problems(readings.diagnostics, kShownProblems, "`--format json` lists all", terminal);
  }
  return Trail{.timeline = events::build_timeline(std::move(readings.events)),
               .counts = readings.counts,
               .diagnostics = std::move(readings.diagnostics),
               .logs = list.logs.size()};
}

Result<std::int64_t> parse_length(std::string_view option, std::string_view text) {
  constexpr std::uint32_t kMost = 1'000'000;
  for (const Unit& unit : kUnits) {
    if (text.ends_with(unit.letter)) {
      if (const auto number = decimal(text.substr(0, text.size() - 1), kMost)) {
        return *number * unit.seconds;
      }
    }
  }
  return fail("usage", fmt::format("`--{}` is a length of time as `45s`, `30m`, `2h` or `1d`, not "
                                   "`{}`",
                                   option, printable(text)));
}

}  // namespace portolan::cli
