#include "checks/mute.h"

#include <algorithm>
#include <utility>

#include "core/text.h"

namespace portolan::checks {

bool covers(const Mute& mute, const Finding& finding) {
  return finding.outcome != Outcome::Pass && matches_glob(finding.check, mute.check) &&
         (matches_glob(finding.resource, mute.resource) ||
          (!finding.name.empty() && matches_glob(finding.name, mute.resource))) &&
         (mute.account.empty() || finding.account.text() == mute.account) &&
         (mute.region.empty() || finding.region.text() == mute.region);
}

Muted apply_mutes(std::vector<Finding> findings, std::span<const Mute> mutes, Time now) {
  Muted result;
  std::vector<bool> is_used(mutes.size());
  std::vector<bool> is_missed(mutes.size());  // expired, and something would be silent by it
  for (Finding& finding : findings) {
    const Mute* silencing = nullptr;
    std::vector<std::size_t> over;
    for (std::size_t i = 0; i < mutes.size(); ++i) {
      if (!covers(mutes[i], finding)) {
        continue;
      }
      is_used[i] = true;
      if (mutes[i].expires > now) {
        silencing = silencing == nullptr ? &mutes[i] : silencing;
      } else {
        over.push_back(i);
      }
    }
    if (silencing != nullptr) {
      result.silenced.push_back({std::move(finding), silencing});
      continue;
    }
    for (const std::size_t i : over) {
      is_missed[i] = true;
    }
    result.findings.push_back(std::move(finding));
  }
  for (std::size_t i = 0; i < mutes.size(); ++i) {
    if (is_missed[i]) {
      result.expired.push_back(&mutes[i]);
    } else if (!is_used[i]) {
      result.idle.push_back(&mutes[i]);
    }
  }
  return result;
}

}  // namespace portolan::checks
