#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/check.h"
#include "core/ip.h"
#include "model/snapshot.h"

/// Private to the module.
namespace portolan::checks {

using Interfaces = std::vector<const NetworkInterface*>;

/// One private or IPv6 address and the interface that has it.
struct Located {
  IpAddress address;
  const NetworkInterface* interface = nullptr;
};

/// Who is where, and what the tags say of it: the look-ups of checks. Pointers are into the
/// snapshot.
class Estate {
 public:
  Estate(const Snapshot& snapshot, const Config& config);

  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  /// Interfaces that have the group, by id.
  [[nodiscard]] const Interfaces& interfaces_of(const SecurityGroupId& group) const;
  /// Groups that interfaces have and that were not collected, each with such an interface.
  [[nodiscard]] const std::map<SecurityGroupId, const NetworkInterface*>& unread_groups() const {
    return unread_groups_;
  }
  /// The private and IPv6 addresses in the block, of all VPCs or of one, sorted.
  [[nodiscard]] std::span<const Located> located_in(const IpPrefix& block) const;
  [[nodiscard]] std::span<const Located> located_in(const VpcId& vpc, const IpPrefix& block) const;
  /// The interface with that address in the VPC; null if none.
  [[nodiscard]] const NetworkInterface* interface_at(const VpcId& vpc,
                                                     const IpAddress& address) const;
  [[nodiscard]] const Instance* instance_of(const NetworkInterface& interface) const {
    return snapshot_->find(interface.instance);
  }
  /// The nodes of load balancers, by the description that ELB gives them.
  [[nodiscard]] const Interfaces& nodes_of(const LoadBalancer& balancer) const;

  /// What a VPC has of them, by id.
  [[nodiscard]] const std::vector<const NetworkAcl*>& acls_in(const VpcId& vpc) const;
  [[nodiscard]] const std::vector<const RouteTable*>& tables_in(const VpcId& vpc) const;

  /// Interfaces of one kind differ in nothing that a filter looks at but their very address: same
  /// subnet, groups and state, public or not. Interfaces that are the body of something else
  /// (balancers, gateways, endpoints) are a kind each.
  [[nodiscard]] std::size_t kind_of(const NetworkInterface& interface) const;
  /// How many kinds there are; they are numbered from 0.
  [[nodiscard]] std::size_t kinds() const { return kinds_count_; }
  /// Distinct sets of two groups or more that interfaces have, with those interfaces.
  [[nodiscard]] const std::map<std::vector<SecurityGroupId>, Interfaces>& group_sets() const {
    return group_sets_;
  }

  /// What the configured tags say of the instance, its interface, subnet or VPC.
  [[nodiscard]] bool is_production(const NetworkInterface& interface) const;
  [[nodiscard]] bool is_data_tier(const NetworkInterface& interface) const;
  [[nodiscard]] bool is_admin_source(const NetworkInterface& interface) const;

  /// Addresses of the public internet that no VPC of the snapshot has as its own CIDR.
  [[nodiscard]] const IpSet& outside(IpFamily family) const;
  /// An address of the set that nobody in the snapshot owns; nothing if all are owned.
  [[nodiscard]] std::optional<IpAddress> free_address(const IpSet& addresses) const;
  /// True if every address of the block is private or in a CIDR of a VPC or of a peered one.
  [[nodiscard]] bool is_internal(const IpPrefix& block) const;

 private:
  void place(const Snapshot& snapshot);
  void sort_by_kind(const Snapshot& snapshot);
  void chart_outside(const Snapshot& snapshot);
  using Patterns = std::vector<std::string>;  // in lower case
  /// What the tags say of each interface, by its row, once it was asked, by any thread.
  enum class Said : std::uint8_t { Nothing, No, Yes };
  using Memory = std::vector<std::atomic<Said>>;
  [[nodiscard]] std::size_t row_of(const NetworkInterface& interface) const;
  [[nodiscard]] bool has_tag(const NetworkInterface& interface, const Patterns& patterns,
                             Memory& memory) const;

  const Snapshot* snapshot_;
  Patterns production_;
  Patterns data_tier_;
  Patterns admin_source_;
  mutable Memory is_production_;
  mutable Memory is_data_tier_;
  mutable Memory is_admin_source_;
  std::unordered_map<SecurityGroupId, Interfaces> by_group_;
  std::map<SecurityGroupId, const NetworkInterface*> unread_groups_;
  std::map<std::vector<SecurityGroupId>, Interfaces> group_sets_;
  std::vector<std::size_t> kinds_;  // of each interface, by its row
  std::size_t kinds_count_ = 0;
  std::unordered_map<std::string, Interfaces> nodes_;       // by `VPC DESCRIPTION`
  std::vector<Located> by_address_;                         // sorted
  std::unordered_map<VpcId, std::vector<Located>> by_vpc_;  // sorted
  std::unordered_map<VpcId, std::vector<const NetworkAcl*>> acls_;
  std::unordered_map<VpcId, std::vector<const RouteTable*>> tables_;
  std::vector<IpAddress> owned_;  // sorted: public addresses of the snapshot
  IpSet internal_;                // CIDRs of the VPCs and their peers
  IpSet outside_v4_;
  IpSet outside_v6_;
};

/// The address by which the internet knows the interface, if it does.
std::optional<IpAddress> public_address(const NetworkInterface& interface, IpFamily family);
/// Its address inside the VPC, primary one first.
std::optional<IpAddress> private_address(const NetworkInterface& interface, IpFamily family);

/// `eni-… (web-1)`, or the id alone where nothing has a name.
std::string title_of(const Estate& estate, const NetworkInterface& interface);

/// Ids of the interfaces and of their instances, sorted, without repeats; at most `kAffectedMax`.
inline constexpr std::size_t kAffectedMax = 1000;
std::vector<std::string> affected_ids(std::span<const NetworkInterface* const> interfaces);

}  // namespace portolan::checks
