#include <algorithm>

#include <fmt/format.h>

#include "core/text.h"
#include "report/audit_checks.h"
#include "report/escape.h"
#include "report/report.h"

// SOURCE: the dialect that Jenkins and GitLab read: Jenkins xUnit plugin, junit-10.xsd; GitLab
// Docs, "Unit test reports". tests/formats/schemas/junit.xsd is what we write of it.
//
//   testsuite   check           failure    fail of at least --fail-on; type: risk; text: message,
//   testcase    finding                    rules, affected, witness, fix
//   name        resource, its   skipped    unknown; message: what is missing
//               name and rules  system-out what fails below --fail-on
//   classname   check           property   id: fingerprint
namespace portolan::report {
namespace {

bool is_failure(const AuditReport& report, const Finding& finding) {
  return finding.outcome == Outcome::Fail && finding.risk >= report.fail_on;
}

struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t skipped = 0;

  void add(const AuditReport& report, const Finding& finding) {
    ++tests;
    failures += is_failure(report, finding) ? 1 : 0;
    skipped += finding.outcome == Outcome::Unknown ? 1 : 0;
  }
};

std::string attributes_of(const Counts& counts) {
  return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"", counts.tests,
                     counts.failures, counts.skipped);
}

/// `sg-0a "web" [sgr-1, sgr-2]`: the same in each run, and no two findings of a check share it.
std::string name_of(const Finding& finding) {
  std::string name = finding.resource;
  if (!finding.name.empty() && finding.name != finding.resource) {
    name += fmt::format(" \"{}\"", finding.name);
  }
  std::vector<std::string> rules;
  for (const FindingRule& rule : finding.rules) {
    rules.push_back(rule.id);
  }
  std::sort(rules.begin(), rules.end());
  return rules.empty() ? name : fmt::format("{} [{}]", name, joined(rules, ", "));
}

std::string details_of(const AuditReport& report, const Finding& finding) {
  std::string out = xml_text(finding.message) + "\n";
  const auto add = [&](std::string_view label, std::string_view text) {
    if (!text.empty()) {
      out += fmt::format("{}: {}\n", label, xml_text(text));
    }
  };
  for (const FindingRule& rule : finding.rules) {
    add("rule", rule_line(rule));
  }
  add("affects", joined(finding.affected, ", "));
  for (const std::string& hop : finding.witness) {
    add("path", hop);
  }
  add("fix", fix_of(report, finding));
  return out;
}

/// What stands inside the test case; nothing for a pass.
std::string verdict_of(const AuditReport& report, const Finding& finding) {
  if (finding.outcome == Outcome::Unknown) {
    return fmt::format(
        "      <skipped message=\"{}\"/>\n",
        xml_text(finding.gaps.empty() ? finding.message.text() : joined(finding.gaps, "; ")));
  }
  if (is_failure(report, finding)) {
    return fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                       text(finding.risk), xml_text(finding.message), details_of(report, finding));
  }
  if (finding.outcome == Outcome::Fail) {
    return fmt::format("      <system-out>{}: {}</system-out>\n", text(finding.risk),
                       details_of(report, finding));
  }
  return "";
}

std::string case_of(const AuditReport& report, const Finding& finding) {
  return fmt::format(
      "    <testcase classname=\"{}\" name=\"{}\">\n"
      "      <properties><property name=\"id\" value=\"{}\"/></properties>\n"
      "{}"
      "    </testcase>\n",
      xml_text(finding.check), xml_text(name_of(finding)), fingerprint(finding),
      verdict_of(report, finding));
}

}  // namespace

void audit_junit(const AuditReport& report, const Sink& sink) {
  Counts all;
  for (const Finding& finding : report.findings) {
    all.add(report, finding);
  }
  sink(
      fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<testsuites name=\"portolan audit {}\" {}>\n",
                  xml_text(report.source), attributes_of(all)));
  for (const CheckFindings& check : by_check(report)) {
    Counts counts;
    for (const std::size_t index : check.findings) {
      counts.add(report, report.findings[index]);
    }
    sink(fmt::format("  <testsuite name=\"{}\" {}>\n", xml_text(check.check),
                     attributes_of(counts)));
    for (const std::size_t index : check.findings) {
      sink(case_of(report, report.findings[index]));
    }
    sink("  </testsuite>\n");
  }
  sink("</testsuites>\n");
}

}  // namespace portolan::report
