#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

/// Private to the module: what the checks of an audit say of themselves.
namespace portolan::report {

/// The check `id`; null if the report does not list it.
const AuditCheck* find_check(const AuditReport& report, std::string_view id);

/// The check's title, or its id where it has none.
std::string title_of(const AuditReport& report, std::string_view id);

/// How to mend the finding; what its check advises where it says nothing itself.
std::string fix_of(const AuditReport& report, const Finding& finding);

/// Of the check's references those that are numbers of a standard: `CIS AWS 5.0: 5.3, 5.4`.
std::vector<std::string> requirements_of(const AuditReport& report, std::string_view id);

/// The standards that they are of: `CIS AWS 5.0`.
std::vector<std::string> standards_of(const std::vector<std::string>& requirements);

/// The findings of one check, as indices into the report's findings, in their order.
struct CheckFindings {
  std::string_view check;
  std::vector<std::size_t> findings;
};

/// All findings by check, sorted by the check's id; checks that found nothing are there too.
std::vector<CheckFindings> by_check(const AuditReport& report);

/// `sgr-0a (sg-0a1b): tcp/22 0.0.0.0/0`, not printable yet.
std::string rule_line(const FindingRule& rule);

std::vector<std::string> rule_lines(const std::vector<FindingRule>& rules);

}  // namespace portolan::report
