#include "cli/detection_rows.h"

#include <algorithm>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "core/text.h"

namespace portolan::cli {
namespace {

using checks::Detection;

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(printable(text));
}

boost::json::value time_or_null(const std::optional<Time>& time) {
  return time ? boost::json::value(time->text()) : boost::json::value(nullptr);
}

boost::json::array texts(const std::vector<std::string>& all) {
  boost::json::array made;
  for (const std::string& each : all) {
    made.emplace_back(printable(each));
  }
  return made;
}

boost::json::object detection_json(const Detection& each) {
  return {{"check", each.check},
          {"risk", text(each.risk)},
          {"account", text_or_null(each.account.text())},
          {"region", text_or_null(each.region.text())},
          {"resource", text_or_null(each.resource)},
          {"opened_at", time_or_null(each.opened_at)},
          {"closed_at", time_or_null(each.closed_at)},
          {"actor", text_or_null(each.actor)},
          {"closer", text_or_null(each.closer)},
          {"ports", text_or_null(each.ports)},
          {"peer", text_or_null(each.peer)},
          {"exposure", each.exposure},
          {"message", printable(each.message)},
          {"affected", texts(each.affected)},
          {"event_ids", texts(each.event_ids)}};
}

std::size_t failed(const events::Timeline& timeline) {
  return static_cast<std::size_t>(
      std::count_if(timeline.events.begin(), timeline.events.end(),
                    [](const events::Event& event) { return !event.took_effect(); }));
}

std::string time_text(const std::optional<Time>& time, std::string_view otherwise) {
  return time ? time->text() : std::string(otherwise);
}

report::Tone tone_of(Risk risk) {
  switch (risk) {
    case Risk::Critical:
      return report::Tone::Worst;
    case Risk::High:
      return report::Tone::Bad;
    case Risk::Medium:
      return report::Tone::Warning;
    case Risk::Low:
    case Risk::Info:
      return report::Tone::Plain;
  }
  return report::Tone::Plain;
}

}  // namespace

std::string counts_text(const Trail& trail) {
  const auto& events = trail.timeline.events;
  std::string out = fmt::format(
      "{} with {}: {} of the network ({} failed), {}", report::counted(trail.logs, "log"),
      report::counted(trail.counts.records, "record"), report::counted(events.size(), "change"),
      failed(trail.timeline), report::counted(trail.timeline.duplicates, "duplicate"));
  if (!events.empty()) {
    out += fmt::format(", {} to {}", events.front().time.text(), events.back().time.text());
  }
  return out;
}

std::string detections_json(const DetectionReport& report) {
  const Trail& trail = report.trail;
  const auto& events = trail.timeline.events;
  const boost::json::object counts{{"logs", trail.logs},
                                   {"records", trail.counts.records},
                                   {"changes", events.size()},
                                   {"failed", failed(trail.timeline)},
                                   {"duplicates", trail.timeline.duplicates},
                                   {"corrected", trail.timeline.corrected}};
  const auto first = events.empty() ? std::optional<Time>{} : events.front().time;
  const auto last = events.empty() ? std::optional<Time>{} : events.back().time;
  std::string out = fmt::format(
      "{{\"schema\":\"portolan/trail/1\",\"version\":\"{}\",\"source\":{},\"from\":{},\"to\":{},"
      "\"counts\":{},\n\"findings\":[",
      PORTOLAN_VERSION, boost::json::serialize(boost::json::value(printable(report.source))),
      boost::json::serialize(time_or_null(first)), boost::json::serialize(time_or_null(last)),
      boost::json::serialize(counts));
  std::string_view separator = "\n";
  for (const Detection& each : report.detections) {
    out += separator;
    out += boost::json::serialize(detection_json(each));
    separator = ",\n";
  }
  out += "],\n\"diagnostics\":[";
  separator = "\n";
  for (const Diagnostic& each : trail.diagnostics.sorted()) {
    out += separator;
    out += boost::json::serialize(boost::json::object{{"severity", text(each.severity)},
                                                      {"code", each.code},
                                                      {"message", printable(each.message)},
                                                      {"file", printable(each.file)},
                                                      {"pointer", printable(each.pointer)}});
    separator = ",\n";
  }
  return out + "]}\n";
}

std::string detections_jsonl(const std::vector<Detection>& detections) {
  std::string out;
  for (const Detection& each : detections) {
    out += boost::json::serialize(detection_json(each)) + "\n";
  }
  return out;
}

std::string detections_csv(const std::vector<Detection>& detections) {
  using report::csv_field;
  std::string out =
      "check,risk,account,region,resource,opened_at,closed_at,actor,closer,ports,peer,exposure,"
      "message,affected,event_ids\r\n";
  for (const Detection& each : detections) {
    out += fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", each.check, text(each.risk),
        csv_field(each.account.text()), csv_field(each.region.text()), csv_field(each.resource),
        time_text(each.opened_at, ""), time_text(each.closed_at, ""), csv_field(each.actor),
        csv_field(each.closer), csv_field(each.ports), csv_field(each.peer), each.exposure,
        csv_field(each.message), csv_field(joined(each.affected, "; ")),
        csv_field(joined(each.event_ids, "; ")));
  }
  return out;
}

std::string detections_table(const DetectionReport& report, const Style& style) {
  const auto width = static_cast<std::size_t>(style.width);
  const std::string indent(10, ' ');
  std::string out;
  for (const Detection& each : report.detections) {
    const std::string risk =
        report::painted(report::padded(text(each.risk), 8), tone_of(each.risk), style.colour);
    out += fmt::format("{}  {}  {}{}\n", risk, each.check, printable(each.resource),
                       each.region.known() ? " in " + printable(each.region.text()) : "");
    out += report::hanging(indent, printable(each.message), width);
    out +=
        report::hanging(indent,
                        fmt::format("{}, by {}", time_text(each.opened_at, "before the logs begin"),
                                    each.actor.empty() ? "somebody" : printable(each.actor)),
                        width);
    if (each.closed_at) {
      out += report::hanging(
          indent,
          fmt::format("{}, by {}", each.closed_at->text(),
                      each.closer == each.actor ? std::string("the same") : printable(each.closer)),
          width);
    }
  }
  out += report.detections.empty() ? "nothing found in " : "\nread ";
  return out + counts_text(report.trail) + "\n";
}

report::AuditReport as_audit(const DetectionReport& report, Time now, Risk fail_on) {
  report::AuditReport audit;
  audit.source = report.source;
  audit.version = PORTOLAN_VERSION;
  audit.now = now;
  audit.fail_on = fail_on;
  audit.diagnostics = report.trail.diagnostics.sorted();
  audit.resources = report.trail.timeline.events.size();
  for (const checks::TrailCheck& check : checks::trail_checks()) {
    audit.checks.push_back({.id = std::string(check.id),
                            .title = std::string(check.title),
                            .risk = check.risk,
                            .why = std::string(check.why),
                            .fix = std::string(check.fix),
                            .references = {check.references.begin(), check.references.end()}});
  }
  for (const Detection& each : report.detections) {
    Finding finding;
    finding.check = each.check;
    finding.resource = each.resource;
    finding.account = each.account;
    finding.region = each.region;
    finding.risk = each.risk;
    finding.message = fmt::format("{} ({} to {}, opened by {}{})", each.message,
                                  time_text(each.opened_at, "before the logs begin"),
                                  time_text(each.closed_at, "an end that is not known"),
                                  each.actor.empty() ? "somebody" : each.actor,
                                  each.closer.empty() ? "" : ", closed by " + each.closer);
    // The event makes the rule one of its own, so that each opening has an id of its own.
    finding.rules.push_back({.id = joined(each.event_ids, "+"),
                             .holder = each.resource,
                             .peer = each.peer,
                             .services = each.ports});
    finding.affected = each.affected;
    const checks::TrailCheck* const check = checks::find_trail_check(each.check);
    finding.fix = check == nullptr ? "" : std::string(check->fix);
    audit.findings.push_back(std::move(finding));
  }
  return audit;
}

}  // namespace portolan::cli
