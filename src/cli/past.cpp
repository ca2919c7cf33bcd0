#include "cli/past.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "collect/trail_logs.h"
#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kShownGaps = 20;

/// A gap that is about everything, so that no answer is sure.
bool spoils_all(const Gap& gap) { return gap.resource.empty(); }

/// When a log was delivered, by its name: `…_CloudTrail_eu-west-1_20260503T1405Z_….json.gz`.
/// SOURCE: CloudTrail user guide, "Finding your CloudTrail log files".
std::optional<Time> delivery_of(std::string_view name) {
  constexpr std::size_t kDigits = 14;  // 20260503T1405Z
  const std::size_t mark = name.rfind("_CloudTrail_");
  const std::size_t last = name.rfind('_');
  if (mark == std::string_view::npos || last < mark + kDigits) {
    return std::nullopt;
  }
  const std::string_view text = name.substr(last - kDigits, kDigits);
  if (text[8] != 'T' || text.back() != 'Z') {
    return std::nullopt;
  }
  const auto time =
      Time::parse(fmt::format("{}-{}-{}T{}:{}:00Z", text.substr(0, 4), text.substr(4, 2),
                              text.substr(6, 2), text.substr(9, 2), text.substr(11, 2)));
  return time ? std::optional(*time) : std::nullopt;
}

/// What the events and the names of the logs tell of.
std::optional<events::LogSpan> span_of(const events::Timeline& timeline,
                                       const collect::LogList& list) {
  std::optional<events::LogSpan> span = events::span_of(timeline);
  for (const collect::LogName& log : list.logs) {
    if (const auto time = delivery_of(log.name)) {
      span = span ? events::LogSpan{.first = std::min(span->first, *time),
                                    .last = std::max(span->last, *time)}
                  : events::LogSpan{.first = *time, .last = *time};
    }
  }
  return span;
}

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
                                    const Trail& trail, const std::vector<std::string>& words) {
  return past_of(TRY(taken_at(invocation, source)), source, trail, words);
}

Result<events::NetworkPast> past_of(Time taken, const Source& source, const Trail& trail,
                                    const std::vector<std::string>& words) {
  const collect::LogList list = TRY(collect::list_logs(words));
  const events::LogSpan span =
      span_of(trail.timeline, list).value_or(events::LogSpan{.first = taken, .last = taken});
  return events::NetworkPast({.snapshot = source.decoded.snapshot, .taken = taken}, trail.timeline,
                             span);
}

Result<Source> source_at(const events::NetworkPast& past, Time time, const Source& source,
                         Terminal& terminal) {
  Source then = source;
  then.decoded.snapshot = TRY(past.at(time));
  const std::vector<Gap> gaps = past.gaps_at(time);
  for (const Gap& gap : gaps) {
    if (spoils_all(gap)) {
      then.decoded.diagnostics.add({.code = gap.code, .message = gap.message});
    }
  }
  if (!terminal.is_quiet()) {
    list_gaps(gaps, terminal);
  }
  return then;
}

void tell_of_authority(const Invocation& invocation, const Source& source,
                       const AuthorityRead& read, Terminal& terminal) {
  if (!invocation.has("at") || read.is_empty() || terminal.is_quiet()) {
    return;
  }
  const auto taken = taken_at(invocation, source);
  for (const std::string& word : invocation.values("at")) {
    const auto time = Time::parse(word);
    if (taken && time && *time != *taken) {
      terminal.complain(
          fmt::format("not known: what IAM allowed at {}; who may change what is judged by its "
                      "documents of {}",
                      time->text(), taken->text()));
    }
  }
}

Result<Trail> load_logs(const Invocation& invocation, Terminal& terminal) {
  if (!invocation.has("logs")) {
    return fail("usage", "`--at` needs to know what happened: name the logs with `--logs`");
  }
  return load_trail(invocation, invocation.values("logs"), terminal);
}

Result<Source> as_it_was(const Invocation& invocation, Source now, Terminal& terminal) {
  if (!invocation.has("at")) {
    if (invocation.has("logs") || invocation.has("taken")) {
      return fail("usage", "`--logs` and `--taken` go with `--at TIME`");
    }
    return now;
  }
  const Time time = TRY(Time::parse(invocation.value("at")));
  const Trail trail = TRY(load_logs(invocation, terminal));
  const events::NetworkPast past = TRY(past_of(invocation, now, trail, invocation.values("logs")));
  Source then = TRY(source_at(past, time, now, terminal));
  then.decoded.diagnostics.append(trail.diagnostics);
  return then;
}

}  // namespace portolan::cli
