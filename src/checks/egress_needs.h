#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "checks/estate.h"
#include "core/ip.h"
#include "core/service.h"
#include "model/security_group.h"

/// Private to the module: what the members of a group have to reach, as far as the connection graph
/// and the user tell.
namespace portolan::checks {

/// Services by the peer that they are needed of. A group is named by its id alone.
using Needs = std::map<RulePeer, ServiceSet>;

struct GroupNeeds {
  Needs needs;
  std::string gap;  // what may be needed beside them; empty if nothing

  /// Of `services` those that are needed of an interface.
  [[nodiscard]] ServiceSet of(const NetworkInterface& interface) const;
  /// The services that are needed of that very peer.
  [[nodiscard]] ServiceSet of(const RulePeer& peer) const;
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

  /// `group` must be a row of the snapshot.
  [[nodiscard]] const GroupNeeds& of(const SecurityGroup& group) const;
  /// True if the user declared what some members need, or who needs them.
  [[nodiscard]] bool is_declared(const SecurityGroup& group) const;

 private:
  struct Admission {
    const SecurityGroup* by = nullptr;
    const SecurityGroupRule* rule = nullptr;
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
  void take_member(const NetworkInterface& member, std::unordered_set<std::string>& seen,
                   GroupNeeds& all) const;
  void take_blocks(const NetworkInterface& member, std::unordered_set<std::string>& seen,
                   GroupNeeds& all) const;

  const Snapshot* snapshot_;
  const Estate* estate_;
  std::unordered_map<SecurityGroupId, GroupNeeds> own_;  // of the group itself, by its id
  std::unordered_map<VpcId, GroupNeeds> by_vpc_;         // interface endpoints, unread rules
  std::unordered_map<SubnetId, GroupNeeds> by_subnet_;   // gateway endpoints
  std::unordered_map<IpPrefix, std::vector<Admission>> by_block_;  // subnets, and parts of them
  std::unordered_set<SecurityGroupId> declared_;
  mutable std::unordered_map<SecurityGroupId, GroupNeeds> answers_;
};

}  // namespace portolan::checks
