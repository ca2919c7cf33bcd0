#include "report/audit_counts.h"

namespace portolan::report {

AuditCounts AuditCounts::of(const std::vector<Finding>& findings) {
  AuditCounts counts;
  for (const Finding& finding : findings) {
    switch (finding.outcome) {
      case Outcome::Fail:
        ++counts.fail;
        ++counts.by_risk[static_cast<std::size_t>(finding.risk)];
        break;
      case Outcome::Unknown:
        ++counts.unknown;
        break;
      case Outcome::Pass:
        ++counts.pass;
        break;
    }
  }
  return counts;
}

}  // namespace portolan::report
