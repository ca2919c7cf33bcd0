#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/check.h"
#include "checks/framework.h"
#include "checks/mute.h"
#include "checks/policy.h"
#include "cli/baseline.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "core/result.h"
#include "core/time.h"
#include "iam/iam.h"
#include "report/report.h"

namespace portolan::cli {

/// What the command line says about an audit, with the files that it names read.
struct AuditWishes {
  Time now;
  Risk threshold = Risk::Low;                  // what counts for the exit code
  std::vector<const checks::Check*> selected;  // empty: all
  const checks::Framework* framework = nullptr;
  checks::Config config;
  checks::Policy policy;
  std::optional<iam::Intent> allowed;  // who may change what of the network
  std::vector<checks::Mute> mutes;
  std::string mute_file;
  std::optional<Baseline> baseline;  // what it has is not told
  std::optional<Baseline> last_run;  // of the store, where no baseline is named
};

/// Error `usage`, `unknown_check`, `unknown_framework`, `bad_time`, and those of the files'
/// readers.
Result<AuditWishes> audit_wishes(const Invocation& invocation);

/// Findings after mutes and baseline.
struct Told {
  std::vector<Finding> findings;
  std::vector<report::MutedFinding> muted;
  std::vector<Finding> known;
  bool has_expired_mutes = false;      // that would have silenced something
  std::optional<checks::Drift> drift;  // since the baseline or the last run; absent: none is named
};

/// Complains of mutes that expired or are about nothing. What the baseline has is known, unless it
/// is worse now. `ran` are the checks that judged.
Told tell(std::vector<Finding> findings, const AuditWishes& wishes,
          const std::vector<report::AuditCheck>& ran, Terminal& terminal);

/// Adds what `drift-from-baseline` finds to what is told, by the policy; mutes are about it, too.
void tell_drift(const AuditWishes& wishes, Told& told, report::AuditReport& report,
                Terminal& terminal);

/// The controls of the framework, judged from all findings, muted ones included.
std::vector<report::AuditControl> audit_controls(const checks::Framework& framework,
                                                 const std::vector<Finding>& findings,
                                                 const Snapshot& snapshot);

/// Records the audit in a store: what was told, and what is muted or known. `source` is as the user
/// named it; its documents are read anew. Error of `Store`.
Result<void> record_audit(const std::string& store, const report::AuditReport& report,
                          const Told& told);

}  // namespace portolan::cli
