#pragma once

#include <functional>
#include <string>

#include "events/past/deed.h"

/// Private to the module: how a snapshot says that something is not known, and other help for the
/// two ways through an edit.
namespace portolan::events {

/// The effect of a deed, as it is put together.
class EffectMaker {
 public:
  EffectMaker(const Deed& deed, const Snapshot& snapshot) : deed_(deed), snapshot_(snapshot) {}

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }
  [[nodiscard]] const Event& event() const { return *deed_.event; }
  [[nodiscard]] const Before& before() const { return deed_.before; }
  [[nodiscard]] bool creates() const { return event().name.starts_with("Create"); }

  void change(Change made) { effect_.changes.push_back(std::move(made)); }
  template <class Resource>
  void set(Resource row) {
    change(ResourceSet{std::make_shared<const Resource>(std::move(row))});
  }
  /// Only what is there.
  void remove(const AnyId& id) { change(ResourceRemoved{id}); }

  /// `what` was or is not known: `… is not told by event …`.
  void gap(const std::string& resource, const std::string& what);
  /// The snapshot on this side lacks what the event made, or has what it took away.
  void contradict(const std::string& resource, const std::string& what);
  void doubt(const SecurityGroupId& group, const SecurityGroupRule& rule);

  /// The group, by its id or by the name in `name:NAME`; null if it is not in the snapshot.
  [[nodiscard]] const SecurityGroup* group(const SecurityGroupId& id) const;
  /// The rule with that id, otherwise the one that permits the same; null if there is none.
  [[nodiscard]] static const SecurityGroupRule* find_rule(const SecurityGroup& group,
                                                          const SecurityGroupRule& rule);
  /// The stand-in for just that rule, which is not known to have been there; null if there is none.
  [[nodiscard]] static const SecurityGroupRule* find_doubted(const SecurityGroup& group,
                                                             const SecurityGroupRule& rule);
  /// True if a rule that is not known at all may be that one.
  [[nodiscard]] static bool is_covered(const SecurityGroup& group, const SecurityGroupRule& rule);
  [[nodiscard]] std::vector<const NetworkInterface*> interfaces_of(const InstanceId& id) const;
  /// True if the account and region are those of the event, or not known.
  [[nodiscard]] bool is_here(const Owned& owned) const;

  // Each says that something is unknown, as a change; the gap is for the caller to tell.
  void unknown_rule(const SecurityGroupId& group, SecurityGroupRule rule);
  void unknown_acl(const NetworkAcl& acl);
  /// No NACL is known of these subnets.
  void unknown_acl_of(const std::vector<SubnetId>& subnets);
  void unknown_interface(const NetworkInterface& interface, bool may_be_public);
  /// The table of these subnets is not known.
  void unknown_table_of(const std::vector<SubnetId>& subnets);
  /// All interfaces of the account and region that `is_meant`.
  void unknown_interfaces(const std::function<bool(const NetworkInterface&)>& is_meant,
                          bool may_be_public);

  Effect finish() && { return std::move(effect_); }

 private:
  const Deed& deed_;
  const Snapshot& snapshot_;
  Effect effect_;
};

/// A rule of which only the direction and the services are known, or not even these.
SecurityGroupRule rule_not_told(SecurityGroupRule rule);

/// A table of which nothing is known.
RouteTable table_not_told(RouteTableId id);

/// The primary private IPv4 address.
std::optional<IpAddress> primary_address(const NetworkInterface& interface);

/// True if an Elastic IP of the snapshot is that address.
bool is_elastic(const Snapshot& snapshot, const IpAddress& address);

}  // namespace portolan::events
