#include <algorithm>
#include <optional>

#include "answers/life_rows.h"
#include "answers/who_answer.h"
#include "core/text.h"
#include "server/api.h"

namespace portolan::server {
namespace {

namespace json = boost::json;

constexpr std::size_t kBinsMost = 2000;
constexpr std::size_t kBins = 100;
constexpr std::size_t kOpeningsMost = 1000;

/// Part of a timeline, cut into bins of the same length.
struct Window {
  std::int64_t from = 0;
  std::int64_t to = 0;  // with it
  std::int64_t bins = 0;

  [[nodiscard]] std::int64_t start(std::int64_t bin) const {
    return from + (to + 1 - from) * bin / bins;
  }
  [[nodiscard]] std::optional<std::size_t> bin_of(const std::optional<events::Touch>& touch) const {
    if (!touch || touch->time.seconds() < from || touch->time.seconds() > to) {
      return std::nullopt;
    }
    std::int64_t bin = (touch->time.seconds() - from) * bins / (to + 1 - from);
    while (bin + 1 < bins && start(bin + 1) <= touch->time.seconds()) {
      ++bin;
    }
    return static_cast<std::size_t>(bin);
  }
};

Result<Window> window_of(const RequestTarget& target, const events::Timeline& timeline) {
  Window window;
  window.bins = static_cast<std::int64_t>(TRY(number_of(target, "bins", kBins, kBinsMost)));
  if (!timeline.events.empty()) {
    window.from = timeline.events.front().time.seconds();
    window.to = timeline.events.back().time.seconds();
  }
  if (const auto from = target.value("from")) {
    window.from = TRY(Time::parse(*from)).seconds();
  }
  if (const auto to = target.value("to")) {
    window.to = TRY(Time::parse(*to)).seconds();
  }
  if (window.bins == 0 || window.to < window.from) {
    return fail("bad_window", "the end lies before the beginning, or there are no bins");
  }
  window.bins = std::min(window.bins, window.to + 1 - window.from);
  return window;
}

json::array bins_of(const Window& window, const events::Timeline& timeline) {
  std::vector<std::size_t> opened(static_cast<std::size_t>(window.bins));
  std::vector<std::size_t> closed(opened.size());
  for (const events::Interval& interval : timeline.intervals) {
    if (const auto bin = window.bin_of(interval.opened)) {
      ++opened[*bin];
    }
    if (const auto bin = window.bin_of(interval.closed)) {
      ++closed[*bin];
    }
  }
  json::array bins;
  for (std::size_t i = 0; i < opened.size(); ++i) {
    const auto number = static_cast<std::int64_t>(i);
    bins.push_back(json::object{{"from", Time::from_seconds(window.start(number)).text()},
                                {"to", Time::from_seconds(window.start(number + 1) - 1).text()},
                                {"opened", opened[i]},
                                {"closed", closed[i]}});
  }
  return bins;
}

json::value time_of(const std::optional<events::Touch>& touch) {
  return touch ? json::value(touch->time.text()) : json::value();
}

json::object opening_of(const events::Interval& interval) {
  const events::Subject& subject = interval.subject;
  const auto length = interval.length_s();
  return {
      {"resource", printable(subject.resource)},
      {"detail", printable(subject.detail)},
      {"direction", !subject.is_egress   ? json::value()
                    : *subject.is_egress ? json::value("egress")
                                         : json::value("ingress")},
      {"services", subject.services ? json::value(subject.services->text()) : json::value()},
      {"peer", printable(subject.peer)},
      {"opened", time_of(interval.opened)},
      {"closed", time_of(interval.closed)},
      {"seconds", length ? json::value(*length) : json::value()},
      {"actor", interval.opened ? json::value(printable(interval.opened->actor)) : json::value()}};
}

/// Those that were open at some moment of the window.
json::array openings_of(const Window& window, const events::Timeline& timeline) {
  json::array openings;
  for (const events::Interval& interval : timeline.intervals) {
    const bool is_later = interval.opened && interval.opened->time.seconds() > window.to;
    const bool is_over = interval.closed && interval.closed->time.seconds() < window.from;
    if (!is_later && !is_over && openings.size() < kOpeningsMost) {
      openings.push_back(opening_of(interval));
    }
  }
  return openings;
}

Result<const events::Timeline*> timeline_of(const Estate& estate) {
  if (estate.setting().timeline == nullptr) {
    return fail("no_history", "there are no logs: start the server with --logs or --replay");
  }
  return estate.setting().timeline.get();
}

}  // namespace

Result<Reply> call_who(const Asked& asked) {
  const Estate& estate = asked.estate;
  const auto actions = TRY(answers::pick_actions({}));
  const std::vector<iam::Resource> all = iam::changeable_resources(estate.snapshot());
  const iam::Resource resource = TRY(answers::find_resource(all, asked.key));
  return text_reply(answers::who_json(
      answers::who_can_change(estate.snapshot(), estate.escalation(), resource, actions)));
}

Result<Reply> call_history(const Asked& asked) {
  const events::Timeline* timeline = TRY(timeline_of(asked.estate));
  return text_reply(answers::life_json(*timeline, asked.key));
}

Result<Reply> call_timeline(const Asked& asked) {
  const events::Timeline* timeline = TRY(timeline_of(asked.estate));
  const Window window = TRY(window_of(asked.target, *timeline));
  return json_reply(json::object{{"from", Time::from_seconds(window.from).text()},
                                 {"to", Time::from_seconds(window.to).text()},
                                 {"bins", bins_of(window, *timeline)},
                                 {"openings", openings_of(window, *timeline)}});
}

}  // namespace portolan::server
