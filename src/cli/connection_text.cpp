#include "cli/connection_text.h"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {

namespace {

using report::csv_field;
using report::padded;
using report::painted;
using report::Tone;

constexpr std::size_t kPartyMost = 44;  // a longer name pushes the rest of its line to the right

struct State {
  std::string_view name;
  const ServiceSet reach::Passage::*services;
  Tone tone;
};

constexpr std::array<State, 3> kStates{{
    {"open", &reach::Passage::yes, Tone::Plain},
    {"depends", &reach::Passage::depends, Tone::Warning},
    {"unknown", &reach::Passage::unknown, Tone::Warning},
}};

/// `tcp/22,443`, `udp/53 (unknown)`.
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

std::string sized(const reach::Party& party, const std::set<std::string>& members) {
  const bool is_many = party.kind == reach::EndClass::Kind::Interfaces;
  return printable(is_many ? fmt::format("{} ({})", party.label, members.size()) : party.label);
}

std::string pairs_text(const reach::ConnectionRow& row) {
  const std::uint64_t most = row.sources.size() * row.targets.size();
  return row.pairs == most ? fmt::format("{}", row.pairs)
                           : fmt::format("{} of {}", row.pairs, most);
}

std::string members_text(std::string_view label, const std::set<std::string>& members,
                         std::size_t width) {
  const std::vector<std::string> list(members.begin(), members.end());
  return report::hanging("    " + padded(label, 6), printable(joined(list, " ")), width);
}

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

}  // namespace

std::string connections_table(const ConnectionRows& rows, bool members, const Style& style) {
  if (rows.empty()) {
    return "No connections\n";
  }
  std::size_t from_width = 4;
  std::size_t to_width = 4;
  std::size_t pairs_width = 5;
  for (const auto& row : rows) {
    from_width = std::max(from_width, report::columns(sized(row.from, row.sources)));
    to_width = std::max(to_width, report::columns(sized(row.to, row.targets)));
    pairs_width = std::max(pairs_width, pairs_text(row).size());
  }
  from_width = std::min(from_width, kPartyMost);
  to_width = std::min(to_width, kPartyMost);
  std::string out =
      painted(fmt::format("{}  {}  {}  {}", padded("FROM", from_width), padded("TO", to_width),
                          padded("PAIRS", pairs_width), "SERVICES"),
              Tone::Strong, style.colour) +
      "\n";
  const auto width = static_cast<std::size_t>(style.width);
  for (const auto& row : rows) {
    const std::string head = fmt::format(
        "{}  {}  {}  ", padded(sized(row.from, row.sources), from_width),
        padded(sized(row.to, row.targets), to_width), padded(pairs_text(row), pairs_width));
    const bool is_sure = row.passage.depends.empty() && row.passage.unknown.empty();
    out +=
        head +
        painted(services_text(row.passage), is_sure ? Tone::Plain : Tone::Warning, style.colour) +
        "\n";
    if (members) {
      out += members_text("from", row.sources, width) + members_text("to", row.targets, width);
    }
  }
  std::uint64_t pairs = 0;
  for (const auto& row : rows) {
    pairs += row.pairs;
  }
  return out + fmt::format("\n{}, {}\n", report::counted(rows.size(), "row"),
                           report::counted(pairs, "pair"));
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

boost::json::object connections_json(const ConnectionRows& rows) {
  boost::json::array list;
  for (const auto& row : rows) {
    list.push_back(value_of(row));
  }
  return {{"connections", std::move(list)}};
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

}  // namespace portolan::cli
