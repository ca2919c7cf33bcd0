#include "cli/problems.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "report/report.h"

namespace portolan::cli {
namespace {

/// Errors first, then warnings; notes are for `--format json`.
std::vector<Diagnostic> problems_of(const Diagnostics& diagnostics) {
  std::vector<Diagnostic> result = diagnostics.sorted();
  std::erase_if(result, [](const Diagnostic& each) { return each.severity == Severity::Note; });
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return a.severity > b.severity;
  });
  return result;
}

}  // namespace

void list_problems(const Diagnostics& diagnostics, std::size_t most, std::string_view advice,
                   Terminal& terminal) {
  const std::vector<Diagnostic> problems = problems_of(diagnostics);
  const std::size_t shown = std::min(problems.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string_view prefix = problems[i].severity == Severity::Warning ? "warning: " : "";
    terminal.complain(fmt::format("{}{}", prefix, text(problems[i])));
  }
  if (shown < problems.size()) {
    terminal.complain(fmt::format("{} of the input not shown; {}",
                                  report::counted(problems.size() - shown, "more problem"),
                                  advice));
  }
}

}  // namespace portolan::cli
