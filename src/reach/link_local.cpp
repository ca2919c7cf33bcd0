#include "reach/link_local.h"

#include <algorithm>
#include <string>

namespace portolan::reach {

namespace {

bool is_link_local(const IpAddress& address) {
  static const IpPrefix kV4 = IpPrefix(IpAddress::v4(0xA9FE0000U), 16);
  static const IpPrefix kV6 = IpPrefix(IpAddress::v6(0xFD00'0EC2'0000'0000ULL, 0), 32);
  return kV4.contains(address) || kV6.contains(address);
}

/// 169.254.169.253, fd00:ec2::253, or the VPC's base address plus two.
bool is_resolver(const Snapshot& snapshot, const NetworkInterface& from, const IpAddress& address) {
  if (address == IpAddress::v4(0xA9FEA9FDU) ||
      address == IpAddress::v6(0xFD00'0EC2'0000'0000ULL, 0x253)) {
    return true;
  }
  const Vpc* vpc = snapshot.find(from.vpc);
  return vpc != nullptr && address.is_v4() &&
         std::any_of(vpc->cidrs.begin(), vpc->cidrs.end(), [&](const IpPrefix& cidr) {
           return cidr.family() == IpFamily::V4 &&
                  IpAddress::v4(cidr.first().v4_bits() + 2) == address;
         });
}

}  // namespace

std::optional<Outcome> link_local(const Network& network, const End& from, const End& to,
                                  const ServiceSet& services) {
  if (from.interface == nullptr || to.interface != nullptr) {
    return std::nullopt;
  }
  ServiceSet served;
  std::string name;
  if (is_resolver(network.snapshot(), *from.interface, to.address)) {
    served = ServiceSet::udp(53).united(ServiceSet::tcp(53));
    name = "the Amazon resolver";
  } else if (to.address == IpAddress::v4(0xA9FEA9FEU) ||
             to.address == IpAddress::v6(0xFD00'0EC2'0000'0000ULL, 0x254)) {
    served = ServiceSet::tcp(80);
    name = "the instance metadata service";
  } else if (to.address == IpAddress::v4(0xA9FEA97BU) ||
             to.address == IpAddress::v6(0xFD00'0EC2'0000'0000ULL, 0x123)) {
    served = ServiceSet::udp(123);
    name = "the Amazon time service";
  } else if (!is_link_local(to.address)) {
    return std::nullopt;
  }
  const ServiceSet passing = served.intersected(services);
  if (passing.empty()) {
    return blocked(Direction::Forward, to.address.text(), "", Reason::EndpointServicePort,
                   "no link-local service of AWS answers there");
  }
  return Outcome{.passage = Passage::of(passing),
                 .hops = {{.direction = Direction::Forward,
                           .component = to.address.text(),
                           .rule = {},
                           .reason = Reason::Passed,
                           .passage = Passage::of(passing),
                           .detail = name + ", which groups and network ACLs do not filter"}},
                 .assumptions = {}};
}

}  // namespace portolan::reach
