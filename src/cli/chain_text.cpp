#include <algorithm>

#include <fmt/format.h>

#include "cli/connection_text.h"
#include "core/text.h"
#include "report/report.h"

/// Connections one after the other: what is reached, and by which chains.
namespace portolan::cli {

namespace {

using report::padded;
using report::painted;
using report::Tone;

constexpr std::size_t kPartyMost = 44;  // a longer name pushes the rest of its line to the right

std::string members_text(const std::set<std::string>& members, std::size_t width) {
  const std::vector<std::string> list(members.begin(), members.end());
  return report::hanging("      ", printable(joined(list, " ")), width);
}

}  // namespace

std::string reached_table(const std::vector<reach::Reached>& reached, bool members,
                          const Style& style) {
  if (reached.empty()) {
    return "Nothing can be reached\n";
  }
  std::size_t width = 7;
  for (const auto& row : reached) {
    width = std::max(width, report::columns(printable(row.party.label)) + 5);
  }
  width = std::min(width, kPartyMost);
  std::string out =
      painted(fmt::format("HOPS  {}  BY", padded("REACHED", width)), Tone::Strong, style.colour) +
      "\n";
  std::size_t count = 0;
  for (const auto& row : reached) {
    const std::string name = fmt::format("{} ({})", printable(row.party.label), row.members.size());
    out += fmt::format("{:<4}  {}  {} from {}\n", row.hops, padded(name, width),
                       row.last.services.text(), printable(row.last.from.label));
    if (members) {
      out += members_text(row.members, static_cast<std::size_t>(style.width));
    }
    count += row.members.size();
  }
  return out + fmt::format("\n{} reached\n", report::counted(count, "end"));
}

std::string paths_text(const std::vector<reach::AttackPath>& paths, const Style& style) {
  if (paths.empty()) {
    return "No chain of connections leads there\n";
  }
  std::string out;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    out += painted(fmt::format("Path {}, {}", i + 1, report::counted(paths[i].size(), "hop")),
                   Tone::Strong, style.colour) +
           "\n";
    out += fmt::format("  {}\n", printable(paths[i].front().from.label));
    for (const reach::Step& step : paths[i]) {
      out += fmt::format("  -> {} ({})  {}\n", printable(step.to.label), printable(step.target),
                         step.services.text());
      out += step.rule.empty() ? "" : fmt::format("     by {}\n", printable(step.rule));
    }
  }
  return out;
}

}  // namespace portolan::cli
