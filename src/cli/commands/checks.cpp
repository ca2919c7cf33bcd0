#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "answers/check_json.h"
#include "cli/commands/commands.h"
#include "cli/terminal.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

std::string list_json() {
  std::string out = "[";
  std::string_view separator = "\n";
  for (const answers::CheckFacts& check : answers::all_check_facts()) {
    out += separator;
    out += boost::json::serialize(answers::check_json(check));
    separator = ",\n";
  }
  return out + "\n]\n";
}

std::string list_table(const Style& style) {
  constexpr std::size_t kRiskWidth = 8;  // `critical`
  std::size_t id_width = 0;
  for (const answers::CheckFacts& check : answers::all_check_facts()) {
    id_width = std::max(id_width, check.id.size());
  }
  std::string out;
  for (const answers::CheckFacts& check : answers::all_check_facts()) {
    const std::string head = fmt::format("{}  {}  ", report::padded(text(check.risk), kRiskWidth),
                                         report::padded(check.id, id_width));
    out += report::hanging(head, check.title, static_cast<std::size_t>(style.width));
  }
  return out;
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  const bool is_json = invocation.has("json") || invocation.value("format") == "json";
  terminal.out.write(is_json ? list_json() : list_table(terminal.style()));
  return ExitCode::Clean;
}

constexpr std::array<std::string_view, 1> kUsage = {""};

constexpr std::array kOptions = {
    kFormatOption,
    kJsonOption,
};

constexpr std::array kExamples = {
    Example{"all checks, one a line", "portolan checks"},
    Example{"their ids alone", "portolan checks --format json | jq -r '.[].id'"},
};

}  // namespace

const Command kChecks = {
    .name = "checks",
    .group = "Judge",
    .summary = "list the checks that `audit` and `trail` run",
    .description = "One line for each check: the worst risk that it reports, its id, its title.",
    .usage = kUsage,
    .arguments = {},
    .options = kOptions,
    .examples = kExamples,
    .run = run,
};

}  // namespace portolan::cli
