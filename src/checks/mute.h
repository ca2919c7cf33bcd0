#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "model/finding.h"

/// Part of the door of the checks module: findings that somebody has taken on, for a while.
namespace portolan::checks {

/// What is not shown, who answers for it, and until when.
struct Mute {
  std::string check;     // id, with `*` and `?` as wildcards
  std::string resource;  // id or name, with wildcards
  std::string account;   // of twelve digits; empty: any
  std::string region;    // empty: any
  std::string reason;
  std::string owner;
  Time expires;  // the first moment at which it holds no more
  int line = 0;  // of the mute file, from 1
};

/// True if the mute is about the finding, whether it has expired or not. Passes are not muted.
bool covers(const Mute& mute, const Finding& finding);

/// Findings, some of which are muted.
struct Muted {
  struct Silenced {
    Finding finding;
    const Mute* mute = nullptr;
  };
  std::vector<Finding> findings;  // told, in the order given
  std::vector<Silenced> silenced;
  std::vector<const Mute*> expired;  // that would silence a finding, if they still held
  std::vector<const Mute*> idle;     // that are about no finding
};

/// Parts the findings by the mutes, of which the first that holds counts. `mutes` must outlive the
/// result. Cost: findings that do not pass times mutes.
Muted apply_mutes(std::vector<Finding> findings, std::span<const Mute> mutes, Time now);

}  // namespace portolan::checks
