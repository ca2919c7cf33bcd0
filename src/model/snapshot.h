#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/balancer.h"
#include "model/block_public_access.h"
#include "model/compute.h"
#include "model/endpoint.h"
#include "model/gap.h"
#include "model/network.h"
#include "model/security_group.h"
#include "model/transit.h"

namespace portolan {

/// All resources of one noun, sorted by id, found by id. INVARIANT: ids are unique.
template <class Resource>
class Table {
 public:
  using IdType = decltype(Resource::id);

  Table() = default;
  /// Asserts nothing: of two rows with one id the first in input order stays, the decoder having
  /// merged and reported them before. Cost: n log n.
  explicit Table(std::vector<Resource> rows) : rows_(std::move(rows)) {
    const auto is_before = [](const Resource& a, const Resource& b) { return a.id < b.id; };
    if (!std::is_sorted(rows_.begin(), rows_.end(), is_before)) {  // moving rows costs most
      std::stable_sort(rows_.begin(), rows_.end(), is_before);
    }
    rows_.erase(std::unique(rows_.begin(), rows_.end(),
                            [](const Resource& a, const Resource& b) { return a.id == b.id; }),
                rows_.end());
    index_.reserve(rows_.size());
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      index_.emplace(rows_[row].id.value, row);
    }
  }
  Table(Table&&) noexcept = default;
  Table& operator=(Table&&) noexcept = default;
  Table(const Table&) = delete;  // the index views into the rows
  Table& operator=(const Table&) = delete;
  ~Table() = default;

  [[nodiscard]] std::span<const Resource> rows() const { return rows_; }
  /// Null if there is no such resource. Cost: one hash look-up.
  [[nodiscard]] const Resource* find(std::string_view id) const {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : &rows_[found->second];
  }

 private:
  std::vector<Resource> rows_;
  std::unordered_map<std::string_view, std::size_t> index_;
};

/// The rows that a snapshot is made of, filled by the decoder (or a test) and then frozen.
struct Inventory {
  std::tuple<
      std::vector<Vpc>, std::vector<Subnet>, std::vector<RouteTable>, std::vector<NetworkAcl>,
      std::vector<SecurityGroup>, std::vector<NetworkInterface>, std::vector<Instance>,
      std::vector<InternetGateway>, std::vector<EgressOnlyInternetGateway>, std::vector<NatGateway>,
      std::vector<VpcPeering>, std::vector<TransitGateway>, std::vector<TransitGatewayAttachment>,
      std::vector<TransitGatewayRouteTable>, std::vector<VpnGateway>, std::vector<VpnConnection>,
      std::vector<VpcEndpoint>, std::vector<EndpointService>, std::vector<PrefixList>,
      std::vector<DbInstance>, std::vector<LoadBalancer>, std::vector<TargetGroup>,
      std::vector<NetworkFirewall>, std::vector<FirewallPolicy>, std::vector<FirewallRuleGroup>,
      std::vector<BlockPublicAccess>, std::vector<BlockPublicAccessExclusion>>
      tables;
  std::vector<GroupMention> mentions;
  Coverage coverage;
  std::vector<Gap> gaps;

  template <class Resource>
  std::vector<Resource>& of() {
    return std::get<std::vector<Resource>>(tables);
  }
};

/// What exists, and what is not known about it: immutable.
///
/// Example:
///     const Subnet* subnet = snapshot.find(eni.subnet);
///     for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) { … }
class Snapshot {
 public:
  Snapshot() = default;
  explicit Snapshot(Inventory inventory);

  template <class Resource>
  [[nodiscard]] std::span<const Resource> all() const {
    return std::get<Table<Resource>>(tables_).rows();
  }
  /// Null if the resource is not in the snapshot (which is not the same as: does not exist).
  template <class Resource>
  [[nodiscard]] const Resource* find(const Id<Resource>& id) const {
    return std::get<Table<Resource>>(tables_).find(id.value);
  }
  /// Places where group ids stand outside rules and interfaces, sorted by group.
  [[nodiscard]] std::span<const GroupMention> mentions() const { return mentions_; }
  [[nodiscard]] const Coverage& coverage() const { return coverage_; }
  /// What is known to be missing, sorted.
  [[nodiscard]] std::span<const Gap> gaps() const { return gaps_; }

 private:
  std::tuple<Table<Vpc>, Table<Subnet>, Table<RouteTable>, Table<NetworkAcl>, Table<SecurityGroup>,
             Table<NetworkInterface>, Table<Instance>, Table<InternetGateway>,
             Table<EgressOnlyInternetGateway>, Table<NatGateway>, Table<VpcPeering>,
             Table<TransitGateway>, Table<TransitGatewayAttachment>,
             Table<TransitGatewayRouteTable>, Table<VpnGateway>, Table<VpnConnection>,
             Table<VpcEndpoint>, Table<EndpointService>, Table<PrefixList>, Table<DbInstance>,
             Table<LoadBalancer>, Table<TargetGroup>, Table<NetworkFirewall>, Table<FirewallPolicy>,
             Table<FirewallRuleGroup>, Table<BlockPublicAccess>, Table<BlockPublicAccessExclusion>>
      tables_;
  std::vector<GroupMention> mentions_;
  Coverage coverage_;
  std::vector<Gap> gaps_;
};

}  // namespace portolan
