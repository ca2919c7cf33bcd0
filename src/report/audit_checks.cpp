#include "report/audit_checks.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

namespace portolan::report {
namespace {

// How the references to a standard begin; all others name a page to read.
constexpr std::array<std::string_view, 7> kStandards = {"AWS FSBP", "CIS ", "HIPAA", "ISO",
                                                        "NIST",     "PCI",  "SOC 2"};

bool is_standard(std::string_view reference) {
  return reference.find(": ") != std::string_view::npos &&
         std::any_of(kStandards.begin(), kStandards.end(),
                     [&](std::string_view name) { return reference.starts_with(name); });
}

}  // namespace

const AuditCheck* find_check(const AuditReport& report, std::string_view id) {
  const auto found = std::lower_bound(
      report.checks.begin(), report.checks.end(), id,
      [](const AuditCheck& check, std::string_view wanted) { return check.id < wanted; });
  return found == report.checks.end() || found->id != id ? nullptr : &*found;
}

std::string title_of(const AuditReport& report, std::string_view id) {
  const AuditCheck* const check = find_check(report, id);
  return check == nullptr || check->title.empty() ? std::string(id) : check->title;
}

std::string fix_of(const AuditReport& report, const Finding& finding) {
  const AuditCheck* const check = find_check(report, finding.check);
  return finding.fix.empty() && check != nullptr ? check->fix : finding.fix.text();
}

std::vector<std::string> requirements_of(const AuditReport& report, std::string_view id) {
  std::vector<std::string> result;
  if (const AuditCheck* const check = find_check(report, id)) {
    std::copy_if(check->references.begin(), check->references.end(), std::back_inserter(result),
                 is_standard);
  }
  return result;
}

std::vector<std::string> standards_of(const std::vector<std::string>& requirements) {
  std::vector<std::string> result;
  for (const std::string& requirement : requirements) {
    std::string name = requirement.substr(0, requirement.find(": "));
    if (std::find(result.begin(), result.end(), name) == result.end()) {
      result.push_back(std::move(name));
    }
  }
  return result;
}

std::vector<CheckFindings> by_check(const AuditReport& report) {
  std::map<std::string_view, std::vector<std::size_t>> checks;
  for (const AuditCheck& check : report.checks) {
    checks[check.id];
  }
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    checks[report.findings[i].check].push_back(i);
  }
  std::vector<CheckFindings> result;
  result.reserve(checks.size());
  for (auto& [check, findings] : checks) {
    result.push_back({check, std::move(findings)});
  }
  return result;
}

std::string rule_line(const FindingRule& rule) {
  const std::string holder = rule.holder.empty() ? "" : fmt::format(" ({})", rule.holder);
  return fmt::format("{}{}: {} {}", rule.id, holder, rule.services, rule.peer);
}

std::vector<std::string> rule_lines(const std::vector<FindingRule>& rules) {
  std::vector<std::string> lines;
  lines.reserve(rules.size());
  for (const FindingRule& rule : rules) {
    lines.push_back(rule_line(rule));
  }
  return lines;
}

}  // namespace portolan::report
