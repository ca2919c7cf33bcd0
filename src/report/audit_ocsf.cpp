#include <boost/json.hpp>
#include <fmt/format.h>

#include "report/audit_checks.h"
#include "report/audit_counts.h"
#include "report/aws_resource.h"
#include "report/json_text.h"
#include "report/report.h"

// SOURCE: OCSF 1.3.0, class Compliance Finding (2003) with the profile `cloud`, schema.ocsf.io.
//
// A compliance finding, not a detection finding (2004), because it says of one resource whether it
// keeps a rule, and has a word for each of our outcomes: Pass, Fail, and Warning for "did not yield
// a result due to missing information". One event a line, as those who collect events read them;
// `jq -s .` makes an array.
//
//   finding_info.uid      fingerprint               compliance.status    outcome
//   finding_info.title    title of the check        compliance.control   check
//   message, .desc        message                   .requirements        references to standards
//   severity              risk                      remediation          fix
//   status                New; Resolved: passed;    resources            resource, by its ARN
//                         Suppressed: muted         unmapped             latent, rules, affected,
//   cloud                 account, region                                witness, gaps
//   time                  now                       comment              why it is muted, by whom
namespace portolan::report {
namespace {

namespace json = boost::json;

struct Word {
  int id;
  std::string_view caption;
};

Word severity_of(Risk risk) {
  switch (risk) {
    case Risk::Info:
      return {1, "Informational"};
    case Risk::Low:
      return {2, "Low"};
    case Risk::Medium:
      return {3, "Medium"};
    case Risk::High:
      return {4, "High"};
    case Risk::Critical:
      return {5, "Critical"};
  }
  return {0, "Unknown"};
}

Word status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Pass:
      return {1, "Pass"};
    case Outcome::Unknown:
      return {2, "Warning"};
    case Outcome::Fail:
      return {3, "Fail"};
  }
  return {0, "Unknown"};
}

json::object metadata_of(const AuditReport& report, const Finding& finding) {
  return {{"version", "1.3.0"},
          {"profiles", json::array{"cloud"}},
          {"event_code", json_text(finding.check)},
          {"product",
           {{"name", "Portolan"},
            {"vendor_name", "Portolan"},
            {"version", json_text(report.version)}}}};
}

json::object cloud_of(const Finding& finding) {
  json::object cloud = {{"provider", "AWS"}};
  if (finding.account.known()) {
    cloud["account"] = {{"uid", finding.account.text()}, {"type_id", 10}, {"type", "AWS Account"}};
  }
  if (finding.region.known()) {
    cloud["region"] = finding.region.text();
  }
  return cloud;
}

json::object finding_info_of(const AuditReport& report, const Finding& finding) {
  const json::string title = json_text(title_of(report, finding.check));
  return {{"uid", fingerprint(finding)},
          {"title", title},
          {"desc", json_text(finding.message)},
          {"analytic",
           {{"uid", json_text(finding.check)}, {"name", title}, {"type_id", 1}, {"type", "Rule"}}}};
}

json::object compliance_of(const AuditReport& report, const Finding& finding) {
  const std::vector<std::string> requirements = requirements_of(report, finding.check);
  std::vector<std::string> standards = standards_of(requirements);
  if (standards.empty()) {
    standards.emplace_back("Portolan");  // the class demands one
  }
  const Word status = status_of(finding.outcome);
  json::object compliance = {{"control", json_text(finding.check)},
                             {"standards", json_texts(standards)},
                             {"status_id", status.id},
                             {"status", status.caption}};
  if (!requirements.empty()) {
    compliance["requirements"] = json_texts(requirements);
  }
  if (!finding.gaps.empty()) {
    compliance["status_detail"] = json_text(joined(finding.gaps, "; "));
  }
  return compliance;
}

json::object resource_of(const Finding& finding) {
  const AwsResource resource = aws_resource(finding, finding.resource);
  json::object result = {{"uid", resource.arn},
                         {"type", resource.cloudformation},
                         {"cloud_partition", partition_of(finding.region)}};
  if (!finding.name.empty()) {
    result["name"] = json_text(finding.name);
  }
  if (finding.region.known()) {
    result["region"] = finding.region.text();
  }
  return result;
}

json::object unmapped_of(const Finding& finding) {
  return {{"latent", finding.is_latent},
          {"rules", json_texts(rule_lines(finding.rules))},
          {"affected", json_texts(finding.affected)},
          {"witness", json_texts(finding.witness)},
          {"gaps", json_texts(finding.gaps)}};
}

json::object event_of(const AuditReport& report, const Finding& finding) {
  const Word severity = severity_of(finding.risk);
  const bool passed = finding.outcome == Outcome::Pass;
  json::object event = {{"class_uid", 2003},
                        {"class_name", "Compliance Finding"},
                        {"category_uid", 2},
                        {"category_name", "Findings"},
                        {"activity_id", 1},
                        {"activity_name", "Create"},
                        {"type_uid", 200301},
                        {"type_name", "Compliance Finding: Create"},
                        {"time", report.now.seconds() * 1000},
                        {"severity_id", severity.id},
                        {"severity", severity.caption},
                        {"status_id", passed ? 4 : 1},
                        {"status", passed ? "Resolved" : "New"},
                        {"message", json_text(finding.message)},
                        {"metadata", metadata_of(report, finding)},
                        {"cloud", cloud_of(finding)},
                        {"finding_info", finding_info_of(report, finding)},
                        {"compliance", compliance_of(report, finding)},
                        {"resources", json::array{resource_of(finding)}}};
  const std::string fix = fix_of(report, finding);
  if (!passed && !fix.empty()) {
    event["remediation"] = {{"desc", json_text(fix)}};
  }
  event["unmapped"] = unmapped_of(finding);
  return event;
}

}  // namespace

void audit_ocsf(const AuditReport& report, const Sink& sink) {
  for (const Finding& finding : report.findings) {
    sink(json::serialize(event_of(report, finding)) + "\n");
  }
  for (const MutedFinding& muted : report.muted) {
    json::object event = event_of(report, muted.finding);
    event["status_id"] = 3;
    event["status"] = "Suppressed";
    event["comment"] = json_text(mute_text(muted));
    sink(json::serialize(event) + "\n");
  }
}

}  // namespace portolan::report
