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

}  // namespace

std::string connections_table(const answers::ConnectionRows& rows, bool members,
                              const Style& style) {
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
    out += head +
           painted(answers::services_text(row.passage), is_sure ? Tone::Plain : Tone::Warning,
                   style.colour) +
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

}  // namespace portolan::cli
