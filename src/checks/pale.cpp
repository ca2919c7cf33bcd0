#include "checks/pale.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "checks/handed_on.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

/// A check, and those (with `*` as wildcard) beside which it pales.
struct Paling {
  std::string_view check;
  std::array<std::string_view, 6> beside;
  bool is_beside_latent = false;  // also beside what only might be
};

constexpr std::array kPaling = {
    // The address matters for what is reached by it; who closes that need not read of it twice.
    Paling{"instance-public-ip",
           {"admin-port-lateral", "elb-target-has-public-ip", "eni-internet-reachable-port",
            "exposed-instance-with-role", "sg-ingress-*", "web-instance-bypasses-elb"}},
    // What alone is in the way is the one change.
    Paling{"exposure-sole-guard", {"exposure-one-change-away"}, true},
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
  return other.outcome == Outcome::Fail && (!other.is_latent || paling.is_beside_latent) &&
         other.risk > finding.risk &&
         std::any_of(paling.beside.begin(), paling.beside.end(),
                     [&](std::string_view id) { return matches_glob(other.check, id); }) &&
         std::includes(other.affected.begin(), other.affected.end(), finding.affected.begin(),
                       finding.affected.end());
}

void pale_beside_worse(std::vector<Finding>& findings) {
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

/// True if balancers hand on what all the rules open, to each interface that is affected.
bool is_handed_on(const Context& context, const HandedOn& handed, const Finding& finding) {
  ServiceSet open;
  for (const FindingRule& rule : finding.rules) {
    open = open.united(ServiceSet::parse(rule.services).value_or(ServiceSet::all()));
  }
  std::size_t count = 0;
  for (const std::string& id : finding.affected) {
    if (const auto* interface = context.snapshot().find(NetworkInterfaceId{id})) {
      const auto found = handed.find(interface);
      if (found == handed.end() || !found->second.contains(open)) {
        return false;
      }
      ++count;
    }
  }
  return count > 0;
}

void pale_in_use(const Context& context, std::vector<Finding>& findings) {
  std::optional<HandedOn> handed;
  for (Finding& finding : findings) {
    if (finding.outcome == Outcome::Fail && finding.is_latent && finding.risk == Risk::Low &&
        finding.check.starts_with("sg-ingress-world-")) {
      if (!handed) {
        handed = handed_on(context);
      }
      if (is_handed_on(context, *handed, finding)) {
        finding.risk = Risk::Info;
        finding.message += "; a public balancer hands its clients' connections on by it";
      }
    }
  }
}

}  // namespace

void pale(const Context& context, std::vector<Finding>& findings) {
  pale_beside_worse(findings);
  pale_in_use(context, findings);
}

}  // namespace portolan::checks
