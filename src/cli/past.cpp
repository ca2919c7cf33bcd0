#include "cli/past.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kShownGaps = 20;

/// A gap that is about everything, so that no answer is sure.
bool spoils_all(const Gap& gap) { return gap.resource.empty(); }

}  // namespace

void list_gaps(const std::vector<Gap>& gaps, Terminal& terminal) {
  for (std::size_t i = 0; i < std::min(gaps.size(), kShownGaps); ++i) {
    terminal.complain("not known: " + gaps[i].message);
  }
  if (gaps.size() > kShownGaps) {
    terminal.complain(fmt::format("not known: {} like these",
                                  report::counted(gaps.size() - kShownGaps, "more thing")));
  }
}

Result<Time> taken_at(const Invocation& invocation, const Source& source) {
  if (invocation.has("taken")) {
    return Time::parse(invocation.value("taken"));
  }
  return fail("usage", fmt::format("`{}` does not tell when it was collected, which is what the "
                                   "logs are counted from; say so with `--taken TIME`",
                                   printable(source.name)));
}

Result<events::NetworkPast> past_of(const Invocation& invocation, const Source& source,
                                    const Trail& trail) {
  const Time taken = TRY(taken_at(invocation, source));
  const events::LogSpan span = trail.span.value_or(events::LogSpan{.first = taken, .last = taken});
  return events::NetworkPast({.snapshot = source.decoded.snapshot, .taken = taken}, trail.timeline,
                             span);
}

Result<Source> source_at(const events::NetworkPast& past, Time time, const Source& source,
                         Terminal& terminal) {
  Source then = source;
  then.decoded.snapshot = TRY(past.at(time));
  const std::vector<Gap> gaps = past.gaps_at(time);
  then.is_unsure = std::any_of(gaps.begin(), gaps.end(), spoils_all);
  if (!terminal.is_quiet()) {
    list_gaps(gaps, terminal);
  }
  return then;
}

Result<Trail> load_logs(const Invocation& invocation, Terminal& terminal) {
  if (!invocation.has("logs")) {
    return fail("usage", "`--at` needs to know what happened: name the logs with `--logs`");
  }
  return load_trail(invocation, invocation.values("logs"), terminal);
}

Result<Source> load_source_at(const Invocation& invocation, const std::string& name,
                              Terminal& terminal) {
  if (!invocation.has("at")) {
    if (invocation.has("logs") || invocation.has("taken")) {
      return fail("usage", "`--logs` and `--taken` go with `--at TIME`");
    }
    return load_source(invocation, name, terminal);
  }
  const Time time = TRY(Time::parse(invocation.value("at")));
  const Source now = TRY(load_source(invocation, name, terminal));
  const Trail trail = TRY(load_logs(invocation, terminal));
  const events::NetworkPast past = TRY(past_of(invocation, now, trail));
  Source then = TRY(source_at(past, time, now, terminal));
  then.is_unsure = then.is_unsure || trail.is_bad();
  return then;
}

}  // namespace portolan::cli
