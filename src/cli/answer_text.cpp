#include "cli/answer_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/text.h"
#include "report/report.h"

namespace portolan::cli {
namespace {

using report::hanging;
using report::padded;
using report::painted;
using report::Tone;

constexpr std::size_t kVerdictWidth = 9;    // `depends` and two spaces
constexpr std::size_t kLabelWidth = 9;      // `depends` and two spaces
constexpr std::size_t kWordWidth = 9;       // `unknown` and two spaces
constexpr std::size_t kComponentMost = 40;  // an ARN may stick out

Tone tone_of(reach::Verdict verdict) {
  switch (verdict) {
    case reach::Verdict::Yes:
      return Tone::Good;
    case reach::Verdict::No:
      return Tone::Bad;
    case reach::Verdict::Depends:
    case reach::Verdict::Unknown:
      return Tone::Warning;
  }
  return Tone::Plain;
}

std::string verdict_line(std::string_view question, const reach::Answer& answer,
                         const Style& style) {
  const std::string_view verdict = reach::text(answer.verdict);
  return painted(verdict, tone_of(answer.verdict), style.colour) +
         std::string(kVerdictWidth - verdict.size(), ' ') + printable(question);
}

/// `no_route rtb-0a: the route table has no route; rtb-0a has no route to 8.8.8.8`
std::string because_text(const reach::Because& because) {
  const reach::ReasonInfo& info = reach::info(because.reason);
  const std::string component = because.component.empty() ? "" : " " + because.component;
  const std::string detail = because.detail.empty() ? "" : "; " + because.detail;
  return printable(fmt::format("{}{}: {}{}", info.code, component, info.sentence, detail));
}

/// What the hop did, in a word, and how it looks.
std::pair<std::string_view, Tone> deed_of(const reach::Hop& hop) {
  if (hop.passage.blocked()) {
    return {"blocks", Tone::Bad};
  }
  if (hop.reason == reach::Reason::Passed) {
    return {"passes", Tone::Good};
  }
  return {hop.passage.unknown.empty() ? "limits" : "unknown", Tone::Warning};
}

std::string detail_of(const reach::Hop& hop) {
  if (hop.reason == reach::Reason::Passed) {
    return printable(hop.detail);
  }
  return printable(
      fmt::format("{}{}{}", reach::text(hop.reason), hop.detail.empty() ? "" : ": ", hop.detail));
}

/// The lines below a verdict.
class Explanation {
 public:
  explicit Explanation(const Style& style) : style_(style) {}

  /// `name` and its text; nothing if there is nothing to say.
  void add(std::string_view name, std::string_view text) {
    if (!text.empty()) {
      out_ += hanging(label(name), printable(text), static_cast<std::size_t>(style_.width));
    }
  }

  void add_services(std::string_view name, const ServiceSet& services) {
    add(name, services.empty() ? "" : services.text());
  }

  void add_hops(const std::vector<reach::Hop>& hops) {
    const std::size_t components = widest(hops, &reach::Hop::component);
    const std::size_t rules = widest(hops, &reach::Hop::rule);
    std::string_view last;
    for (const reach::Hop& hop : hops) {
      const std::string_view name = hop.direction == reach::Direction::Forward ? "there" : "back";
      const auto [deed, tone] = deed_of(hop);
      std::string line = label(name == last ? "" : name);
      line += painted(deed, tone, style_.colour) + std::string(kWordWidth - deed.size(), ' ');
      line += padded(printable(hop.component), components) + "  ";
      line += padded(printable(hop.rule), rules) + "  ";
      line += detail_of(hop);
      out_ += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
      last = name;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  static std::string label(std::string_view name) { return "  " + padded(name, kLabelWidth); }

  static std::size_t widest(const std::vector<reach::Hop>& hops, std::string reach::Hop::*member) {
    std::size_t width = 0;
    for (const reach::Hop& hop : hops) {
      width = std::max(width, report::columns(printable(hop.*member)));
    }
    return std::min(width, kComponentMost);
  }

  Style style_;
  std::string out_;
};

}  // namespace

std::string answer_line(std::string_view question, const reach::Answer& answer,
                        const Style& style) {
  std::string line = verdict_line(question, answer, style);
  if (answer.verdict != reach::Verdict::Yes && !answer.because.empty()) {
    const reach::Because& because = answer.because.front();
    line +=
        printable(fmt::format("  because {} {}", reach::text(because.reason), because.component));
  }
  return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string explanation_text(const reach::Answer& answer, const Style& style) {
  Explanation explanation(style);
  explanation.add_services("passes", answer.passage.yes);
  explanation.add_services("depends", answer.passage.depends);
  explanation.add_services("unknown", answer.passage.unknown);
  for (const reach::Because& because : answer.because) {
    explanation.add("because", because_text(because));
  }
  if (!answer.from.empty() || !answer.to.empty()) {
    explanation.add("pair", fmt::format("{} -> {}", answer.from, answer.to));
  }
  explanation.add_hops(answer.hops);
  for (const std::string& assumption : answer.assumptions) {
    explanation.add("assumed", assumption);
  }
  return explanation.take();
}

std::string answer_text(std::string_view question, const reach::Answer& answer,
                        const Style& style) {
  return verdict_line(question, answer, style) + "\n" + explanation_text(answer, style);
}

}  // namespace portolan::cli
