#include "chart/places.h"

#include <set>
#include <string>
#include <string_view>

#include "chart/outside.h"

namespace portolan::chart {

namespace {

/// `VPC ELB app/NAME/ID`, `VPC ELB NAME`: how ELB describes the interfaces that it makes for the
/// nodes of the balancers of the snapshot.
std::set<std::string> nodes_of_balancers(const Snapshot& snapshot) {
  static constexpr std::string_view kResource = "loadbalancer/";
  std::set<std::string> descriptions;
  for (const LoadBalancer& balancer : snapshot.all<LoadBalancer>()) {
    const std::size_t at = balancer.id.value.find(kResource);
    if (at != std::string::npos) {
      descriptions.insert(balancer.vpc.value + " ELB " +
                          balancer.id.value.substr(at + kResource.size()));
    }
  }
  return descriptions;
}

bool is_node(const std::set<std::string>& descriptions, const NetworkInterface* interface) {
  return interface != nullptr &&
         descriptions.contains(interface->vpc.value + " " + interface->description);
}

}  // namespace

std::vector<ChartEnd> chart_ends(const Chart& chart, const reach::Connections& connections,
                                 const std::vector<reach::EndClass>& ends) {
  const Snapshot& snapshot = connections.network().snapshot();
  const std::set<std::string> nodes = nodes_of_balancers(snapshot);
  std::vector<ChartEnd> found(ends.size());
  const auto add = [&](ChartEnd& end, std::string_view key) {
    if (const auto number = chart.find(key)) {
      end.nodes.push_back(*number);
    }
  };
  for (std::size_t i = 0; i < ends.size(); ++i) {
    const reach::EndClass& given = ends[i];
    ChartEnd& end = found[i];
    switch (given.kind) {
      case reach::EndClass::Kind::Interfaces:
        end.is_class = true;
        end.nodes.reserve(given.interfaces.size());
        for (const NetworkInterface* interface : given.interfaces) {
          add(end, interface->id.value);
        }
        break;
      case reach::EndClass::Kind::Outside:
        if (!is_served_by_aws(given.block)) {
          end.is_outside = true;
          end.is_internet = given.place.address && given.place.address->is_public();
          end.nodes.push_back(chart.outside_of(given.block, end.is_internet));
        }
        break;
      case reach::EndClass::Kind::Alone:
        add(end, given.place.id);
        if (given.place.kind == reach::Place::Kind::Interface &&
            is_node(nodes, snapshot.find(NetworkInterfaceId{given.place.id}))) {
          end.nodes.clear();
        }
        break;
    }
  }
  return found;
}

}  // namespace portolan::chart
