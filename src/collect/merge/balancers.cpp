#include <algorithm>
#include <unordered_map>
#include <utility>

#include "collect/merge/attribution.h"

namespace portolan::collect {

namespace {

template <class Row>
PathNames names_of(const std::vector<Row>& rows, const std::string Row::*name) {
  PathNames names;
  for (const Row& row : rows) {
    names.add(row.id.value, row.*name);
  }
  return names;
}

bool is_there(const Owned& owned, const Listing& listing) {
  return owned.account == listing.account && owned.region == listing.region;
}

/// Something that names a resource which no document describes.
void warn_dangling(Merge& merge, const Origin& origin, const std::string& holder) {
  merge.warn("unknown_holder", "no document describes the resource that this belongs to",
             merge.paths[origin.document], holder);
}

void join_listeners(Merge& merge) {
  auto& balancers = merge.inventory.of<LoadBalancer>();
  auto parts = take_parts<ListenersPart>(merge);
  const PathNames names = names_of(balancers, &LoadBalancer::balancer_name);
  Attribution<ListenersPart>{
      .merge = merge,
      .parts = parts,
      .names = names,
      .call = "elbv2 describe-listeners",
      .resources = balancers.size(),
      .candidates =
          [&](const Loose<ListenersPart>& part, const Holders& holders) {
            std::vector<std::string> ids;
            for (const LoadBalancer& row : balancers) {
              if (row.kind != BalancerKind::Classic && !holders.contains(row.id.value) &&
                  is_there(row.owned, merge.listings[part.origin.document])) {
                ids.push_back(row.id.value);
              }
            }
            return ids;
          },
      .fits = [](const Loose<ListenersPart>&, const std::string&) { return true; },
  }
      .run();
  for (auto& [holder, part, origin] : parts) {
    LoadBalancer* balancer = find_row(balancers, holder);
    if (balancer == nullptr) {
      warn_dangling(merge, origin, holder);
      continue;
    }
    if (!balancer->listeners) {
      balancer->listeners.emplace();
    }
    std::move(part.listeners.begin(), part.listeners.end(),
              std::back_inserter(*balancer->listeners));
  }
}

/// Sorts listeners and drops repeated ones; reports those that two documents tell differently.
void sort_listeners(Merge& merge) {
  for (LoadBalancer& balancer : merge.inventory.of<LoadBalancer>()) {
    if (!balancer.listeners || balancer.kind == BalancerKind::Classic) {
      continue;
    }
    auto& listeners = *balancer.listeners;
    std::sort(listeners.begin(), listeners.end());
    listeners.erase(std::unique(listeners.begin(), listeners.end()), listeners.end());
    const auto is_same = [](const Listener& a, const Listener& b) { return a.arn == b.arn; };
    const auto twin = std::adjacent_find(listeners.begin(), listeners.end(), is_same);
    if (twin != listeners.end()) {
      merge.warn("contradiction", "two documents describe a listener differently: the first counts",
                 "", twin->arn);
      merge.gap("contradiction", balancer.id.value,
                "two documents describe a listener differently");
      listeners.erase(std::unique(listeners.begin(), listeners.end(), is_same), listeners.end());
    }
  }
}

void join_rules(Merge& merge) {
  std::unordered_map<std::string_view, Listener*> by_arn;
  for (LoadBalancer& balancer : merge.inventory.of<LoadBalancer>()) {
    if (balancer.listeners) {
      for (Listener& listener : *balancer.listeners) {
        by_arn.emplace(listener.arn, &listener);
      }
    }
  }
  for (auto& [holder, rule, origin] : take_parts<ListenerRule>(merge)) {
    const auto found = by_arn.find(holder);
    if (found == by_arn.end()) {
      warn_dangling(merge, origin, holder);
      continue;
    }
    if (!found->second->rules) {
      found->second->rules.emplace();
    }
    found->second->rules->push_back(std::move(rule));
  }
  for (auto& [arn, listener] : by_arn) {
    if (listener->rules) {
      auto& rules = *listener->rules;
      std::sort(rules.begin(), rules.end());
      rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
    }
  }
}

/// True if the targets can be the group's: by the kind of their ids.
bool fits(const TargetGroup& group, const TargetsPart& part) {
  return std::all_of(part.targets.begin(), part.targets.end(), [&](const Target& target) {
    if (target.id.starts_with("i-")) {
      return group.target_type.empty() || group.target_type == "instance";
    }
    if (target.id.starts_with("arn:")) {
      return group.target_type == "lambda" || group.target_type == "alb";
    }
    return group.target_type == "ip";
  });
}

/// True if the targets use the group's own port, as most do.
bool has_same_port(const TargetGroup& group, const TargetsPart& part) {
  return std::all_of(part.targets.begin(), part.targets.end(), [&](const Target& target) {
    return target.port == 0 || target.port == group.port;
  });
}

/// The groups that lack targets and whose these may be; if the port tells some from others, those
/// with the right port.
std::vector<std::string> groups_for(const Merge& merge, const std::vector<TargetGroup>& groups,
                                    const Holders& holders, const Loose<TargetsPart>& part) {
  std::vector<std::string> fitting;
  std::vector<std::string> with_port;
  for (const TargetGroup& group : groups) {
    if (!holders.contains(group.id.value) && fits(group, part.part) &&
        is_there(group.owned, merge.listings[part.origin.document])) {
      fitting.push_back(group.id.value);
      if (has_same_port(group, part.part)) {
        with_port.push_back(group.id.value);
      }
    }
  }
  return with_port.size() == 1 ? with_port : fitting;
}

/// The targets of each group, out of all parts that are its.
void add_targets(Merge& merge, std::vector<Loose<TargetsPart>>& parts) {
  std::unordered_map<std::string_view, const Loose<TargetsPart>*> first;
  for (const Loose<TargetsPart>& part : parts) {
    TargetGroup* group = find_row(merge.inventory.of<TargetGroup>(), part.holder);
    if (group == nullptr) {
      warn_dangling(merge, part.origin, part.holder);
      continue;
    }
    const auto [entry, is_first] = first.emplace(part.holder, &part);
    if (is_first) {
      group->targets = part.part.targets;
    } else if (entry->second->part.targets != part.part.targets) {
      merge.warn("contradiction", "two documents list different targets: all count",
                 merge.paths[part.origin.document], part.holder);
      merge.gap("contradiction", part.holder, "two documents list different targets");
      group->targets->insert(group->targets->end(), part.part.targets.begin(),
                             part.part.targets.end());
    }
  }
  for (TargetGroup& group : merge.inventory.of<TargetGroup>()) {
    if (group.targets) {
      auto& targets = *group.targets;
      std::sort(targets.begin(), targets.end());
      targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    }
  }
}

void join_targets(Merge& merge) {
  auto& groups = merge.inventory.of<TargetGroup>();
  auto parts = take_parts<TargetsPart>(merge);
  const PathNames names = names_of(groups, &TargetGroup::group_name);
  Attribution<TargetsPart>{
      .merge = merge,
      .parts = parts,
      .names = names,
      .call = "elbv2 describe-target-health",
      .resources = groups.size(),
      .candidates =
          [&](const Loose<TargetsPart>& part, const Holders& holders) {
            return groups_for(merge, groups, holders, part);
          },
      .fits =
          [&](const Loose<TargetsPart>& part, const std::string& id) {
            const TargetGroup* group = find_row(groups, id);
            return group != nullptr && fits(*group, part.part);
          },
  }
      .run();
  add_targets(merge, parts);
}

void apply(const AttributesPart& part, LoadBalancer& row) {
  if (part.cross_zone) {
    row.is_cross_zone = *part.cross_zone == "true";
  }
  row.logs_access = part.logs_access ? part.logs_access : row.logs_access;
  row.drops_invalid_headers =
      part.drops_invalid_headers ? part.drops_invalid_headers : row.drops_invalid_headers;
  row.desync_mode = part.desync_mode ? part.desync_mode : row.desync_mode;
}

void apply(const AttributesPart& part, TargetGroup& row) {
  row.cross_zone = part.cross_zone ? part.cross_zone : row.cross_zone;
  row.preserves_client_ip =
      part.preserves_client_ip ? part.preserves_client_ip : row.preserves_client_ip;
}

bool lacks_attributes(const LoadBalancer& row) { return !row.is_cross_zone && !row.logs_access; }
bool lacks_attributes(const TargetGroup& row) {
  return !row.cross_zone && !row.preserves_client_ip;
}

/// A Classic Load Balancer has attributes of its own kind.
bool is_of_kind(const LoadBalancer& row, const AttributesPart& part) {
  return (row.kind == BalancerKind::Classic) == part.is_of_classic;
}
bool is_of_kind(const TargetGroup&, const AttributesPart&) { return true; }

/// Attributes of balancers (or of target groups) that know their holder or find it.
template <class Row>
void join_attributes(Merge& merge, std::vector<Loose<AttributesPart>> parts,
                     const std::string Row::*name, std::string_view call) {
  auto& rows = merge.inventory.of<Row>();
  const PathNames names = names_of(rows, name);
  Attribution<AttributesPart>{
      .merge = merge,
      .parts = parts,
      .names = names,
      .call = call,
      .resources = rows.size(),
      .candidates =
          [&](const Loose<AttributesPart>& part, const Holders& holders) {
            std::vector<std::string> ids;
            for (const Row& row : rows) {
              if (lacks_attributes(row) && is_of_kind(row, part.part) &&
                  !holders.contains(row.id.value) &&
                  is_there(row.owned, merge.listings[part.origin.document])) {
                ids.push_back(row.id.value);
              }
            }
            return ids;
          },
      .fits =
          [&](const Loose<AttributesPart>& part, const std::string& id) {
            const Row* row = find_row(rows, id);
            return row != nullptr && is_of_kind(*row, part.part);
          },
  }
      .run();
  for (const auto& [holder, part, origin] : parts) {
    if (Row* row = find_row(rows, holder)) {
      apply(part, *row);
    } else {
      warn_dangling(merge, origin, holder);
    }
  }
}

void join_attributes(Merge& merge) {
  std::vector<Loose<AttributesPart>> of_balancers;
  std::vector<Loose<AttributesPart>> of_classic;
  std::vector<Loose<AttributesPart>> of_groups;
  for (auto& part : take_parts<AttributesPart>(merge)) {
    if (part.part.is_of_classic) {
      if (!part.holder.empty()) {
        const Listing& listing = merge.listings[part.origin.document];
        part.holder =
            classic_arn({.account = listing.account, .region = listing.region}, part.holder);
      }
      of_classic.push_back(std::move(part));
      continue;
    }
    const bool is_of_group =
        part.part.is_of_target_group || part.holder.find(":targetgroup/") != std::string::npos;
    (is_of_group ? of_groups : of_balancers).push_back(std::move(part));
  }
  join_attributes<LoadBalancer>(merge, std::move(of_balancers), &LoadBalancer::balancer_name,
                                "elbv2 describe-load-balancer-attributes");
  join_attributes<LoadBalancer>(merge, std::move(of_classic), &LoadBalancer::balancer_name,
                                "elb describe-load-balancer-attributes");
  join_attributes<TargetGroup>(merge, std::move(of_groups), &TargetGroup::group_name,
                               "elbv2 describe-target-group-attributes");
}

/// The Classic Load Balancer of that name in the place that the document is of.
LoadBalancer* classic_of(Merge& merge, const std::string& name, const Listing& listing) {
  return find_row(merge.inventory.of<LoadBalancer>(),
                  classic_arn({.account = listing.account, .region = listing.region}, name));
}

/// Tags of what no document describes are dropped: nothing depends on them.
void join_tags(Merge& merge) {
  for (auto& [holder, part, origin] : take_parts<TagsPart>(merge)) {
    LoadBalancer* balancer = holder.starts_with("arn:")
                                 ? find_row(merge.inventory.of<LoadBalancer>(), holder)
                                 : classic_of(merge, holder, merge.listings[origin.document]);
    if (balancer != nullptr) {
      balancer->owned.tags = std::move(part.tags);
    } else if (TargetGroup* group = find_row(merge.inventory.of<TargetGroup>(), holder)) {
      group->owned.tags = std::move(part.tags);
    }
  }
}

}  // namespace

void join_balancers(Merge& merge) {
  join_listeners(merge);
  sort_listeners(merge);
  join_rules(merge);
  join_targets(merge);
  join_attributes(merge);
  join_tags(merge);
}

}  // namespace portolan::collect
