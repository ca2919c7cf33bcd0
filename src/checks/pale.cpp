#include "checks/pale.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::checks {

namespace {

/// A check, and those (with `*` as wildcard) beside which it pales.
struct Paling {
  std::string_view check;
  std::array<std::string_view, 6> beside;
};

constexpr std::array kPaling = {
    // The address matters for what is reached by it; who closes that need not read of it twice.
    Paling{"instance-public-ip",
           {"admin-port-lateral", "elb-target-has-public-ip", "eni-internet-reachable-port",
            "exposed-instance-with-role", "sg-ingress-*", "web-instance-bypasses-elb"}},
};

const Paling* paling(const Finding& finding) {
  if (finding.outcome != Outcome::Fail || finding.affected.empty()) {
    return nullptr;
  }
  const auto* const found = std::find_if(kPaling.begin(), kPaling.end(), [&](const Paling& one) {
    return one.check == finding.check;
  });
  return found == kPaling.end() ? nullptr : found;
}

bool outshines(const Finding& other, const Finding& finding, const Paling& paling) {
  return other.outcome == Outcome::Fail && !other.is_latent && other.risk > finding.risk &&
         std::any_of(paling.beside.begin(), paling.beside.end(),
                     [&](std::string_view id) { return matches_glob(other.check, id); }) &&
         std::includes(other.affected.begin(), other.affected.end(), finding.affected.begin(),
                       finding.affected.end());
}

}  // namespace

void pale(std::vector<Finding>& findings) {
  std::unordered_map<std::string_view, std::vector<std::size_t>> pale_by_first;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (paling(findings[i]) != nullptr) {
      pale_by_first[findings[i].affected.front()].push_back(i);
    }
  }
  if (pale_by_first.empty()) {
    return;
  }
  std::unordered_map<std::size_t, std::size_t> brighter;  // the worst, of equals the first
  for (std::size_t other = 0; other < findings.size(); ++other) {
    for (const std::string& id : findings[other].affected) {
      const auto found = pale_by_first.find(id);
      if (found == pale_by_first.end()) {
        continue;
      }
      for (const std::size_t i : found->second) {
        if (outshines(findings[other], findings[i], *paling(findings[i]))) {
          const auto [entry, is_new] = brighter.emplace(i, other);
          if (!is_new && findings[other].risk > findings[entry->second].risk) {
            entry->second = other;
          }
        }
      }
    }
  }
  for (const auto& [i, other] : brighter) {
    findings[i].risk = Risk::Info;
    findings[i].message += fmt::format("; {} tells worse of it", findings[other].check);
  }
}

}  // namespace portolan::checks
