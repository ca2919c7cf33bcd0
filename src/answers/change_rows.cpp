#include "answers/change_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "report/report.h"

namespace portolan::answers {
namespace {

using events::Step;
using events::SubjectKind;

struct Ports {
  std::string protocol;
  std::optional<int> from;
  std::optional<int> to;
};

struct Block {
  ServiceSet::Point first;
  std::string_view protocol;
  bool is_icmp;
};
constexpr std::array kBlocks = {
    Block{ServiceSet::kTcp, "tcp", false}, Block{ServiceSet::kUdp, "udp", false},
    Block{ServiceSet::kIcmp, "icmp", true}, Block{ServiceSet::kIcmpV6, "icmpv6", true}};
constexpr int kCodes = 256;

/// `first` and `last` are types times 256 plus codes.
void add_icmp(std::string_view protocol, int first, int last, std::vector<Ports>& found) {
  if (first == 0 && last == kCodes * kCodes - 1) {
    found.push_back({std::string(protocol), std::nullopt, std::nullopt});
    return;
  }
  while (first <= last) {
    const int type = first / kCodes;
    const bool is_whole = first % kCodes == 0 && last >= first + kCodes - 1;
    found.push_back({std::string(protocol), type,
                     is_whole ? std::nullopt : std::optional<int>(first % kCodes)});
    first += is_whole ? kCodes : 1;
  }
}

std::vector<Ports> ports_of(const ServiceSet& services) {
  if (services.is_all()) {
    return {{"all", std::nullopt, std::nullopt}};
  }
  std::vector<Ports> found;
  for (const ServiceSet::Segment& segment : services.segments()) {
    for (const Block& block : kBlocks) {
      const ServiceSet::Point end = block.first + ServiceSet::kBlock - 1;
      const ServiceSet::Point first = std::max(segment.first, block.first);
      const ServiceSet::Point last = std::min(segment.last, end);
      if (first > last) {
        continue;
      }
      const int from = static_cast<int>(first - block.first);
      const int to = static_cast<int>(last - block.first);
      if (block.is_icmp) {
        add_icmp(block.protocol, from, to, found);
      } else {
        found.push_back({std::string(block.protocol), from, to});
      }
    }
    for (ServiceSet::Point at = std::max(segment.first, ServiceSet::kOther); at <= segment.last;
         ++at) {
      found.push_back({std::to_string(at - ServiceSet::kOther), std::nullopt, std::nullopt});
    }
  }
  return found;
}

/// The closing of a rule is about the rule, whatever call did it.
std::string kind_of(const events::Event& event, const Step& step) {
  switch (step.subject.kind) {
    case SubjectKind::Rule:
      return std::string(text(events::EventClass::SgRule));
    case SubjectKind::Group:
      return std::string(text(events::EventClass::SgLife));
    case SubjectKind::AclEntry:
    case SubjectKind::Route:
    case SubjectKind::PrefixListEntry:
    case SubjectKind::PublicAddress:
    case SubjectKind::PublicAccess:
    case SubjectKind::Switch:
    case SubjectKind::Membership:
    case SubjectKind::Other:
      return std::string(text(event.event_class));
  }
  return {};
}

ChangeRow row_of(const events::Event& event, const Step& step) {
  const events::Subject& subject = step.subject;
  const bool is_entry = subject.kind == SubjectKind::AclEntry;
  return {.time = event.time,
          .event_id = event.id,
          .account = event.account.text(),
          .region = event.region.text(),
          .actor = event.actor.arn.empty() ? event.actor.principal : event.actor.arn,
          .source_ip = event.actor.source,
          .kind = kind_of(event, step),
          .resource = subject.resource,
          .is_egress = subject.is_egress,
          .peer = subject.peer,
          .target = subject.kind == SubjectKind::Route ? subject.target : "",
          .action = is_entry ? subject.target : "",
          .affects = step.affects,
          .is_prefix_list = subject.resource.starts_with("pl-"),
          .opens = step.opens,
          .ok = event.took_effect()};
}

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(printable(text));
}

boost::json::value number_or_null(const std::optional<int>& number) {
  return number ? boost::json::value(*number) : boost::json::value(nullptr);
}

std::string direction_of(const ChangeRow& row) {
  return !row.is_egress ? "" : *row.is_egress ? "egress" : "ingress";
}

std::string number_of(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "";
}

/// `tcp/22`, `tcp/80-443`, `icmp/8`, `all`.
std::string services_of(const ChangeRow& row) {
  if (!row.from_port) {
    return row.protocol;
  }
  const bool is_icmp = row.protocol.starts_with("icmp");
  const std::string rest = !row.to_port || (!is_icmp && row.to_port == row.from_port)
                               ? ""
                               : fmt::format("{}{}", is_icmp ? "/" : "-", *row.to_port);
  return fmt::format("{}/{}{}", row.protocol, *row.from_port, rest);
}

}  // namespace

std::vector<ChangeRow> change_rows(const events::Timeline& timeline) {
  std::vector<ChangeRow> rows;
  for (const Step& step : timeline.steps) {
    const ChangeRow row = row_of(timeline.events[step.event], step);
    const std::vector<Ports> ports =
        step.subject.services ? ports_of(*step.subject.services) : std::vector<Ports>{Ports{}};
    for (const Ports& each : ports) {
      rows.push_back(row);
      rows.back().protocol = each.protocol;
      rows.back().from_port = each.from;
      rows.back().to_port = each.to;
    }
  }
  return rows;
}

boost::json::object change_json(const ChangeRow& row) {
  boost::json::object object{{"time", row.time.text()},
                             {"event_id", row.event_id},
                             {"account", text_or_null(row.account)},
                             {"region", text_or_null(row.region)},
                             {"actor", text_or_null(row.actor)},
                             {"source_ip", text_or_null(row.source_ip)},
                             {"kind", row.kind},
                             {"resource", text_or_null(row.resource)},
                             {"direction", text_or_null(direction_of(row))},
                             {"protocol", text_or_null(row.protocol)},
                             {"from_port", number_or_null(row.from_port)},
                             {"to_port", number_or_null(row.to_port)},
                             {"peer", text_or_null(row.peer)}};
  if (!row.target.empty()) {
    object["target"] = printable(row.target);
  }
  if (!row.action.empty()) {
    object["action"] = row.action;
  }
  object["op"] = row.opens ? "open" : "close";
  object["ok"] = row.ok;
  if (row.is_prefix_list) {
    boost::json::array groups;
    for (const std::string& group : row.affects) {
      groups.emplace_back(printable(group));
    }
    object["affects"] = std::move(groups);
  }
  return object;
}

std::string changes_csv(const std::vector<ChangeRow>& rows) {
  std::string out =
      "time,event_id,account,region,actor,source_ip,kind,resource,direction,protocol,from_port,"
      "to_port,peer,target,action,op,ok,affects\r\n";
  using report::csv_field;
  for (const ChangeRow& row : rows) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", row.time.text(),
                       csv_field(row.event_id), csv_field(row.account), csv_field(row.region),
                       csv_field(row.actor), csv_field(row.source_ip), row.kind,
                       csv_field(row.resource), direction_of(row), row.protocol,
                       number_of(row.from_port), number_of(row.to_port), csv_field(row.peer),
                       csv_field(row.target), row.action, row.opens ? "open" : "close", row.ok,
                       csv_field(joined(row.affects, "; ")));
  }
  return out;
}

std::string changes_table(const std::vector<ChangeRow>& rows) {
  std::string out;
  for (const ChangeRow& row : rows) {
    std::string line = fmt::format("{}  {}  {}  {}", row.time.text(),
                                   report::padded(row.opens ? "open" : "close", 5),
                                   report::padded(row.kind, 12), printable(row.resource));
    for (const std::string& part :
         {direction_of(row), services_of(row), row.peer, row.target, row.action}) {
      line += part.empty() ? "" : " " + printable(part);
    }
    line += row.affects.empty()
                ? ""
                : fmt::format(" (in rules of {})", printable(joined(row.affects, ", ")));
    out += fmt::format("{}{}, by {}\n", line, row.ok ? "" : ", failed", printable(row.actor));
  }
  return out;
}

}  // namespace portolan::answers
