#include "chart/homes.h"

#include <algorithm>
#include <tuple>

#include "chart/tree.h"
#include "model/any_resource.h"

namespace portolan::chart {

Homes::Homes(const Chart& chart, const Snapshot& snapshot) : chart_(chart), snapshot_(snapshot) {
  [&]<class... Kinds>(std::type_identity<std::tuple<Kinds...>>) {
    (add_all<typename Kinds::type>(), ...);
  }(std::type_identity<ResourceKinds>{});
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    if (!interface.instance.empty()) {
      add(interface.instance.value, interface.id.value);
    }
  }
}

void Homes::add(const std::string& id, const std::string& key) {
  if (const auto number = chart_.find(key)) {
    std::vector<NodeNumber>& nodes = homes_[id];
    if (std::find(nodes.begin(), nodes.end(), *number) == nodes.end()) {
      nodes.push_back(*number);
    }
  }
}

/// In its own node, its subnets or its VPC, whichever it has; else in its region or account.
template <class Resource>
void Homes::add_all() {
  for (const Resource& resource : snapshot_.all<Resource>()) {
    const std::string& id = resource.id.value;
    if (const auto own = chart_.find(id)) {
      homes_[id] = {*own};
      continue;
    }
    if constexpr (std::is_same_v<Resource, Instance>) {
      if (!resource.interfaces.empty()) {
        continue;  // its interfaces tell
      }
    }
    if constexpr (requires { resource.subnets.begin()->value; }) {
      for (const SubnetId& subnet : resource.subnets) {
        add(id, subnet.value);
      }
    }
    if constexpr (requires { resource.vpc.value; }) {
      if (!homes_.contains(id)) {
        add(id, resource.vpc.value);
      }
    }
    if (!homes_.contains(id)) {
      add(id, region_key(resource.owned));
    }
    if (!homes_.contains(id)) {
      add(id, account_key(resource.owned.account));
    }
  }
}

const std::vector<NodeNumber>& Homes::of(const std::string& id) const {
  const auto found = homes_.find(id);
  return found == homes_.end() ? none_ : found->second;
}

std::vector<NodeNumber> Homes::of(const Finding& finding) const {
  std::vector<NodeNumber> nodes = of(finding.resource);
  for (const std::string& affected : finding.affected) {
    const std::vector<NodeNumber>& more = of(affected);
    nodes.insert(nodes.end(), more.begin(), more.end());
  }
  if (nodes.empty()) {
    const Owned owned{.account = finding.account, .region = finding.region, .tags = {}};
    for (const std::string& key : {region_key(owned), account_key(finding.account)}) {
      if (const auto number = chart_.find(key)) {
        return {*number};
      }
    }
    return {0};
  }
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  return nodes;
}

}  // namespace portolan::chart
