#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "checks/finding_text.h"

/// Private to the module: how a check goes through the rows that it judges.
namespace portolan::checks {

/// Calls `judge(row, findings)` for each row of a kind; a row about which it says nothing passes
/// with `praise`.
template <class Row, class Judge>
std::vector<Finding> judge_each(const Context& context, std::string_view check,
                                std::string_view praise, const Judge& judge) {
  std::vector<Finding> findings;
  findings.reserve(context.snapshot().all<Row>().size());
  for (const Row& row : context.snapshot().all<Row>()) {
    const std::size_t before = findings.size();
    judge(row, findings);
    if (findings.size() == before) {
      findings.push_back(passed(about(check, row), praise));
    }
  }
  return findings;
}

}  // namespace portolan::checks
