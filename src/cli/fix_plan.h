#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "checks/check.h"
#include "core/result.h"
#include "model/finding.h"
#include "reach/moment.h"

namespace portolan::cli {

/// How the findings were judged.
struct Judged {
  const checks::Config& config;
  checks::Authority authority;
};

/// What happens when the remedy of one finding is applied, as a what-if.
struct Fix {
  const Finding* finding = nullptr;
  checks::Remedy remedy;
  bool is_gone = false;             // the check finds it no more
  std::vector<std::string> opened;  // `FROM -> TO SERVICES`
  std::vector<std::string> closed;
  std::vector<Finding> widened;  // what plan-widens-exposure says of it
};

struct FixPlan {
  std::vector<Fix> fixes;                  // worst first
  std::vector<const Finding*> to_fill_in;  // a patch is known, and was not tried
  std::vector<const Finding*> for_people;  // no patch is known
  std::size_t left_out = 0;                // of more than `kFixesMost` fixes
};
inline constexpr std::size_t kFixesMost = 500;

/// Tries the remedy of each finding that fails, one at a time. `findings` must be about the moment,
/// in ranked order, and outlive the plan. Cost: each fix runs the finding's check anew.
FixPlan plan_fixes(const reach::Moment& moment, const Judged& judged,
                   std::span<const Finding> findings);

/// Markdown: for each fix what it takes away, the proof, and the patch as AWS CLI commands,
/// Terraform and CloudFormation. `source` is as the user named it.
std::string fix_plan_text(const FixPlan& plan, const Snapshot& snapshot, const std::string& source);

/// Writes a whole file or none: under another name first, then renamed. Error `cannot_write`.
Result<void> write_file(const std::string& file, const std::string& bytes);

}  // namespace portolan::cli
