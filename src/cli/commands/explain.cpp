#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "answers/check_json.h"
#include "cli/check_selection.h"
#include "cli/commands/commands.h"
#include "cli/terminal.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

std::string explanation(const answers::CheckFacts& check, const Style& style) {
  const auto width = static_cast<std::size_t>(style.width);
  std::string out = report::painted(check.id, report::Tone::Strong, style.colour) + "\n";
  const auto add = [&](std::string_view name, std::string_view text) {
    out += report::hanging(report::padded(name, 11), text, width);
  };
  add("what", check.title);
  add("risk", fmt::format("up to {}", text(check.risk)));
  add("found by", fmt::format("portolan {}", check.found_by));
  add("judges", check.resources);
  add("why", check.why);
  add("fix", check.fix);
  std::string_view name = "references";
  for (const std::string_view reference : check.references) {
    add(name, reference);
    name = "";
  }
  return out;
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  const std::string id = invocation.word(0);
  const std::vector<answers::CheckFacts> all = answers::all_check_facts();
  const auto check = std::find_if(all.begin(), all.end(),
                                  [&](const answers::CheckFacts& each) { return each.id == id; });
  if (check == all.end()) {
    return fail("unknown_check", unknown_check(id));
  }
  const bool is_json = invocation.has("json") || invocation.value("format") == "json";
  terminal.out.write(is_json ? boost::json::serialize(answers::check_json(*check)) + "\n"
                             : explanation(*check, terminal.style()));
  return ExitCode::Clean;
}

constexpr std::array<std::string_view, 1> kUsage = {"CHECK"};

constexpr std::array kArguments = {
    Argument{.name = "CHECK",
             .summary = "id of a check, as `portolan checks` lists it",
             .completes = Completes::CheckId},
};

constexpr std::array kOptions = {
    kFormatOption,
    kJsonOption,
};

constexpr std::array kExamples = {
    Example{"what a finding means and how to mend it", "portolan explain sg-ingress-world-admin"},
};

}  // namespace

const Command kExplain = {
    .name = "explain",
    .group = "Judge",
    .summary = "explain a check: what it finds, why it matters, how to mend it",
    .description = "Shows all that is known about one check, with the pages that say more.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .run = run,
};

}  // namespace portolan::cli
