#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "checks/estate.h"
#include "checks/memo.h"
#include "core/ip.h"
#include "core/service.h"
#include "model/security_group.h"

/// Private to the module: what the members of a group have to reach, as far as the connection graph
/// and the user tell.
namespace portolan::checks {

/// Services by the peer that they are needed of. A group is named by its id alone.
using Needs = std::map<RulePeer, ServiceSet>;

/// What the members of one group need. What follows from the rules of others is not written out: it
/// is the same for very many, and looked up in the rules of whoever is asked about.
class GroupNeeds {
 public:
  /// Of `services` those that are needed of an interface. Cost: the rules of its groups.
  [[nodiscard]] ServiceSet of(const NetworkInterface& interface) const;
  /// The services that are needed of that very peer. Cost: the rules of the group that it names.
  [[nodiscard]] ServiceSet of(const RulePeer& peer) const;
  /// Some of the needs, at most `count`: all if there are fewer.
  [[nodiscard]] Needs first(std::size_t count) const;
  /// Blocks of addresses that are needed for some services.
  [[nodiscard]] std::vector<std::pair<IpPrefix, ServiceSet>> blocks() const;
  /// What may be needed beside them; empty if nothing.
  [[nodiscard]] const std::string& gap() const { return gap_; }

 private:
  friend class EgressNeeds;
  using Place = std::pair<VpcId, IpPrefix>;

  Needs told_;  // of balancers, endpoints, dependencies
  std::string gap_;
  const EgressNeeds* all_ = nullptr;
  std::vector<SecurityGroupId> names_;  // sorted: this group, and the others of its members
  std::vector<Place> places_;           // sorted: subnets and parts of them that rules let in
};

/// Members of a group need the targets of the balancers that have it, the groups that let it in by
/// name, or its members by their subnet or address, the endpoints of their VPC, and what the user
/// declared. What AWS runs on link-local addresses (DNS, time, metadata) no group filters.
/// SOURCE: VPC User Guide, "Control traffic to your AWS resources using security groups".
///
/// Cost: linear in rules, balancers and endpoints when made; `of` in the members of the group.
class EgressNeeds {
 public:
  explicit EgressNeeds(const Context& context);
  EgressNeeds(const EgressNeeds&) = delete;
  EgressNeeds& operator=(const EgressNeeds&) = delete;

  /// `group` must be a row of the snapshot.
  [[nodiscard]] const GroupNeeds& of(const SecurityGroup& group) const;
  /// True if the user declared what some members need, or who needs them.
  [[nodiscard]] bool is_declared(const SecurityGroup& group) const;

 private:
  friend class GroupNeeds;
  /// A rule of a group that lets in.
  struct Admission {
    const SecurityGroup* by = nullptr;
    const SecurityGroupRule* rule = nullptr;
  };
  using Admissions = std::vector<Admission>;
  /// What is needed of something that many share.
  struct Share {
    Needs needs;
    std::string gap;
  };

  void add_balancers(const Context& context);
  void add_targets(const Context& context, const LoadBalancer& balancer, const TargetGroup& group);
  void add_admissions(const Snapshot& snapshot);
  void add_endpoints(const Context& context);
  void add_gateway_endpoints(const Context& context);
  void add_dependencies(const Context& context);
  void add_dependency(const Context& context, const std::vector<SecurityGroupId>& from,
                      const Dependency& dependency);
  [[nodiscard]] Interfaces selected(const Context& context, const reach::Selector& selector) const;
  void add(const SecurityGroupId& group, const RulePeer& peer, const ServiceSet& services);
  void add_interface(const std::vector<SecurityGroupId>& groups, const NetworkInterface& interface,
                     const ServiceSet& services);
  [[nodiscard]] std::vector<RulePeer> peers_of(const NetworkInterface& interface,
                                               const ServiceSet& services) const;
  [[nodiscard]] GroupNeeds compute(const SecurityGroup& group) const;
  void take_places(const NetworkInterface& member, GroupNeeds& needs) const;
  void take_shares(const Interfaces& members, GroupNeeds& needs) const;

  const Snapshot* snapshot_;
  const Estate* estate_;
  std::unordered_map<SecurityGroupId, Share> own_;  // of the group itself, by its id
  std::unordered_map<VpcId, Share> by_vpc_;         // interface endpoints, unread rules
  std::unordered_map<SubnetId, Share> by_subnet_;   // gateway endpoints
  std::unordered_map<SecurityGroupId, Admissions> by_name_;
  std::unordered_map<IpPrefix, Admissions> by_block_;  // subnets, and parts of them
  std::set<int> lengths_;                              // of these blocks
  std::unordered_set<SecurityGroupId> declared_;
  Memo<GroupNeeds> answers_;  // by the group's row
};

}  // namespace portolan::checks
