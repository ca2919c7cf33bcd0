#include <map>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/collected.h"
#include "checks/finding_text.h"

namespace portolan::checks {

extern const Check account_many_groups;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Amazon VPC quotas"};

/// Up to this many nobody minds. Beyond it groups are many where there are more of them than of
/// interfaces that they could guard: a fixed number would blame every large account.
constexpr std::size_t kFew = 50;

struct Counts {
  Owned place;
  std::size_t groups = 0;  // that somebody made
  std::size_t interfaces = 0;
};

using Places = std::map<std::pair<AccountId, Region>, Counts>;

Counts& counts_at(Places& places, const Owned& owned) {
  Counts& counts = places[{owned.account, owned.region}];
  counts.place = {.account = owned.account, .region = owned.region, .tags = {}};
  return counts;
}

Places count(const Snapshot& snapshot) {
  Places places;
  for (const Vpc& vpc : snapshot.all<Vpc>()) {
    counts_at(places, vpc.owned);
  }
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    counts_at(places, group.owned).groups += group.is_default() ? 0 : 1;
  }
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    ++counts_at(places, interface.owned).interfaces;
  }
  return places;
}

Finding judge(const Snapshot& snapshot, const Counts& counts) {
  Finding finding = about(account_many_groups.id, place_id(counts.place), counts.place);
  std::string gap = missing(snapshot, Noun::SecurityGroups, "groups", counts.place);
  if (gap.empty() && counts.groups > kFew) {
    gap = missing(snapshot, Noun::NetworkInterfaces, "interfaces", counts.place);
  }
  if (!gap.empty()) {
    return unknown(std::move(finding), Risk::Info,
                   "whether there are more groups than interfaces is not known", {gap});
  }
  if (counts.groups <= kFew || counts.groups <= counts.interfaces) {
    return passed(std::move(finding), "the region has no more groups than it uses");
  }
  finding.risk = Risk::Info;
  finding.message =
      fmt::format("the region has {} groups for {} interfaces", counts.groups, counts.interfaces);
  finding.fix = "delete what the checks sg-orphan, sg-orphan-cluster and sg-duplicate name";
  return finding;
}

std::vector<Finding> run(const Context& context) {
  std::vector<Finding> findings;
  for (const auto& [key, counts] : count(context.snapshot())) {
    findings.push_back(judge(context.snapshot(), counts));
  }
  return findings;
}

}  // namespace

const Check account_many_groups = {
    .id = "account-many-groups",
    .title = "More groups in a region than interfaces to guard",
    .risk = Risk::Info,
    .resources = "Account and region",
    .why =
        "Most of such groups are leftovers of what is gone. Among hundreds of them nobody sees the "
        "one that is open, and a wrong one is attached by a slip of the hand.",
    .fix =
        "See which groups are orphans, duplicates or only referenced, with the checks about them. "
        "Delete those that nothing needs.",
    .references = kReferences,
    .run = run,
    .remedy = no_remedy};

}  // namespace portolan::checks
