#include "checks/group_uses.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::checks {

namespace {

constexpr std::size_t kEvidenceMax = 5;

void note(GroupUse& use, std::string evidence) {
  if (use.evidence.size() < kEvidenceMax) {
    use.evidence.push_back(std::move(evidence));
  }
}

/// Documents that name groups of what may have no interface yet, or has none while it sleeps.
constexpr std::array kNamers = {
    Noun::LaunchTemplateVersions,
    Noun::LaunchConfigurations,
    Noun::Functions,
    Noun::EcsServices,
    Noun::EksNodeGroups,
    Noun::DbInstances,
    Noun::RedshiftClusters,
    Noun::ClientVpnEndpoints,
};

/// The same of calls that fill no table: of these only their failure is known.
/// SOURCE: posture 2.2, services whose read APIs return the ids of groups.
constexpr std::array<std::string_view, 49> kNamingServices = {
    "amp ",
    "apprunner ",
    "appstream ",
    "autoscaling ",
    "batch ",
    "cloudhsmv2 ",
    "codebuild ",
    "dax ",
    "dms ",
    "ds ",
    "ec2 describe-instance-connect-endpoints",
    "ec2 describe-spot-fleet-requests",
    "ec2 describe-verified-access-endpoints",
    "ecs ",
    "efs ",
    "eks ",
    "elasticache ",
    "emr ",
    "emr-serverless ",
    "events ",
    "evs ",
    "firehose ",
    "glue ",
    "grafana ",
    "imagebuilder ",
    "kafka ",
    "kafkaconnect ",
    "kinesisanalyticsv2 ",
    "lambda ",
    "m2 ",
    "memorydb ",
    "mq ",
    "mwaa ",
    "opensearch ",
    "opensearchserverless ",
    "osis ",
    "pcs ",
    "pipes ",
    "rds ",
    "redshift ",
    "redshift-serverless ",
    "route53resolver ",
    "sagemaker ",
    "scheduler ",
    "synthetics ",
    "timestream-influxdb ",
    "transfer ",
    "vpc-lattice ",
    "workspaces ",
};

bool names_groups(std::string_view call) {
  return std::any_of(kNamingServices.begin(), kNamingServices.end(),
                     [&](std::string_view service) { return call.starts_with(service); });
}

/// The calls that were made for the account and region, and failed.
std::vector<std::string> failed_calls(const Snapshot& snapshot, const Owned& owned) {
  const std::string place = fmt::format("{} {} ", owned.account.text(), owned.region.text());
  std::vector<std::string> calls;
  for (const std::string_view code : {"call_denied", "call_failed", "call_partial"}) {
    const auto gaps = snapshot.gaps();  // sorted
    auto gap = std::lower_bound(gaps.begin(), gaps.end(), std::tuple(code, std::string_view(place)),
                                [](const Gap& each, const auto& key) {
                                  return std::tuple<std::string_view, std::string_view>(
                                             each.code, each.resource) < key;
                                });
    for (; gap != gaps.end() && gap->code == code && gap->resource.starts_with(place); ++gap) {
      if (const std::string call = gap->resource.substr(place.size()); names_groups(call)) {
        calls.push_back(call);
      }
    }
  }
  return calls;
}

/// The first few of a list, and how many more there are.
std::string shortened(std::string_view list) {
  constexpr std::size_t kMost = 6;
  std::vector<std::string> shown;
  std::size_t left_out = 0;
  for (const std::string_view each : split(list, ',')) {
    if (shown.size() < kMost) {
      shown.emplace_back(trimmed(each));
    } else {
      ++left_out;
    }
  }
  return joined(shown, ", ") + (left_out == 0 ? "" : fmt::format(" and {} more", left_out));
}

/// What is missing to say that nothing without an interface names a group of that account and
/// region; empty if nothing is.
std::string missing_names(const Snapshot& snapshot, const Owned& owned) {
  std::vector<std::string> calls = failed_calls(snapshot, owned);
  for (const Noun noun : kNamers) {
    if (!snapshot.coverage().has(noun, owned.account, owned.region)) {
      calls.emplace_back(call_of(noun));
    }
  }
  std::sort(calls.begin(), calls.end());
  calls.erase(std::unique(calls.begin(), calls.end()), calls.end());
  const std::string_view unasked = snapshot.coverage().unasked(owned.account, owned.region);
  if (!unasked.empty()) {
    calls.push_back(fmt::format("{} (not asked, as `portolan collect` does)", shortened(unasked)));
  }
  if (calls.empty()) {
    return {};
  }
  return fmt::format("what may name the group without an interface was not collected for {} {}: {}",
                     owned.account.text(), owned.region.text(), joined(calls, ", "));
}

/// What is missing to say that no interface has the group; empty if nothing is.
std::string missing(const Snapshot& snapshot, const SecurityGroup& group) {
  if (!snapshot.coverage().has(Noun::NetworkInterfaces, group.owned.account, group.owned.region)) {
    return fmt::format("the interfaces of {} {} were not collected: {}", group.owned.account.text(),
                       group.owned.region.text(), call_of(Noun::NetworkInterfaces));
  }
  for (const SecurityGroupVpcAssociation& association : group.associations) {
    if (association.state == "associated" && snapshot.find(association.vpc) == nullptr) {
      return fmt::format("the group is associated with {}, which was not collected",
                         association.vpc.value);
    }
  }
  return {};
}

/// Sets of rows, joined two by two.
class Joined {
 public:
  explicit Joined(std::size_t count) : parents_(count) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t row) {
    while (parents_[row] != row) {
      parents_[row] = parents_[parents_[row]];
      row = parents_[row];
    }
    return row;
  }
  void join(std::size_t a, std::size_t b) {
    // The lesser row leads, so that the result does not hang on the order.
    const std::size_t first = root(a);
    const std::size_t second = root(b);
    parents_[std::max(first, second)] = std::min(first, second);
  }

 private:
  std::vector<std::size_t> parents_;
};

}  // namespace

std::vector<SecurityGroupId> referenced_groups(const SecurityGroup& group) {
  std::vector<SecurityGroupId> ids;
  for (const SecurityGroupRule& rule : group.rules) {
    const auto* reference = std::get_if<GroupReference>(&rule.peer);
    if (reference != nullptr && reference->group != group.id) {
      ids.push_back(reference->group);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

GroupUses::GroupUses(const Estate& estate)
    : groups_(estate.snapshot().all<SecurityGroup>()),
      uses_(groups_.size()),
      is_clustered_(uses_.size()) {
  judge_rows(estate);
  mark_referenced(estate.snapshot());
  gather_clusters(estate.snapshot());
  for (const SecurityGroup& group : groups_) {
    for (const SecurityGroupId& id : referenced_groups(group)) {
      named_by_[id].push_back(&group);
    }
  }
}

std::size_t GroupUses::row_of(const SecurityGroup& group) const { return groups_.position(group); }

const GroupUse& GroupUses::of(const SecurityGroup& group) const { return uses_[row_of(group)]; }

bool GroupUses::is_in_cluster(const SecurityGroup& group) const {
  return is_clustered_[row_of(group)] != 0;
}

std::span<const SecurityGroup* const> GroupUses::named_by(const SecurityGroupId& id) const {
  const auto found = named_by_.find(id);
  return found == named_by_.end() ? std::span<const SecurityGroup* const>()
                                  : std::span<const SecurityGroup* const>(found->second);
}

/// The roots of the marking: what interfaces have, and what other documents name.
void GroupUses::judge_rows(const Estate& estate) {
  const Snapshot& snapshot = estate.snapshot();
  for (const GroupMention& mention : snapshot.mentions()) {
    if (const SecurityGroup* group = snapshot.find(mention.group)) {
      GroupUse& use = uses_[row_of(*group)];
      use.use = Use::Configured;
      note(use, fmt::format("{}#{}", mention.file, mention.pointer));
    }
  }
  std::map<std::pair<AccountId, Region>, std::string> unread;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    GroupUse& use = uses_[row_of(group)];
    const Interfaces& interfaces = estate.interfaces_of(group.id);
    if (!interfaces.empty()) {
      use = {.use = Use::Attached, .evidence = {}, .gap = {}};
      for (const NetworkInterface* interface : interfaces) {
        note(use, interface->id.value);
      }
    } else if (std::string gap = missing(snapshot, group); !gap.empty()) {
      use = {.use = Use::Unknown, .evidence = {}, .gap = std::move(gap)};
    } else if (use.use == Use::Orphan) {
      const auto [place, is_new] =
          unread.try_emplace(std::pair(group.owned.account, group.owned.region));
      if (is_new) {
        place->second = missing_names(snapshot, group.owned);
      }
      if (!place->second.empty()) {
        use = {.use = Use::Unknown, .evidence = {}, .gap = place->second};
      }
    }
  }
}

/// Rules of live groups, and of groups of which nobody knows, keep what they name.
void GroupUses::mark_referenced(const Snapshot& snapshot) {
  std::vector<std::pair<const SecurityGroup*, std::string>> marks;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    if (of(group).use == Use::Orphan) {
      continue;
    }
    for (const SecurityGroupId& id : referenced_groups(group)) {
      const SecurityGroup* other = snapshot.find(id);
      if (other != nullptr && of(*other).use == Use::Orphan) {
        marks.emplace_back(other, group.id.value);
      }
    }
  }
  for (const auto& [group, by] : marks) {
    GroupUse& use = uses_[row_of(*group)];
    use.use = Use::Referenced;
    note(use, by);
  }
}

void GroupUses::gather_clusters(const Snapshot& snapshot) {
  const auto is_candidate = [&](const SecurityGroup& group) {
    return of(group).use == Use::Orphan && !group.is_default();
  };
  Joined joined(uses_.size());
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    if (!is_candidate(group)) {
      continue;
    }
    for (const SecurityGroupId& id : referenced_groups(group)) {
      const SecurityGroup* other = snapshot.find(id);
      if (other != nullptr && is_candidate(*other)) {
        joined.join(row_of(group), row_of(*other));
      }
    }
  }
  std::map<std::size_t, OrphanCluster> by_root;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    if (is_candidate(group)) {
      by_root[joined.root(row_of(group))].groups.push_back(&group);
    }
  }
  for (auto& [root, cluster] : by_root) {
    if (cluster.groups.size() < 2) {
      continue;
    }
    for (const SecurityGroup* group : cluster.groups) {
      is_clustered_[row_of(*group)] = 1;
    }
    clusters_.push_back(std::move(cluster));
  }
}

}  // namespace portolan::checks
