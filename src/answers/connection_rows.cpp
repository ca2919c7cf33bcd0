#include "answers/connection_rows.h"

#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "report/report.h"

namespace portolan::answers {
namespace {

using report::csv_field;

/// How sure a row's services are.
struct State {
  std::string_view name;
  const ServiceSet reach::Passage::*services;
};

constexpr std::array<State, 3> kStates{{
    {"open", &reach::Passage::yes},
    {"depends", &reach::Passage::depends},
    {"unknown", &reach::Passage::unknown},
}};

std::string dot_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : printable(text)) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
    }
    quoted += c;
  }
  return quoted + "\"";
}

boost::json::array array_of(const std::set<std::string>& members) {
  boost::json::array array;
  for (const std::string& member : members) {
    array.emplace_back(printable(member));
  }
  return array;
}

boost::json::object value_of(const reach::ConnectionRow& row) {
  boost::json::object object = {{"from", printable(row.from.label)},
                                {"to", printable(row.to.label)},
                                {"services", row.passage.yes.text()}};
  if (!row.passage.depends.empty()) {
    object.emplace("services_depends", row.passage.depends.text());
  }
  if (!row.passage.unknown.empty()) {
    object.emplace("services_unknown", row.passage.unknown.text());
  }
  object.emplace("pairs", row.pairs);
  object.emplace("sources", array_of(row.sources));
  object.emplace("targets", array_of(row.targets));
  return object;
}

boost::json::object value_of(const reach::Step& step) {
  return {{"from", printable(step.from.label)}, {"to", printable(step.to.label)},
          {"source", printable(step.source)},   {"target", printable(step.target)},
          {"services", step.services.text()},   {"rule", printable(step.rule)}};
}

}  // namespace

std::string services_text(const reach::Passage& passage) {
  std::string text;
  for (const State& state : kStates) {
    const ServiceSet& services = passage.*state.services;
    if (services.empty()) {
      continue;
    }
    text += (text.empty() ? "" : ", ") + services.text();
    text += state.name == "open" ? "" : fmt::format(" ({})", state.name);
  }
  return text;
}

std::string connections_csv(const ConnectionRows& rows) {
  std::string out = "from,to,services,state,sources,targets,pairs\r\n";
  for (const auto& row : rows) {
    for (const State& state : kStates) {
      const ServiceSet& services = row.passage.*state.services;
      if (!services.empty()) {
        out += fmt::format("{},{},{},{},{},{},{}\r\n", csv_field(row.from.label),
                           csv_field(row.to.label), csv_field(services.text()), state.name,
                           row.sources.size(), row.targets.size(), row.pairs);
      }
    }
  }
  return out;
}

boost::json::array connection_array(const ConnectionRows& rows) {
  boost::json::array list;
  for (const auto& row : rows) {
    list.push_back(value_of(row));
  }
  return list;
}

boost::json::object connections_json(const ConnectionRows& rows) {
  return {{"connections", connection_array(rows)}};
}

boost::json::object views_json(const ConnectionViews& views) {
  return {{"ingress", connection_array(views.ingress)}, {"egress", connection_array(views.egress)}};
}

std::string connections_dot(const ConnectionRows& rows) {
  std::string out = "digraph connections {\n  rankdir=LR;\n  node [shape=box];\n";
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> edges;
  for (const auto& row : rows) {
    edges[{row.from.label, row.to.label}].push_back(services_text(row.passage));
  }
  for (const auto& [ends, services] : edges) {
    out += fmt::format("  {} -> {} [label={}];\n", dot_text(ends.first), dot_text(ends.second),
                       dot_text(joined(services, "; ")));
  }
  return out + "}\n";
}

boost::json::object reached_json(const std::vector<reach::Reached>& reached) {
  boost::json::array rows;
  for (const auto& row : reached) {
    boost::json::array members;
    for (const std::string& member : row.members) {
      members.emplace_back(printable(member));
    }
    rows.push_back(boost::json::object{{"hops", row.hops},
                                       {"to", printable(row.party.label)},
                                       {"members", std::move(members)},
                                       {"by", value_of(row.last)}});
  }
  return {{"reached", std::move(rows)}};
}

boost::json::object paths_json(const std::vector<reach::AttackPath>& paths) {
  boost::json::array list;
  for (const auto& path : paths) {
    boost::json::array steps;
    for (const reach::Step& step : path) {
      steps.push_back(value_of(step));
    }
    list.push_back(std::move(steps));
  }
  return {{"paths", std::move(list)}};
}

}  // namespace portolan::answers
