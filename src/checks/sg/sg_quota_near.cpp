#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/openings.h"
#include "checks/rule_counts.h"

namespace portolan::checks {

extern const Check sg_quota_near;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Amazon VPC quotas"};

/// What AWS allows where nobody asked for more. The documents do not tell what it was raised to.
/// SOURCE: VPC User Guide, "Amazon VPC quotas".
struct Quota {
  std::string_view of;
  std::size_t most;
};
constexpr Quota kRules = {"rules of a group in one direction and family", 60};
constexpr Quota kGroups = {"groups of an interface", 5};
constexpr Quota kProduct = {"rules of all groups of an interface", 1000};
constexpr Quota kRegion = {"groups of a region", 2500};
constexpr Quota kAclRules = {"rules of a network ACL in one direction and family", 20};
constexpr int kLastAclNumber = 32766;  // the rules after it are AWS's own

bool is_near(std::size_t count, const Quota& quota) { return count * 5 >= quota.most * 4; }

std::string near_text(std::size_t count, const Quota& quota) {
  return fmt::format("{} of {} {}", count, quota.most, quota.of);
}

constexpr std::string_view kRaise =
    "ask for more with aws service-quotas "
    "request-service-quota-increase, or merge rules";

Finding near(Finding finding, const std::vector<std::string>& counts, std::string_view fix) {
  finding.risk = Risk::Info;
  finding.message = fmt::format("close to what AWS allows by default: {}", fmt::join(counts, "; "));
  finding.fix = fix;
  return finding;
}

std::size_t most_of_a_family(const RuleCount& count) {
  return static_cast<std::size_t>(std::max(count.v4, count.v6));
}

class Run {
 public:
  explicit Run(const Context& context) : context_(context), snapshot_(context.snapshot()) {}

  std::vector<Finding> run() {
    findings_ = judge_rules(context_, sg_quota_near, "far from what AWS allows",
                            [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                              judge_group(group, findings);
                            });
    judge_interfaces();
    judge_acls();
    judge_regions();
    return std::move(findings_);
  }

 private:
  /// Rules of a group by direction.
  struct Sizes {
    std::size_t in = 0;
    std::size_t out = 0;
    bool is_known = true;
  };

  void judge_group(const SecurityGroup& group, std::vector<Finding>& findings) {
    Finding finding = about(sg_quota_near.id, group);
    std::vector<std::string> counts;
    std::vector<std::string> gaps;
    Sizes& sizes = sizes_[group.id];
    for (const bool is_egress : {false, true}) {
      const RuleCount count = count_rules(snapshot_, group, is_egress);
      const std::size_t most = most_of_a_family(count);
      (is_egress ? sizes.out : sizes.in) = most;
      sizes.is_known = sizes.is_known && count.gaps.empty();
      gaps.insert(gaps.end(), count.gaps.begin(), count.gaps.end());
      if (is_near(most, kRules)) {
        counts.push_back(near_text(most, kRules));
        for (const SecurityGroupRule* rule : count.rules) {
          finding.rules.push_back(name_rule(group, *rule));
        }
      }
    }
    if (!counts.empty()) {
      findings.push_back(near(std::move(finding), counts, kRaise));
    } else if (!gaps.empty()) {
      findings.push_back(unknown(std::move(finding), Risk::Info,
                                 "how many rules the group has is not known", gaps));
    }
  }

  /// Interfaces with the same groups have one finding, about the first of them.
  void judge_interfaces() {
    for (const auto& [groups, interfaces] : context_.estate().group_sets()) {
      Sizes sum;
      for (const SecurityGroupId& group : groups) {
        const auto found = sizes_.find(group);
        sum.is_known = sum.is_known && found != sizes_.end() && found->second.is_known;
        sum.in += found == sizes_.end() ? 0 : found->second.in;
        sum.out += found == sizes_.end() ? 0 : found->second.out;
      }
      judge_set(groups, interfaces, sum);
    }
  }

  void judge_set(const std::vector<SecurityGroupId>& groups, const Interfaces& interfaces,
                 const Sizes& sum) {
    const std::size_t rules = std::max(sum.in, sum.out);
    Finding finding = about(sg_quota_near.id, *interfaces.front());
    std::vector<std::string> counts;
    if (is_near(groups.size(), kGroups)) {
      counts.push_back(near_text(groups.size(), kGroups));
    }
    if (is_near(rules, kProduct)) {
      counts.push_back(near_text(rules, kProduct));
    }
    if (!counts.empty()) {
      finding.affected = affected_ids(interfaces);
      findings_.push_back(near(std::move(finding), counts, "join groups that always go together"));
    } else if (sum.is_known) {
      findings_.push_back(passed(std::move(finding), "far from what AWS allows"));
    } else {
      findings_.push_back(unknown(std::move(finding), Risk::Info,
                                  "how many rules the groups of the interface have is not known",
                                  {"the rules of one of its groups are not known whole"}));
    }
  }

  void judge_acls() {
    for (const NetworkAcl& acl : snapshot_.all<NetworkAcl>()) {
      std::map<std::pair<bool, IpFamily>, std::size_t> rules;
      for (const NetworkAclEntry& entry : acl.entries) {
        rules[{entry.is_egress, entry.cidr.family()}] += entry.number <= kLastAclNumber ? 1 : 0;
      }
      std::vector<std::string> counts;
      for (const auto& [key, count] : rules) {
        if (is_near(count, kAclRules)) {
          counts.push_back(near_text(count, kAclRules));
        }
      }
      Finding finding = about(sg_quota_near.id, acl);
      findings_.push_back(counts.empty()
                              ? passed(std::move(finding), "far from what AWS allows")
                              : near(std::move(finding), counts,
                                     "leave single ports to the groups, or ask for up to 40"));
    }
  }

  void judge_regions() {
    std::map<std::pair<AccountId, Region>, std::pair<Owned, std::size_t>> places;
    const auto at = [&](const Owned& owned) -> std::size_t& {
      auto& [place, count] = places[{owned.account, owned.region}];
      place = {.account = owned.account, .region = owned.region, .tags = {}};
      return count;
    };
    for (const Vpc& vpc : snapshot_.all<Vpc>()) {
      at(vpc.owned);
    }
    for (const SecurityGroup& group : snapshot_.all<SecurityGroup>()) {
      ++at(group.owned);
    }
    for (const auto& [key, counted] : places) {
      const auto& [place, count] = counted;
      Finding finding = about(sg_quota_near.id, place_id(place), place);
      if (is_near(count, kRegion)) {
        findings_.push_back(near(std::move(finding), {near_text(count, kRegion)},
                                 "delete what the check sg-orphan names"));
      } else if (std::string gap = missing(snapshot_, Noun::SecurityGroups, "groups", place);
                 !gap.empty()) {
        findings_.push_back(unknown(std::move(finding), Risk::Info,
                                    "how many groups the region has is not known", {gap}));
      } else {
        findings_.push_back(passed(std::move(finding), "far from what AWS allows"));
      }
    }
  }

  const Context& context_;
  const Snapshot& snapshot_;
  std::map<SecurityGroupId, Sizes> sizes_;
  std::vector<Finding> findings_;
};

std::vector<Finding> run(const Context& context) { return Run(context).run(); }

constexpr std::string_view kYieldsTo[] = {"sg-too-many-rules"};

}  // namespace

const Check sg_quota_near = {
    .id = "sg-quota-near",
    .title = "Group, interface, NACL or region close to an AWS quota",
    .risk = Risk::Info,
    .resources = "SecurityGroup, NetworkInterface, NetworkAcl, Account and region",
    .why =
        "Who meets the limit during an incident cannot add the rule that would stop it, and widens "
        "an old one instead. Limits that were raised are not in the documents: the defaults count.",
    .fix =
        "Find out what your quotas are with aws service-quotas get-service-quota, and ask for more "
        "in time. Remove the rules and groups that nothing needs.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = no_remedy};

}  // namespace portolan::checks
