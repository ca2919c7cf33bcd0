#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "model/finding.h"

/// Private to the module: how many findings of what kind.
namespace portolan::report {

inline constexpr std::array kRisksWorstFirst = {Risk::Critical, Risk::High, Risk::Medium, Risk::Low,
                                                Risk::Info};

struct AuditReport;
struct MutedFinding;

/// `the reason (owner, until 2026-05-03T00:00:00Z)`.
std::string mute_text(const MutedFinding& muted);

/// `, 3 muted, 12 known`, of what was left out; empty if nothing was.
std::string left_out(const AuditReport& report);

struct AuditCounts {
  std::array<std::size_t, kRisksWorstFirst.size()> by_risk = {};  // of Fail, indexed by Risk
  std::size_t fail = 0;
  std::size_t unknown = 0;
  std::size_t pass = 0;

  [[nodiscard]] std::size_t of(Risk risk) const { return by_risk[static_cast<std::size_t>(risk)]; }
  void add(const Finding& finding);
  static AuditCounts of(const std::vector<Finding>& findings);
};

}  // namespace portolan::report
