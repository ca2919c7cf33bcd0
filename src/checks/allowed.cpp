#include "checks/allowed.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "checks/finding_text.h"
#include "checks/tag_patterns.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

/// Those that find fault with a rule because strangers come by it, and with nothing else.
constexpr std::array<std::string_view, 8> kAboutStrangers = {
    "eni-internet-reachable-port", "sg-ingress-ip-family-mismatch", "sg-ingress-prefix-list",
    "sg-ingress-public-source",    "sg-ingress-split-world",        "sg-ingress-wide-public-cidr",
    "sg-ingress-world-*",          "sg-world-open-not-exposed"};

bool is_about_strangers(std::string_view check) {
  return std::any_of(kAboutStrangers.begin(), kAboutStrangers.end(),
                     [&](std::string_view id) { return matches_glob(check, id); });
}

bool is_meant(const AllowedPorts& allowed, const SecurityGroup& group) {
  const std::string_view groups = allowed.groups;
  if (groups.starts_with("tag:")) {
    const std::string pattern = lowered(groups.substr(4));
    return matches_tags(group.owned, {&pattern, 1});
  }
  const std::string pattern = lowered(groups.substr(3));
  return matches_glob(lowered(group.group_name), pattern) || matches_glob(group.id.value, pattern);
}

/// What is allowed of each group, worked out once for each that a finding names.
class Allowances {
 public:
  Allowances(const Snapshot& snapshot, const Policy& policy)
      : snapshot_(snapshot), policy_(policy) {}

  [[nodiscard]] bool cover(const FindingRule& rule) {
    const auto services = ServiceSet::parse(rule.services);
    return services && of(rule.holder).contains(*services);
  }

 private:
  const ServiceSet& of(const std::string& id) {
    const auto [entry, is_new] = by_group_.try_emplace(id);
    const SecurityGroup* group = snapshot_.find(SecurityGroupId{id});
    if (is_new && group != nullptr) {
      for (const AllowedPorts& allowed : policy_.allowed_ports) {
        if (is_meant(allowed, *group)) {
          entry->second = entry->second.united(allowed.services);
        }
      }
    }
    return entry->second;
  }

  const Snapshot& snapshot_;
  const Policy& policy_;
  std::unordered_map<std::string, ServiceSet> by_group_;
};

}  // namespace

void allow(const Snapshot& snapshot, const Policy& policy, std::vector<Finding>& findings) {
  if (policy.allowed_ports.empty()) {
    return;
  }
  Allowances allowances(snapshot, policy);
  for (Finding& finding : findings) {
    if (finding.outcome != Outcome::Pass && !finding.rules.empty() &&
        is_about_strangers(finding.check) &&
        std::all_of(finding.rules.begin(), finding.rules.end(),
                    [&](const FindingRule& rule) { return allowances.cover(rule); })) {
      Finding without = finding;
      without.rules.clear();
      without.affected.clear();
      without.witness.clear();
      without.gaps.clear();
      without.fix.clear();
      without.is_latent = false;
      finding = passed(std::move(without),
                       "allowed_ports says that it may be open: " + finding.rules.front().services);
    }
  }
}

}  // namespace portolan::checks
