#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "core/text.h"
#include "report/audit_checks.h"
#include "report/audit_counts.h"
#include "report/audit_html_style.h"
#include "report/escape.h"
#include "report/exposure.h"
#include "report/report.h"

// SOURCE: HTML Living Standard; Content Security Policy Level 3. One page for people: no script, no
// request, dark where the reader's system is. Its policy forbids all but its own style, so that
// even a name that slipped through the escaping could run and load nothing. It is well-formed XML
// too, so that a test can find a name that slipped through.
//
// Lists have ends, for a browser must open the report of any estate; csv and json have everything.
namespace portolan::report {
namespace {

constexpr std::size_t kShownRows = 20;  // of the chart
constexpr std::size_t kShownFindings = 1000;
constexpr std::size_t kShownRules = 12;
constexpr std::size_t kShownAffected = 12;
constexpr std::size_t kShownGaps = 50;

std::string code(std::string_view text) { return fmt::format("<code>{}</code>", xml_text(text)); }

std::string more(std::size_t all, std::size_t shown) {
  return all > shown ? fmt::format(" <span class=\"faint\">and {} more</span>", all - shown) : "";
}

/// The first `most` of `texts` as code, with `separator` between them, and how many are left.
std::string codes(std::span<const std::string> texts, std::size_t most,
                  std::string_view separator) {
  std::vector<std::string> shown;
  for (const std::string& text : texts.first(std::min(texts.size(), most))) {
    shown.push_back(code(text));
  }
  return joined(shown, separator) + more(texts.size(), shown.size());
}

void write_head(const AuditReport& report, const Sink& sink) {
  sink(fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
      "<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
      "<title>Portolan audit of {}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
      xml_text(report.source), kAuditHtmlStyle));
  sink(fmt::format("<h1>Audit of {}</h1>\n<p class=\"faint\">{}, {}; {}; Portolan {}</p>\n",
                   xml_text(report.source), counted(report.resources, "resource"),
                   counted(report.checks.size(), "check"), report.now.text(),
                   xml_text(report.version)));
}

std::string count_of(std::size_t count, std::string_view kind, std::string_view words) {
  return fmt::format("<li class=\"{}{}\"><b>{}</b>{}</li>\n", kind, count == 0 ? " none" : "",
                     count, words);
}

void write_counts(const AuditReport& report, const Sink& sink) {
  const AuditCounts counts = AuditCounts::of(report.findings);
  sink("<ul class=\"counts\">\n");
  for (const Risk risk : kRisksWorstFirst) {
    sink(count_of(counts.of(risk), text(risk), text(risk)));
  }
  sink(count_of(counts.unknown, "unknown", "unknown"));
  sink(count_of(counts.pass, "pass", "passed"));
  if (!report.muted.empty()) {
    sink(count_of(report.muted.size(), "pass", "muted"));
  }
  if (report.known > 0) {
    sink(count_of(report.known, "pass", "known"));
  }
  sink("</ul>\n");
}

void write_exposure(const AuditReport& report, const Sink& sink) {
  const std::vector<Exposed> exposed = exposed_of(report);
  sink("<h2>What the internet reaches</h2>\n");
  if (exposed.empty()) {
    sink("<p>No finding proves a way in from the internet.</p>\n");
    return;
  }
  sink("<div class=\"picture\">" + exposure_chart(exposed, kShownRows) + "</div>\n");
  if (exposed.size() > kShownRows) {
    sink(fmt::format("<p>{} more, of no higher risk.</p>\n", exposed.size() - kShownRows));
  }
  sink(
      "<p class=\"faint\">Each line is a path that a finding proves, in the colour of its risk; "
      "what is only possible on paper (latent) is left out.</p>\n");
}

std::string detail(std::string_view label, std::string_view html) {
  return html.empty() ? std::string() : fmt::format("<dt>{}</dt><dd>{}</dd>\n", label, html);
}

std::string witness_of(const Finding& finding) {
  if (finding.witness.empty()) {
    return "";
  }
  std::string hops;
  for (const std::string& hop : finding.witness) {
    hops += fmt::format("<li>{}</li>", code(hop));
  }
  return fmt::format("<details><summary>{}</summary><ol>{}</ol></details>",
                     code(finding.witness.front()), hops);
}

std::string details_of(const AuditReport& report, const Finding& finding) {
  const std::string fix = fix_of(report, finding);
  return "<dl>\n" + detail("fix", fix.empty() ? "" : code(fix)) +
         detail("rule", codes(rule_lines(finding.rules), kShownRules, "<br/>")) +
         detail("affects", codes(finding.affected, kShownAffected, ", ")) +
         detail("missing", codes(finding.gaps, kShownGaps, "<br/>")) +
         detail("path", witness_of(finding)) + detail("check", code(finding.check)) +
         detail("id", code(fingerprint(finding))) + "</dl>\n";
}

/// `sg-0a1b "web" 123456789012 eu-west-1, latent: nothing reaches it now`
std::string place_of(const Finding& finding) {
  std::string place = code(finding.resource);
  if (!finding.name.empty() && finding.name != finding.resource) {
    place += fmt::format(" <bdi>{}</bdi>", xml_text(finding.name));
  }
  place += fmt::format(" {} {}", finding.account.text(), finding.region.text());
  return finding.is_latent ? place + ", latent: not exposed now" : place;
}

std::string article_of(const AuditReport& report, std::size_t index) {
  const Finding& finding = report.findings[index];
  const std::string_view kind =
      finding.outcome == Outcome::Fail ? text(finding.risk) : text(finding.outcome);
  return fmt::format(
      "<article id=\"f{}\" class=\"{}\">\n<h3><span class=\"label\">{}</span>{}</h3>\n"
      "<p class=\"where\">{}</p>\n<p>{}</p>\n{}</article>\n",
      index, kind, kind, xml_text(title_of(report, finding.check)), place_of(finding),
      xml_text(finding.message), details_of(report, finding));
}

void write_findings(const AuditReport& report, Outcome outcome, std::string_view title,
                    const Sink& sink) {
  std::size_t all = 0;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    if (report.findings[i].outcome != outcome) {
      continue;
    }
    if (all == 0) {
      sink(fmt::format("<h2>{}</h2>\n", title));
    }
    if (all < kShownFindings) {
      sink(article_of(report, i));
    }
    ++all;
  }
  if (all > kShownFindings) {
    sink(fmt::format("<p>{} more, no worse than these; <code>--format csv</code> has all.</p>\n",
                     all - kShownFindings));
  }
}

void write_gaps(const AuditReport& report, const Sink& sink) {
  if (report.gaps.empty()) {
    return;
  }
  sink("<h2>Not known, because it was not collected</h2>\n<ul>\n");
  const std::size_t shown = std::min(report.gaps.size(), kShownGaps);
  for (const Gap& gap : std::span(report.gaps).first(shown)) {
    const std::string resource = gap.resource.empty() ? "" : code(gap.resource) + ": ";
    sink(fmt::format("<li>{}{}</li>\n", resource, xml_text(gap.message)));
  }
  sink("</ul>\n");
  if (shown < report.gaps.size()) {
    sink(fmt::format("<p>{} more.</p>\n", report.gaps.size() - shown));
  }
}

void write_checks(const AuditReport& report, const Sink& sink) {
  sink(
      "<h2>Checks</h2>\n<table>\n<thead><tr><th>check</th><th>looks for</th>"
      "<th class=\"number\">fail</th><th class=\"number\">unknown</th>"
      "<th class=\"number\">passed</th></tr></thead>\n<tbody>\n");
  for (const CheckFindings& check : by_check(report)) {
    AuditCounts counts;
    for (const std::size_t index : check.findings) {
      counts.add(report.findings[index]);
    }
    sink(
        fmt::format("<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td>"
                    "<td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
                    code(check.check), xml_text(title_of(report, check.check)), counts.fail,
                    counts.unknown, counts.pass));
  }
  sink("</tbody>\n</table>\n");
}

}  // namespace

void audit_html(const AuditReport& report, const Sink& sink) {
  write_head(report, sink);
  write_counts(report, sink);
  write_exposure(report, sink);
  write_findings(report, Outcome::Fail, "Findings, worst first", sink);
  write_findings(report, Outcome::Unknown, "Could not be judged", sink);
  write_gaps(report, sink);
  write_checks(report, sink);
  sink("</main>\n</body>\n</html>\n");
}

}  // namespace portolan::report
