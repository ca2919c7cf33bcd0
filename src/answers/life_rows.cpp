#include "answers/life_rows.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "answers/change_rows.h"
#include "core/text.h"
#include "report/report.h"

namespace portolan::answers {
namespace {

using events::EndKind;
using events::Interval;

std::string_view text_of(EndKind end) {
  switch (end) {
    case EndKind::Open:
      return "no end in the logs";
    case EndKind::Revoked:
      return "revoked";
    case EndKind::Modified:
      return "modified";
    case EndKind::Deleted:
      return "deleted with its holder";
    case EndKind::Unseen:
      return "closed unseen";
  }
  return "";
}

/// `ingress tcp/22 0.0.0.0/0`, `the group web`.
std::string what(const Interval& interval) {
  const events::Subject& subject = interval.subject;
  if (subject.kind == events::SubjectKind::Group) {
    return "the group itself, " + printable(subject.detail);
  }
  std::string out = !subject.is_egress ? "" : *subject.is_egress ? "egress" : "ingress";
  const std::string services = subject.services ? subject.services->text() : "";
  for (const std::string& part : {services, subject.peer, subject.target}) {
    out += part.empty() || out.empty() ? part : " " + part;
  }
  return printable(out.empty() ? subject.detail : out);
}

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(printable(text));
}

boost::json::object json_of(const Interval& each) {
  const events::Subject& subject = each.subject;
  const auto time = [](const std::optional<events::Touch>& touch) {
    return touch ? boost::json::value(touch->time.text()) : boost::json::value(nullptr);
  };
  const auto actor = [](const std::optional<events::Touch>& touch) {
    return text_or_null(touch ? touch->actor : "");
  };
  return {{"resource", printable(subject.resource)},
          {"direction", subject.is_egress
                            ? boost::json::value(*subject.is_egress ? "egress" : "ingress")
                            : boost::json::value(nullptr)},
          {"ports", text_or_null(subject.services ? subject.services->text() : "")},
          {"peer", text_or_null(subject.peer)},
          {"target", text_or_null(subject.target)},
          {"detail", text_or_null(subject.detail)},
          {"opened_at", time(each.opened)},
          {"closed_at", time(each.closed)},
          {"actor", actor(each.opened)},
          {"closer", actor(each.closed)},
          {"end", text_of(each.end)},
          {"is_certain", each.is_certain},
          {"is_implied", each.is_implied}};
}

}  // namespace

std::vector<Interval> life_of(const events::Timeline& timeline, const std::string& id) {
  std::vector<Interval> life;
  std::copy_if(
      timeline.intervals.begin(), timeline.intervals.end(), std::back_inserter(life),
      [&](const Interval& each) { return each.subject.resource == id || each.subject.peer == id; });
  return life;
}

std::string life_json(const events::Timeline& timeline, const std::string& id) {
  std::string out = "{\"resource\":" + boost::json::serialize(boost::json::value(printable(id))) +
                    ",\n\"intervals\":[";
  std::string_view separator = "\n";
  for (const Interval& each : life_of(timeline, id)) {
    out += separator;
    out += boost::json::serialize(json_of(each));
    separator = ",\n";
  }
  out += "],\n\"changes\":[";
  separator = "\n";
  for (const ChangeRow& row : change_rows(timeline)) {
    if (row.resource == id || row.peer == id) {
      out += separator;
      out += boost::json::serialize(change_json(row));
      separator = ",\n";
    }
  }
  return out + "]}\n";
}

std::string life_table(const events::Timeline& timeline, const std::string& id) {
  constexpr std::size_t kTimeWidth = 20;
  const auto time = [](const std::optional<events::Touch>& touch, std::string_view otherwise) {
    return report::padded(touch ? touch->time.text() : std::string(otherwise), kTimeWidth);
  };
  std::string out;
  for (const Interval& each : life_of(timeline, id)) {
    const bool is_other = each.subject.resource != id;
    const bool is_group =
        each.subject.kind == events::SubjectKind::Group && each.end == EndKind::Deleted;
    out += fmt::format(
        "{}  {}  {}{}, {}{}\n", time(each.opened, "before the logs"), time(each.closed, "-"),
        is_other ? printable(each.subject.resource) + " " : "", what(each),
        is_group ? "deleted" : text_of(each.end), each.is_certain ? "" : ", if it ever was open");
    if (each.opened) {
      out += fmt::format("    {}by {}\n", each.is_implied ? "as every new group has, " : "",
                         printable(each.opened->actor));
    }
    if (each.closed && (!each.opened || each.closed->actor != each.opened->actor)) {
      out += fmt::format("    closed by {}\n", printable(each.closed->actor));
    }
  }
  return out;
}

}  // namespace portolan::answers
