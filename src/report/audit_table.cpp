#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>

#include "core/text.h"
#include "report/audit_checks.h"
#include "report/audit_counts.h"
#include "report/gap_lines.h"
#include "report/report.h"

namespace portolan::report {
namespace {

constexpr std::size_t kLabelWidth = 10;    // `critical` and two spaces
constexpr std::size_t kDetailWidth = 8;    // `affects` and a space
constexpr std::size_t kShownAffected = 6;  // unless verbose
constexpr std::size_t kShownRules = 6;
constexpr std::size_t kShownGaps = 20;

Tone tone_of(Risk risk) {
  switch (risk) {
    case Risk::Critical:
      return Tone::Worst;
    case Risk::High:
      return Tone::Bad;
    case Risk::Medium:
      return Tone::Warning;
    case Risk::Low:
    case Risk::Info:
      return Tone::Plain;
  }
  return Tone::Plain;
}

/// `2 findings (1 critical, 1 high), 4 unknown, 57 passed; 142 resources of dump/`
std::string summary(const AuditReport& report) {
  const AuditCounts counts = AuditCounts::of(report.findings);
  std::vector<std::string> by_risk;
  for (const Risk risk : kRisksWorstFirst) {
    if (counts.of(risk) > 0) {
      by_risk.push_back(fmt::format("{} {}", counts.of(risk), text(risk)));
    }
  }
  const std::string risks = by_risk.empty() ? "" : fmt::format(" ({})", joined(by_risk, ", "));
  return fmt::format("{}{}, {} unknown, {} passed{}; {} of {}\n", counted(counts.fail, "finding"),
                     risks, counts.unknown, counts.pass, left_out(report),
                     counted(report.resources, "resource"), printable(report.source));
}

/// `sg-ingress-world-ssh  sg-0a1b "web"  123456789012 eu-west-1  (latent)`
std::string title(const Finding& finding) {
  std::string result = finding.check.text() + "  " + finding.resource;
  if (!finding.name.empty() && finding.name != finding.resource) {
    result += fmt::format(" \"{}\"", finding.name);
  }
  const std::string place =
      std::string(trimmed(finding.account.text() + " " + finding.region.text()));
  result += place.empty() ? "" : "  " + place;
  result += finding.is_latent ? "  (latent)" : "";
  return printable(result);
}

constexpr std::size_t kStatusWidth = 16;  // `nothing to judge`

/// One table in the making.
class Writer {
 public:
  explicit Writer(const TableStyle& style) : style_(style) {}

  void add(std::string_view text) { out_ += text; }

  void add_controls(const AuditReport& report) {
    if (report.framework.empty()) {
      return;
    }
    std::size_t id_width = 0;
    for (const AuditControl& control : report.controls) {
      id_width = std::max(id_width, control.id.size());
    }
    out_ += painted(report.framework, Tone::Strong, style_.colour) + "\n";
    for (const AuditControl& control : report.controls) {
      const std::string count =
          control.failed > 0 ? fmt::format(" ({})", counted(control.failed, "finding")) : "";
      out_ += fmt::format(
          "  {}  {}  {}{}\n", padded(control.id, id_width),
          painted(padded(control.status, kStatusWidth), tone_of_control(control), style_.colour),
          control.title, count);
    }
    out_ += '\n';
  }

  void add_finding(const Finding& finding, const Standing& standing) {
    add_title(finding);
    add_text(finding.message);
    add_rules(finding.rules);
    add_detail("affects", affected(finding.affected));
    add_detail("rank", standing.text);
    for (const std::string& gap : finding.gaps) {
      add_detail("missing", gap);
    }
    if (style_.verbose) {
      for (const std::string& hop : finding.witness) {
        add_detail("path", hop);
      }
    }
    add_fix(finding.fix);
    out_ += '\n';
  }

  /// What is no more than worth knowing: how much of it each check found.
  void add_info(const std::vector<Finding>& findings) {
    std::map<std::string_view, AuditCounts> by_check;
    std::size_t width = 0;
    for (const Finding& finding : findings) {
      if (is_info(finding)) {
        by_check[finding.check].add(finding);
        width = std::max(width, finding.check.size());
      }
    }
    if (by_check.empty()) {
      return;
    }
    out_ +=
        painted("For the record (--verbose, or --check with the name, lists them):", Tone::Strong,
                style_.colour) +
        "\n";
    for (const auto& [check, counts] : by_check) {
      std::vector<std::string> parts;
      if (counts.fail > 0) {
        parts.push_back(std::to_string(counts.fail));
      }
      if (counts.unknown > 0) {
        parts.push_back(fmt::format("{} unknown", counts.unknown));
      }
      out_ += fmt::format("  {}  {}\n", padded(printable(check), width), joined(parts, ", "));
    }
    out_ += '\n';
  }

  [[nodiscard]] bool lists(const Finding& finding) const {
    return style_.verbose ||
           (finding.outcome != Outcome::Pass && (style_.lists_info || !is_info(finding)));
  }

  void add_gaps(const std::vector<Gap>& gaps) {
    if (gaps.empty()) {
      return;
    }
    out_ += painted("Not known, because it was not collected:", Tone::Strong, style_.colour) + "\n";
    const std::vector<std::string> lines = gap_lines(gaps, style_.verbose);
    const std::size_t shown = shown_of(lines.size(), kShownGaps);
    for (const std::string& line : std::span(lines).first(shown)) {
      out_ += hanging("  ", printable(line), width());
    }
    if (shown < lines.size()) {
      out_ += fmt::format("  and {} more (--verbose lists all)\n", lines.size() - shown);
    }
    out_ += '\n';
  }

  std::string take() { return std::move(out_); }

 private:
  static bool is_info(const Finding& finding) {
    return finding.outcome != Outcome::Pass && finding.risk == Risk::Info;
  }

  [[nodiscard]] std::size_t width() const {
    return static_cast<std::size_t>(std::max(style_.width, 40));
  }

  [[nodiscard]] std::size_t shown_of(std::size_t size, std::size_t most) const {
    return style_.verbose ? size : std::min(size, most);
  }

  void add_title(const Finding& finding) {
    std::string_view label = text(finding.outcome);
    Tone tone = finding.outcome == Outcome::Pass ? Tone::Good : Tone::Warning;
    if (finding.outcome == Outcome::Fail) {
      label = text(finding.risk);
      tone = tone_of(finding.risk);
    }
    out_ += painted(label, tone, style_.colour);
    out_ += std::string(kLabelWidth - label.size(), ' ');
    out_ += painted(title(finding), Tone::Strong, style_.colour) + "\n";
  }

  void add_text(std::string_view text) {
    if (!text.empty()) {
      out_ += hanging(std::string(kLabelWidth, ' '), printable(text), width());
    }
  }

  /// A line with a name before it; nothing if there is nothing to say.
  void add_detail(std::string_view name, std::string_view text) {
    if (!text.empty()) {
      out_ += hanging(std::string(kLabelWidth, ' ') + padded(name, kDetailWidth), printable(text),
                      width());
    }
  }

  /// Unbroken, for it may hold a command that is there to be copied.
  void add_fix(std::string_view fix) {
    if (!fix.empty()) {
      out_ += std::string(kLabelWidth, ' ') + padded("fix", kDetailWidth) + printable(fix) + "\n";
    }
  }

  void add_rules(const std::vector<FindingRule>& rules) {
    const std::size_t shown = shown_of(rules.size(), kShownRules);
    for (const FindingRule& rule : std::span(rules).first(shown)) {
      add_detail("rule", rule_line(rule));
    }
    if (shown < rules.size()) {
      add_detail("", fmt::format("and {} more (--verbose lists all)", rules.size() - shown));
    }
  }

  [[nodiscard]] std::string affected(const std::vector<std::string>& ids) const {
    const std::size_t shown = shown_of(ids.size(), kShownAffected);
    const std::string text = joined(std::span(ids).first(shown), ", ");
    return shown < ids.size() ? fmt::format("{} and {} more", text, ids.size() - shown) : text;
  }

  static Tone tone_of_control(const AuditControl& control) {
    return control.status == "fail"      ? Tone::Bad
           : control.status == "unknown" ? Tone::Warning
                                         : Tone::Plain;
  }

  TableStyle style_;
  std::string out_;
};

}  // namespace

std::string audit_table(const AuditReport& report, const TableStyle& style) {
  Writer writer(style);
  writer.add(summary(report));
  if (!report.drift.empty()) {
    writer.add(fmt::format("Since the baseline: {}\n", report.drift));
  }
  writer.add("\n");
  writer.add_controls(report);
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    if (writer.lists(report.findings[i])) {
      writer.add_finding(report.findings[i], standing_of(report, i));
    }
  }
  if (!style.verbose && !style.lists_info) {
    writer.add_info(report.findings);
  }
  writer.add_gaps(report.gaps);
  return writer.take();
}

}  // namespace portolan::report
