#include "report/audit_counts.h"

#include <fmt/format.h>

#include "report/report.h"

namespace portolan::report {

void AuditCounts::add(const Finding& finding) {
  switch (finding.outcome) {
    case Outcome::Fail:
      ++fail;
      ++by_risk[static_cast<std::size_t>(finding.risk)];
      break;
    case Outcome::Unknown:
      ++unknown;
      break;
    case Outcome::Pass:
      ++pass;
      break;
  }
}

std::string mute_text(const MutedFinding& muted) {
  return fmt::format("{} ({}, until {})", muted.reason, muted.owner, muted.expires.text());
}

std::string left_out(const AuditReport& report) {
  return (!report.muted.empty() ? fmt::format(", {} muted", report.muted.size()) : std::string()) +
         (report.known > 0 ? fmt::format(", {} known", report.known) : std::string());
}

const Standing& standing_of(const AuditReport& report, std::size_t position) {
  static const Standing kNone;
  return position < report.standings.size() ? report.standings[position] : kNone;
}

AuditCounts AuditCounts::of(const std::vector<Finding>& findings) {
  AuditCounts counts;
  for (const Finding& finding : findings) {
    counts.add(finding);
  }
  return counts;
}

}  // namespace portolan::report
