#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "report/audit_checks.h"
#include "report/audit_counts.h"
#include "report/aws_resource.h"
#include "report/json_text.h"
#include "report/report.h"

// SOURCE: AWS Security Hub User Guide, "AWS Security Finding Format (ASFF)": required attributes
// and limits; API reference, AwsSecurityFinding.
//
// An array, one finding a line: BatchImportFindings takes such arrays of at most 100 findings, so
// lines are cut to hundreds (docs/OUTPUTS.md shows how). Where the account is not known, twelve
// zeros stand for it, and such a finding cannot be imported.
//
//   Id               fingerprint                 Compliance.Status     PASSED, FAILED; WARNING:
//   GeneratorId      portolan/check                                    unknown, gaps as reasons
//   Title            title of the check          RelatedRequirements   references to standards
//   Description      message                     Remediation           fix
//   Severity.Label   risk                        Resources             resource first, then what is
//   CreatedAt        now                                               affected, by ARN
//   ProductFields    resource, latent, rules, affected, witness
//   Workflow, Note   SUPPRESSED, why and by whom: what is muted
namespace portolan::report {
namespace {

namespace json = boost::json;

constexpr std::string_view kType =
    "Software and Configuration Checks/AWS Security Best Practices/Network Reachability";
constexpr std::string_view kNoAccount = "000000000000";

constexpr std::size_t kTitleMost = 256;
constexpr std::size_t kDescriptionMost = 1024;
constexpr std::size_t kRemediationMost = 512;
constexpr std::size_t kFieldMost = 2048;
constexpr std::size_t kReasonMost = 512;
constexpr std::size_t kResourceMost = 512;
constexpr std::size_t kResourcesMost = 32;
constexpr std::size_t kRequirementsMost = 32;
constexpr std::size_t kReasonsMost = 10;

/// Made printable, of at most `most` bytes, and never empty.
json::string short_text(std::string_view text, std::size_t most) {
  constexpr std::string_view kCut = "…";
  std::string result = printable(text);
  if (result.size() > most) {
    std::size_t size = most - kCut.size();
    while (size > 0 && (static_cast<unsigned char>(result[size]) & 0xc0U) == 0x80U) {
      --size;
    }
    result = result.substr(0, size) + std::string(kCut);
  }
  return json::string(trimmed(result).empty() ? "-" : result);
}

std::string_view label_of(Risk risk) {
  switch (risk) {
    case Risk::Info:
      return "INFORMATIONAL";
    case Risk::Low:
      return "LOW";
    case Risk::Medium:
      return "MEDIUM";
    case Risk::High:
      return "HIGH";
    case Risk::Critical:
      return "CRITICAL";
  }
  return "";
}

std::string_view status_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Pass:
      return "PASSED";
    case Outcome::Fail:
      return "FAILED";
    case Outcome::Unknown:
      return "WARNING";
  }
  return "";
}

std::string account_of(const Finding& finding) {
  return std::string(finding.account.known() ? std::string_view(finding.account.text())
                                             : kNoAccount);
}

/// The product that a finding of one's own is imported under.
std::string product_arn(const Finding& finding) {
  const std::string account = account_of(finding);
  return fmt::format("arn:{}:securityhub:{}:{}:product/{}/default", partition_of(finding.region),
                     finding.region.text(), account, account);
}

json::object resource_of(const Finding& finding, const std::string& id, std::string_view name) {
  const AwsResource resource = aws_resource(finding, id);
  json::object result = {{"Type", resource.asff},
                         {"Id", short_text(resource.arn, kResourceMost)},
                         {"Partition", partition_of(finding.region)}};
  if (finding.region.known()) {
    result["Region"] = finding.region.text();
  }
  if (!name.empty()) {
    result["Details"] = {{"Other", {{"Name", short_text(name, kFieldMost)}}}};
  }
  return result;
}

json::array resources_of(const Finding& finding) {
  json::array result;
  result.push_back(resource_of(finding, finding.resource, finding.name));
  for (const std::string& id : finding.affected) {
    if (result.size() == kResourcesMost) {
      break;
    }
    if (id != finding.resource) {
      result.push_back(resource_of(finding, id, {}));
    }
  }
  return result;
}

json::object compliance_of(const AuditReport& report, const Finding& finding) {
  json::object result = {{"Status", status_of(finding.outcome)}};
  std::vector<std::string> requirements = requirements_of(report, finding.check);
  requirements.resize(std::min(requirements.size(), kRequirementsMost));
  if (!requirements.empty()) {
    result["RelatedRequirements"] = json_texts(requirements);
  }
  json::array reasons;
  for (const std::string& gap : finding.gaps) {
    if (reasons.size() < kReasonsMost) {
      reasons.push_back(json::object{{"ReasonCode", "NOT_COLLECTED"},
                                     {"Description", short_text(gap, kReasonMost)}});
    }
  }
  if (!reasons.empty()) {
    result["StatusReasons"] = std::move(reasons);
  }
  return result;
}

json::object product_fields_of(const Finding& finding) {
  json::object result = {{"portolan/resource", short_text(finding.resource, kFieldMost)},
                         {"portolan/latent", finding.is_latent ? "true" : "false"}};
  const auto add = [&](std::string_view key, std::span<const std::string> lines) {
    if (!lines.empty()) {
      result[key] = short_text(joined(lines, "; "), kFieldMost);
    }
  };
  add("portolan/rules", rule_lines(finding.rules));
  add("portolan/affected", finding.affected);
  add("portolan/witness", finding.witness);
  return result;
}

json::object value_of(const AuditReport& report, const Finding& finding) {
  json::object result = {
      {"SchemaVersion", "2018-10-08"},
      {"Id", fingerprint(finding)},
      {"ProductArn", product_arn(finding)},
      {"ProductName", "Portolan"},
      {"CompanyName", "Portolan"},
      {"GeneratorId", short_text("portolan/" + finding.check.text(), kResourceMost)},
      {"AwsAccountId", account_of(finding)},
      {"Types", json::array{kType}},
      {"CreatedAt", report.now.text()},
      {"UpdatedAt", report.now.text()},
      {"Severity", {{"Label", label_of(finding.risk)}, {"Original", text(finding.risk)}}},
      {"Title", short_text(title_of(report, finding.check), kTitleMost)},
      {"Description", short_text(finding.message, kDescriptionMost)},
      {"ProductFields", product_fields_of(finding)},
      {"Resources", resources_of(finding)},
      {"Compliance", compliance_of(report, finding)},
      {"RecordState", "ACTIVE"}};
  const std::string fix = fix_of(report, finding);
  if (finding.outcome != Outcome::Pass && !fix.empty()) {
    result["Remediation"] = {{"Recommendation", {{"Text", short_text(fix, kRemediationMost)}}}};
  }
  return result;
}

}  // namespace

void audit_asff(const AuditReport& report, const Sink& sink) {
  std::string_view separator = "[\n";
  const auto write = [&](const json::object& value) {
    sink(separator);
    sink(json::serialize(value));
    separator = ",\n";
  };
  for (const Finding& finding : report.findings) {
    write(value_of(report, finding));
  }
  for (const MutedFinding& muted : report.muted) {
    json::object value = value_of(report, muted.finding);
    value["Workflow"] = {{"Status", "SUPPRESSED"}};
    value["Note"] = {{"Text", short_text(mute_text(muted), kReasonMost)},
                     {"UpdatedBy", short_text(muted.owner, kReasonMost)},
                     {"UpdatedAt", report.now.text()}};
    write(value);
  }
  sink(report.findings.empty() && report.muted.empty() ? "[]\n" : "\n]\n");
}

}  // namespace portolan::report
