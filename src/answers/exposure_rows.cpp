#include "answers/exposure_rows.h"

#include <fmt/format.h>

#include "checks/trail.h"
#include "core/text.h"
#include "report/report.h"

namespace portolan::answers {
namespace {

using checks::ExposureWindow;

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(printable(text));
}

boost::json::value time_or_null(const std::optional<Time>& time) {
  return time ? boost::json::value(time->text()) : boost::json::value(nullptr);
}

/// The event that began or ended a window; null if none is known.
const events::Event* event_of(const events::Timeline& timeline,
                              const std::optional<std::size_t>& number) {
  return number ? &timeline.events.at(*number) : nullptr;
}

boost::json::value event_json(const events::Event* event) {
  if (event == nullptr) {
    return nullptr;
  }
  return boost::json::object{
      {"event_id", printable(event->id)},
      {"event_name", printable(event->name)},
      {"actor",
       text_or_null(event->actor.arn.empty() ? event->actor.principal : event->actor.arn)}};
}

std::string actor_of(const events::Event* event) {
  if (event == nullptr) {
    return {};
  }
  return event->actor.arn.empty() ? event->actor.principal : event->actor.arn;
}

std::optional<std::int64_t> seconds_of(const ExposureWindow& window) {
  return window.from && window.until
             ? std::optional(window.until->seconds() - window.from->seconds())
             : std::nullopt;
}

}  // namespace

boost::json::object exposure_json(const ExposureWindow& window, const events::Timeline& timeline) {
  boost::json::array groups;
  for (const SecurityGroupId& group : window.groups) {
    groups.emplace_back(printable(group.text()));
  }
  const auto seconds = seconds_of(window);
  return {{"resource", printable(window.resource)},
          {"name", text_or_null(window.name)},
          {"instance", text_or_null(window.instance)},
          {"groups", std::move(groups)},
          {"account", text_or_null(window.account.text())},
          {"region", text_or_null(window.region.text())},
          {"ports", window.services.text()},
          {"from", time_or_null(window.from)},
          {"until", time_or_null(window.until)},
          {"seconds", seconds ? boost::json::value(*seconds) : boost::json::value(nullptr)},
          {"is_certain", window.is_certain},
          {"opened_by", event_json(event_of(timeline, window.opener))},
          {"closed_by", event_json(event_of(timeline, window.closer))}};
}

std::string exposure_csv(const std::vector<ExposureWindow>& windows,
                         const events::Timeline& timeline) {
  using report::csv_field;
  std::string out =
      "resource,name,instance,groups,account,region,ports,from,until,seconds,is_certain,opener,"
      "opening_event,closer,closing_event\r\n";
  for (const ExposureWindow& each : windows) {
    std::vector<std::string> groups;
    for (const SecurityGroupId& group : each.groups) {
      groups.push_back(group.text());
    }
    const events::Event* opener = event_of(timeline, each.opener);
    const events::Event* closer = event_of(timeline, each.closer);
    const auto seconds = seconds_of(each);
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", csv_field(each.resource),
                       csv_field(each.name), csv_field(each.instance),
                       csv_field(joined(groups, "; ")), csv_field(each.account.text()),
                       csv_field(each.region.text()), csv_field(each.services.text()),
                       each.from ? each.from->text() : "", each.until ? each.until->text() : "",
                       seconds ? std::to_string(*seconds) : "", each.is_certain,
                       csv_field(actor_of(opener)), csv_field(opener == nullptr ? "" : opener->id),
                       csv_field(actor_of(closer)), csv_field(closer == nullptr ? "" : closer->id));
  }
  return out;
}

std::string exposure_table(const std::vector<ExposureWindow>& windows,
                           const events::Timeline& timeline) {
  constexpr std::size_t kTimeWidth = 20;
  std::string out;
  for (const ExposureWindow& each : windows) {
    const auto seconds = seconds_of(each);
    out += fmt::format(
        "{}  {}  {} {}{}{}\n",
        report::padded(each.from ? each.from->text() : "before the logs", kTimeWidth),
        report::padded(each.until ? each.until->text() : "-", kTimeWidth), printable(each.name),
        each.services.text(), seconds ? ", " + checks::length_text(*seconds) : "",
        each.is_certain ? "" : ", if at all: what decides is not known");
    const auto tell = [&](std::string_view verb, const events::Event* event) {
      if (event != nullptr) {
        out += fmt::format("    {} by {} ({})\n", verb, printable(actor_of(event)),
                           printable(event->name));
      }
    };
    if (each.name != each.resource) {
      out += fmt::format("    {}\n", printable(each.resource));
    }
    tell("opened", event_of(timeline, each.opener));
    tell("closed", event_of(timeline, each.closer));
  }
  return out;
}

}  // namespace portolan::answers
