#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ip.h"
#include "model/finding.h"
#include "model/snapshot.h"

/// Part of the door of the checks module: benchmarks whose controls our checks decide.
namespace portolan::checks {

struct Check;

/// One demand of a benchmark about the network, and the checks that decide it.
struct Control {
  std::string id;                        // `5.3`, `EC2.13`
  std::string_view title;                // in our words
  std::vector<std::string_view> checks;  // none: it is not covered
  /// If not empty: findings about rules that open none of these services do not count.
  std::string_view services = {};
  /// If set: findings about rules for the other family alone do not count.
  std::optional<IpFamily> family = {};
  /// If not empty: findings of missing endpoints of other services (`ecr.api`) do not count.
  std::string_view endpoint = {};
};

struct Framework {
  std::string_view id;  // `cis-5.0`, `fsbp`
  std::string_view name;
  std::vector<Control> controls;
};

/// The benchmarks, by id. They hold the controls about groups, NACLs, routes, balancers, metadata
/// and their monitoring: the rest of a benchmark is not ours to judge.
/// SOURCE: CIS Amazon Web Services Foundations Benchmarks 1.2.0 to 7.0.0; AWS Foundational
/// Security Best Practices, Security Hub user guide.
std::span<const Framework> frameworks();
/// Null if there is none with that id.
const Framework* find_framework(std::string_view id);

/// The checks that decide controls of the framework, sorted by id.
std::vector<const Check*> checks_of(const Framework& framework);

/// What findings say of a control.
struct ControlResult {
  enum class Status : std::uint8_t {
    Pass,        // judged, and nothing is wrong
    Fail,        // some finding fails, also a latent one: controls are about what is written
    Unknown,     // nothing fails, but something could not be judged
    Nothing,     // there was nothing to judge
    NotCovered,  // some of its checks are not in this version, and nothing fails
  };
  const Control* control = nullptr;
  Status status = Status::NotCovered;
  std::size_t failed = 0;
  std::size_t unknown = 0;
  std::size_t passed = 0;
};

std::string_view text(ControlResult::Status status);

/// One result for each control, in the order of the framework. `findings` must be those of
/// `checks_of(framework)` alone, so that none of them has yielded to a check of no control. A rule
/// that names a prefix list is of the families of its entries, or of both where nobody knows them.
std::vector<ControlResult> judge_framework(const Framework& framework,
                                           std::span<const Finding> findings,
                                           const Snapshot& snapshot);

}  // namespace portolan::checks
