#include "tests/scenarios/describe.h"

#include <fmt/format.h>

#include "reach/reason.h"

namespace portolan::scenario {

namespace {

/// The text with each id that has a name followed by that name.
std::string with_names(const Scenario& scenario, std::string text) {
  for (const auto& [name, id] : scenario.ids) {
    for (std::size_t at = text.find(id); at != std::string::npos && id != name;
         at = text.find(id, at + id.size() + name.size() + 2)) {
      text.insert(at + id.size(), "[" + name + "]");
    }
  }
  return text;
}

}  // namespace

std::string describe(const Scenario& scenario, std::string_view question,
                     const reach::Answer& answer) {
  std::string text = fmt::format("{}\n  got {} (yes: {}; depends: {}; unknown: {})", question,
                                 reach::text(answer.verdict), answer.passage.yes.text(),
                                 answer.passage.depends.text(), answer.passage.unknown.text());
  for (const reach::Because& because : answer.because) {
    text += fmt::format("\n  because {} at {}: {}", reach::text(because.reason), because.component,
                        because.detail);
  }
  for (const std::string& assumption : answer.assumptions) {
    text += fmt::format("\n  assuming {}", assumption);
  }
  text += fmt::format("\n  hops of {} -> {}:", answer.from, answer.to);
  for (const reach::Hop& hop : answer.hops) {
    text +=
        fmt::format("\n    {} {} | {} | {} | {} | {}", reach::text(hop.direction), hop.component,
                    hop.rule, reach::text(hop.reason), hop.passage.possible().text(), hop.detail);
  }
  return with_names(scenario, std::move(text));
}

std::string_view describe(reach::IntentAnswer::State state) {
  switch (state) {
    case reach::IntentAnswer::State::Holds:
      return "holds";
    case reach::IntentAnswer::State::Broken:
      return "broken";
    case reach::IntentAnswer::State::Unknown:
      return "unknown";
  }
  return "";
}

std::string describe(std::span<const Finding> findings) {
  std::string lines;
  for (const Finding& finding : findings) {
    lines += fmt::format("  {} {} {}{}: {}", text(finding.outcome), finding.resource,
                         text(finding.risk), finding.is_latent ? " latent" : "", finding.message);
    for (const FindingRule& rule : finding.rules) {
      lines +=
          fmt::format("\n    rule {} {} {} {}", rule.id, rule.holder, rule.peer, rule.services);
    }
    lines += '\n';
  }
  return lines.empty() ? "  nothing\n" : lines;
}

std::string describe(const Diagnostics& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    lines += "  " + text(diagnostic) + '\n';
  }
  return lines.empty() ? "  none\n" : lines;
}

}  // namespace portolan::scenario
