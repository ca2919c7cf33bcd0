#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "answers/difference.h"
#include "core/text.h"
#include "reach/difference.h"
#include "reach/difference_map.h"
#include "server/api.h"
#include "server/change_ribbons.h"

namespace portolan::server {
namespace {

namespace json = boost::json;

constexpr std::size_t kRows = 200;
constexpr std::size_t kRowsMost = 1000;
constexpr std::size_t kGapsMost = 100;

/// What is compared; without `to`, what was is compared with what is served.
struct Span {
  Time from;
  std::optional<Time> to;
  MomentPtr before;
  MomentPtr after;  // null: what is served
};

Result<Span> span_of(const RequestTarget& target, const PastMoments& past) {
  const auto from = target.value("from");
  if (!from) {
    return fail("usage",
                "`from` is a moment, such as 2026-05-03T14:03:00Z; so is `to`, or it is "
                "left out for what is served now");
  }
  Span span;
  span.from = TRY(Time::parse(*from));
  if (const auto to = target.value("to")) {
    span.to = TRY(Time::parse(*to));
    if (*span.to < span.from) {
      return fail("bad_window", "the end lies before the beginning");
    }
  }
  span.before = TRY(past.at(span.from));
  if (span.to) {
    span.after = TRY(past.at(*span.to));
  }
  return span;
}

/// Each list with how many there are, cut to the first of them.
void cut(json::object& told, std::size_t most) {
  for (const std::string_view name :
       {"opened", "closed", "weakened", "findings_appeared", "findings_gone"}) {
    json::array& list = told.at(name).as_array();
    told.emplace(std::string(name) + "_total", list.size());
    json::array& kept = told.at(name).as_array();
    if (kept.size() > most) {
      kept.resize(most);
    }
  }
}

/// What was wrong then, or is now.
Result<FindingsPtr> findings_of(const std::optional<Time>& time, const Estate& estate,
                                const PastMoments& past) {
  if (!time) {
    return FindingsPtr(FindingsPtr(), &estate.audit().findings);  // which outlives the answer
  }
  return past.findings_at(*time, estate);
}

json::array gaps_of(const Span& span, const PastMoments& past) {
  std::vector<Gap> gaps = past.gaps_at(span.from);
  if (span.to) {
    const std::vector<Gap> more = past.gaps_at(*span.to);
    gaps.insert(gaps.end(), more.begin(), more.end());
  }
  std::sort(gaps.begin(), gaps.end());
  gaps.erase(std::unique(gaps.begin(), gaps.end()), gaps.end());
  json::array list;
  for (const Gap& gap : gaps) {
    if (list.size() < kGapsMost) {
      list.push_back(json::object{{"what", printable(gap.code)},
                                  {"where", printable(gap.resource)},
                                  {"why", printable(gap.message)}});
    }
  }
  return list;
}

}  // namespace

Result<const PastMoments*> past_of(const Estate& estate) {
  if (estate.setting().past == nullptr) {
    return fail("no_past",
                "what was open at other moments is not known: start the server with --replay, or "
                "with --logs and --taken");
  }
  return estate.setting().past.get();
}

/// As `portolan diff --at --at`, cut.
Result<Reply> call_difference(const Asked& asked) {
  const Estate& estate = asked.estate;
  const PastMoments* const past = TRY(past_of(estate));
  const std::size_t most = TRY(number_of(asked.target, "limit", kRows, kRowsMost));
  const Span span = TRY(span_of(asked.target, *past));
  const reach::Moment& after = span.after != nullptr ? *span.after : estate.moment();
  const reach::Difference difference = reach::difference(*span.before, after, kThreads);
  const reach::DifferenceRows rows = reach::difference_map(after, difference);
  const FindingsPtr was = TRY(findings_of(span.from, estate, *past));
  const FindingsPtr is = TRY(findings_of(span.to, estate, *past));
  const answers::FindingChanges findings = answers::finding_changes(
      {.before = *span.before, .after = after, .difference = difference, .was = *was, .is = *is},
      estate.setting().judging.policy);
  json::object told = answers::difference_json(rows, findings);
  cut(told, most);
  const ChangeRibbons ribbons = change_ribbons(estate.drawing().chart(), difference);
  told.emplace("ribbons", ribbons.list);
  told.emplace("ribbons_hidden", ribbons.hidden);
  told.emplace("gaps", gaps_of(span, *past));
  told.emplace("from", span.from.text());
  told.emplace("to", span.to ? json::value(span.to->text()) : json::value());
  return json_reply(told);
}

}  // namespace portolan::server
