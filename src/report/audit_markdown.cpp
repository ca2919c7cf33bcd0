#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "core/text.h"
#include "report/audit_checks.h"
#include "report/audit_counts.h"
#include "report/escape.h"
#include "report/report.h"

// SOURCE: GitHub Flavored Markdown Spec; for a comment on a pull request or a job's summary, which
// hold a megabyte at most, so lists have ends, and what passed is a number beside its check.
namespace portolan::report {
namespace {

constexpr std::size_t kShownFindings = 200;
constexpr std::size_t kShownAffected = 10;
constexpr std::size_t kShownRules = 10;
constexpr std::size_t kShownGaps = 20;

/// `**2 critical**, **1 high**; 3 unknown; 57 passed; 142 resources`
std::string summary_of(const AuditReport& report) {
  const AuditCounts counts = AuditCounts::of(report.findings);
  std::vector<std::string> risks;
  for (const Risk risk : kRisksWorstFirst) {
    if (counts.of(risk) > 0) {
      risks.push_back(fmt::format("**{} {}**", counts.of(risk), text(risk)));
    }
  }
  return fmt::format("{}; {} unknown; {} passed{}; {} of {}\n\n",
                     risks.empty() ? "**no findings**" : joined(risks, ", "), counts.unknown,
                     counts.pass, left_out(report), counted(report.resources, "resource"),
                     markdown_code(report.source));
}

std::string more(std::size_t all, std::size_t shown) {
  return all > shown ? fmt::format(" and {} more", all - shown) : "";
}

std::string rules_of(const Finding& finding) {
  std::string out;
  const std::size_t shown = std::min(finding.rules.size(), kShownRules);
  for (const FindingRule& rule : std::span(finding.rules).first(shown)) {
    out += fmt::format("- rule {}\n", markdown_code(rule_line(rule)));
  }
  if (shown < finding.rules.size()) {
    out += fmt::format("- {} more rules\n", finding.rules.size() - shown);
  }
  return out;
}

std::string affected_of(const Finding& finding) {
  if (finding.affected.empty()) {
    return "";
  }
  std::vector<std::string> names;
  for (const std::string& id : finding.affected) {
    if (names.size() < kShownAffected) {
      names.push_back(markdown_code(id));
    }
  }
  return fmt::format("- affects {}{}\n", joined(names, ", "),
                     more(finding.affected.size(), names.size()));
}

/// Folded, for it is long and of use only to who doubts.
std::string witness_of(const Finding& finding) {
  if (finding.witness.empty()) {
    return "";
  }
  std::string out = "\n<details><summary>the path that proves it</summary>\n\n";
  for (const std::string& hop : finding.witness) {
    out += fmt::format("1. {}\n", markdown_code(hop));
  }
  return out + "\n</details>\n";
}

std::string section_of(const AuditReport& report, const Finding& finding) {
  const bool failed = finding.outcome == Outcome::Fail;
  std::string out = fmt::format("### {}: {}\n\n", failed ? text(finding.risk) : "unknown",
                                markdown_text(title_of(report, finding.check)));
  out += markdown_code(finding.resource);
  if (!finding.name.empty() && finding.name != finding.resource) {
    out += fmt::format(" ({})", markdown_code(finding.name));
  }
  out += fmt::format(" {} {}{}\n\n", finding.account.text(), finding.region.text(),
                     finding.is_latent ? ", latent" : "");
  out += fmt::format("{}\n\n", markdown_text(finding.message));
  out += fmt::format("- check {}, id {}\n", markdown_code(finding.check),
                     markdown_code(fingerprint(finding)));
  out += rules_of(finding) + affected_of(finding);
  for (const std::string& gap : finding.gaps) {
    out += fmt::format("- missing: {}\n", markdown_text(gap));
  }
  if (const std::string fix = fix_of(report, finding); !fix.empty()) {
    out += fmt::format("- fix: {}\n", markdown_code(fix));
  }
  return out + witness_of(finding) + "\n";
}

void write_findings(const AuditReport& report, const Sink& sink) {
  const auto is_shown = [](const Finding& each) { return each.outcome != Outcome::Pass; };
  const auto all = static_cast<std::size_t>(
      std::count_if(report.findings.begin(), report.findings.end(), is_shown));
  std::size_t shown = 0;
  for (const Finding& finding : report.findings) {
    if (is_shown(finding) && shown < kShownFindings) {
      sink(section_of(report, finding));
      ++shown;
    }
  }
  if (shown < all) {
    sink(fmt::format("{} more findings are not shown.\n\n", all - shown));
  }
}

void write_gaps(const AuditReport& report, const Sink& sink) {
  if (report.gaps.empty()) {
    return;
  }
  sink("## Not known, because it was not collected\n\n");
  const std::size_t shown = std::min(report.gaps.size(), kShownGaps);
  for (const Gap& gap : std::span(report.gaps).first(shown)) {
    const std::string resource = gap.resource.empty() ? "" : markdown_code(gap.resource) + ": ";
    sink(fmt::format("- {}{}\n", resource, markdown_text(gap.message)));
  }
  if (shown < report.gaps.size()) {
    sink(fmt::format("- {} more\n", report.gaps.size() - shown));
  }
  sink("\n");
}

void write_checks(const AuditReport& report, const Sink& sink) {
  sink("## Checks\n\n| check | fail | unknown | passed |\n| --- | ---: | ---: | ---: |\n");
  for (const CheckFindings& check : by_check(report)) {
    AuditCounts counts;
    for (const std::size_t index : check.findings) {
      counts.add(report.findings[index]);
    }
    sink(fmt::format("| {} | {} | {} | {} |\n", markdown_text(check.check), counts.fail,
                     counts.unknown, counts.pass));
  }
}

void write_controls(const AuditReport& report, const Sink& sink) {
  if (report.framework.empty()) {
    return;
  }
  sink(fmt::format("## {}\n\n| control | status | findings | |\n|---|---|---|---|\n",
                   report.framework));
  for (const AuditControl& control : report.controls) {
    sink(fmt::format("| {} | {} | {} | {} |\n", control.id, control.status, control.failed,
                     control.title));
  }
  sink("\n");
}

}  // namespace

void audit_markdown(const AuditReport& report, const Sink& sink) {
  sink("# Portolan audit\n\n" + summary_of(report));
  write_controls(report, sink);
  write_findings(report, sink);
  write_gaps(report, sink);
  write_checks(report, sink);
}

}  // namespace portolan::report
