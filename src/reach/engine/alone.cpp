#include "reach/engine/alone.h"

#include <algorithm>
#include <set>
#include <string>

#include "reach/network_index.h"

namespace portolan::reach {

namespace {

class Behind {
 public:
  Behind(const Network& network, const Numbers& groups)
      : snapshot_(network.snapshot()), index_(network.index()), groups_(groups) {}

  void add(const Place& place) {
    if (place.kind == Place::Kind::Balancer) {
      add_balancer(snapshot_.find(LoadBalancerId{place.id}));
      return;
    }
    const NetworkInterfaceId id{place.id};
    if (const NetworkInterface* interface = snapshot_.find(id)) {
      add_groups(interface->groups);
    }
    add_balancer(index_.balancer_of(id));
    if (const VpcEndpoint* endpoint = index_.endpoint_of(id)) {
      add_service(*endpoint);
    }
  }

  std::vector<std::uint32_t> take() { return {found_.begin(), found_.end()}; }

 private:
  void add_groups(const std::vector<SecurityGroupId>& ids) {
    for (const SecurityGroupId& id : ids) {
      if (const std::uint32_t number = groups_.find(id.value); number != kNone) {
        found_.insert(number);
      }
    }
  }

  void add_interfaces(const std::vector<const NetworkInterface*>& interfaces) {
    for (const NetworkInterface* interface : interfaces) {
      add_groups(interface->groups);
    }
  }

  void add_service(const VpcEndpoint& endpoint) {
    for (const EndpointService& service : snapshot_.all<EndpointService>()) {
      if (service.service_name == endpoint.service_name) {
        for (const LoadBalancerId& balancer : service.balancers) {
          add_balancer(snapshot_.find(balancer));
        }
      }
    }
  }

  void add_balancer(const LoadBalancer* balancer) {
    if (balancer == nullptr || !seen_.insert(balancer->id.value).second) {
      return;
    }
    add_groups(balancer->groups);
    add_interfaces(index_.nodes_of(balancer->id));
    for (const InstanceId& instance : balancer->instances) {
      add_interfaces(index_.interfaces_of(instance));
    }
    for (const TargetGroup* group : index_.target_groups_of(balancer->id)) {
      for (const Target& target : group->targets.value_or(std::vector<Target>{})) {
        add_interfaces(index_.interfaces_of(InstanceId{target.id}));
        add_balancer(snapshot_.find(LoadBalancerId{target.id}));
        if (const auto address = IpAddress::parse(target.id)) {
          add_interfaces(index_.interfaces_at(*address));
        }
      }
    }
  }

  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  const Numbers& groups_;
  std::set<std::uint32_t> found_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<std::uint32_t> groups_behind(const Network& network, const Place& place,
                                         const Numbers& groups) {
  Behind behind(network, groups);
  behind.add(place);
  return behind.take();
}

}  // namespace portolan::reach
