#include <boost/json.hpp>
#include <fmt/format.h>

#include "report/audit_checks.h"
#include "report/audit_counts.h"
#include "report/aws_resource.h"
#include "report/json_text.h"
#include "report/report.h"

// SOURCE: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0"; what code
// scanning makes of it: GitHub Docs, "SARIF support for code scanning".
//
// What passed is counted in the run's properties and has no result: code scanning does not know
// `kind` and would show a pass as an alert.
//
//   ruleId               check                       partialFingerprints  fingerprint
//   rules                checks: title, why, fix,    locations            `aws/account/region/id`,
//                        references                                       for code scanning wants a
//   level                critical, high: error;                           file; logical: the ARN
//                        medium: warning; else note  codeFlows            witness, a hop each
//   kind                 fail; open: unknown         properties           all else
//   message              message and fix             notifications        diagnostics and gaps
//   security-severity    the worst risk of a rule, as code scanning grades it
//   suppressions         of what is muted: external, accepted, with the reason and who gave it
namespace portolan::report {
namespace {

namespace json = boost::json;

std::string_view level_of(Risk risk) {
  switch (risk) {
    case Risk::Info:
    case Risk::Low:
      return "note";
    case Risk::Medium:
      return "warning";
    case Risk::High:
    case Risk::Critical:
      return "error";
  }
  return "none";
}

/// In the middle of what GitHub calls low, medium, high and critical.
std::string_view security_severity_of(Risk risk) {
  switch (risk) {
    case Risk::Info:
      return "0.1";
    case Risk::Low:
      return "2.0";
    case Risk::Medium:
      return "5.5";
    case Risk::High:
      return "8.0";
    case Risk::Critical:
      return "9.5";
  }
  return "";
}

/// `text` in which nothing is a placeholder (section 3.11.5) or a link (3.11.6).
json::object message_of(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    if (c == '[' || c == ']' || c == '\\') {
      result += '\\';
    } else if (c == '{' || c == '}') {
      result += c;
    }
    result += c;
  }
  return {{"text", json::string(result)}};
}

/// `text` as one segment of a URI's path.
std::string uri_segment(std::string_view text) {
  constexpr std::string_view kPlain = "-._~:@!$&'()*+,;=";
  std::string result;
  for (const char c : text) {
    const bool is_alphanumeric =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_alphanumeric || kPlain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return result.empty() ? "-" : result;
}

json::array one(json::object value) {
  json::array result;
  result.push_back(std::move(value));
  return result;
}

json::object physical_location_of(const Finding& finding) {
  const std::string uri =
      fmt::format("aws/{}/{}/{}", uri_segment(finding.account.text()),
                  uri_segment(finding.region.text()), uri_segment(finding.resource));
  return {{"artifactLocation", {{"uri", uri}}}, {"region", {{"startLine", 1}}}};
}

json::array logical_locations_of(const Finding& finding) {
  json::array result;
  const auto add = [&](std::string_view id, std::string_view kind) {
    result.push_back(json::object{{"name", json_text(id)},
                                  {"fullyQualifiedName", aws_resource(finding, id).arn},
                                  {"kind", kind}});
  };
  add(finding.resource, "resource");
  for (const FindingRule& rule : finding.rules) {
    add(rule.id, "rule");
  }
  return result;
}

json::array code_flows_of(const Finding& finding) {
  const json::object place = physical_location_of(finding);
  json::array hops;
  for (const std::string& hop : finding.witness) {
    json::object location = {{"physicalLocation", place}, {"message", message_of(hop)}};
    hops.push_back(json::object{{"location", std::move(location)}});
  }
  json::object flow = {{"threadFlows", one(json::object{{"locations", std::move(hops)}})}};
  return one(std::move(flow));
}

json::object properties_of(const AuditReport& report, const Finding& finding) {
  return {{"outcome", text(finding.outcome)},
          {"risk", text(finding.risk)},
          {"latent", finding.is_latent},
          {"resource", json_text(finding.resource)},
          {"name", json_text(finding.name)},
          {"account", finding.account.text()},
          {"region", finding.region.text()},
          {"rules", json_texts(rule_lines(finding.rules))},
          {"affected", json_texts(finding.affected)},
          {"gaps", json_texts(finding.gaps)},
          {"fix", json_text(fix_of(report, finding))}};
}

json::object result_of(const AuditReport& report, const Finding& finding) {
  const bool failed = finding.outcome == Outcome::Fail;
  const std::string advice = finding.fix.empty() ? "" : "; fix: " + finding.fix.text();
  json::object result = {{"ruleId", json_text(finding.check)}};
  if (const AuditCheck* const check = find_check(report, finding.check)) {
    result["ruleIndex"] = check - report.checks.data();
  }
  result["kind"] = failed ? "fail" : "open";
  result["level"] = failed ? level_of(finding.risk) : "none";
  result["message"] = message_of(finding.message.text() + advice);
  result["locations"] = one(json::object{{"physicalLocation", physical_location_of(finding)},
                                         {"logicalLocations", logical_locations_of(finding)}});
  result["partialFingerprints"] = {{"portolan/1", fingerprint(finding)}};
  if (!finding.witness.empty()) {
    result["codeFlows"] = code_flows_of(finding);
  }
  result["properties"] = properties_of(report, finding);
  return result;
}

json::object result_of(const AuditReport& report, const MutedFinding& muted) {
  json::object result = result_of(report, muted.finding);
  result["suppressions"] =
      one({{"kind", "external"},
           {"status", "accepted"},
           {"justification", json_text(muted.reason)},
           {"properties", {{"owner", json_text(muted.owner)}, {"expires", muted.expires.text()}}}});
  return result;
}

json::object rule_of(const AuditReport& report, const AuditCheck& check) {
  json::array tags;
  tags.emplace_back("security");
  for (const std::string& standard : standards_of(requirements_of(report, check.id))) {
    tags.push_back(json_text(standard));
  }
  const std::string references =
      check.references.empty() ? "" : " See " + joined(check.references, "; ") + ".";
  return {{"id", json_text(check.id)},
          {"shortDescription", message_of(check.title)},
          {"fullDescription", message_of(check.why)},
          {"help", message_of(check.fix + references)},
          {"defaultConfiguration", {{"level", level_of(check.risk)}}},
          {"properties",
           {{"tags", std::move(tags)},
            {"precision", "very-high"},
            {"security-severity", security_severity_of(check.risk)}}}};
}

json::object tool_of(const AuditReport& report) {
  json::array rules;
  for (const AuditCheck& check : report.checks) {
    rules.push_back(rule_of(report, check));
  }
  return {{"driver",
           {{"name", "Portolan"},
            {"version", json_text(report.version)},
            {"rules", std::move(rules)}}}};
}

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "error";
  }
  return "none";
}

json::object notification_of(std::string_view code, std::string_view level, std::string_view text) {
  return {{"descriptor", json::object{{"id", json_text(code)}}},
          {"level", level},
          {"message", message_of(text)}};
}

json::object invocation_of(const AuditReport& report) {
  json::array notifications;
  for (const Diagnostic& diagnostic : report.diagnostics) {
    notifications.push_back(
        notification_of(diagnostic.code, level_of(diagnostic.severity), text(diagnostic)));
  }
  for (const Gap& gap : report.gaps) {
    const std::string resource = gap.resource.empty() ? "" : gap.resource + ": ";
    notifications.push_back(notification_of(gap.code, "warning", resource + gap.message));
  }
  json::object invocation = {{"executionSuccessful", true}, {"endTimeUtc", report.now.text()}};
  if (!notifications.empty()) {
    invocation["toolExecutionNotifications"] = std::move(notifications);
  }
  return invocation;
}

json::object properties_of(const AuditReport& report) {
  const AuditCounts counts = AuditCounts::of(report.findings);
  return {{"source", json_text(report.source)},
          {"resources", report.resources},
          {"fail", counts.fail},
          {"unknown", counts.unknown},
          {"pass", counts.pass}};
}

}  // namespace

void audit_sarif(const AuditReport& report, const Sink& sink) {
  sink(
      "{\"$schema\":\"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
      "sarif-schema-2.1.0.json\",\n"
      "\"version\":\"2.1.0\",\n\"runs\":[{\n");
  sink(fmt::format("\"tool\":{},\n\"automationDetails\":{},\n\"invocations\":[{}],\n",
                   json::serialize(tool_of(report)),
                   json::serialize(json::object{{"id", "portolan/audit/"}}),
                   json::serialize(invocation_of(report))));
  sink("\"results\":[");
  std::string_view separator = "\n";
  for (const Finding& finding : report.findings) {
    if (finding.outcome != Outcome::Pass) {
      sink(separator);
      sink(json::serialize(result_of(report, finding)));
      separator = ",\n";
    }
  }
  for (const MutedFinding& muted : report.muted) {
    sink(separator);
    sink(json::serialize(result_of(report, muted)));
    separator = ",\n";
  }
  sink(fmt::format("\n],\n\"properties\":{}\n}}]}}\n", json::serialize(properties_of(report))));
}

}  // namespace portolan::report
