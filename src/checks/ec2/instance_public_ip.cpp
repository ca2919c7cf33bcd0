#include <algorithm>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/instances.h"
#include "checks/routing.h"

namespace portolan::checks {

extern const Check instance_public_ip;

namespace {

constexpr std::string_view kReferences[] = {
    "AWS FSBP: EC2.9", "AWS Config: ec2-instance-no-public-ip", "Prowler: ec2_instance_public_ip"};

struct PublicAddress {
  const NetworkInterface* interface = nullptr;
  IpAddress address;
};

/// IPv4 addresses that a gateway maps, and IPv6 addresses of the internet: the subnet's routes may
/// keep the latter inside.
std::vector<PublicAddress> addresses_of(const Interfaces& interfaces) {
  std::vector<PublicAddress> addresses;
  for (const NetworkInterface* interface : interfaces) {
    for (const InterfaceAddress& address : interface->addresses) {
      if (address.public_ip) {
        addresses.push_back({interface, *address.public_ip});
      }
    }
    for (const IpAddress& address : interface->ipv6) {
      if (address.is_public()) {
        addresses.push_back({interface, address});
      }
    }
  }
  return addresses;
}

std::string list_of(const std::vector<PublicAddress>& addresses) {
  const std::string first = addresses.front().address.text();
  return addresses.size() == 1 ? first : fmt::format("{} and {} more", first, addresses.size() - 1);
}

class Judge {
 public:
  explicit Judge(const Context& context) : context_(context), routing_(context) {}

  void judge(const Instance& instance, std::vector<Finding>& findings) const {
    if (is_gone(instance)) {
      findings.push_back(passed(about(instance_public_ip.id, instance), "it is terminated"));
      return;
    }
    const OwnInterfaces own = interfaces_of(context_.snapshot(), instance);
    std::vector<PublicAddress> addresses = addresses_of(own.interfaces);
    std::erase_if(addresses, [&](const PublicAddress& one) {
      return !one.address.is_v4() && is_kept_inside(*one.interface);
    });
    if (addresses.empty()) {
      if (!own.gap.empty()) {
        findings.push_back(unknown(about(instance_public_ip.id, instance), Risk::Medium,
                                   "whether it has a public address is not known", {own.gap}));
      }
    } else if (is_appliance(context_.snapshot(), *addresses.front().interface)) {
      findings.push_back(passed(about(instance_public_ip.id, instance),
                                "its tags say that it is a gateway for others, which needs one"));
    } else {
      findings.push_back(with_address(instance, addresses));
    }
  }

 private:
  /// No gateway answers for an IPv6 address in a private subnet.
  [[nodiscard]] bool is_kept_inside(const NetworkInterface& interface) const {
    const Subnet* subnet = context_.snapshot().find(interface.subnet);
    return subnet != nullptr && routing_.kind_of(*subnet) == SubnetKind::Private;
  }

  [[nodiscard]] Finding with_address(const Instance& instance,
                                     const std::vector<PublicAddress>& addresses) const {
    Finding finding = about(instance_public_ip.id, instance);
    finding.affected = affected_ids(Interfaces{addresses.front().interface});
    const std::string title = title_of(context_.estate(), *addresses.front().interface);
    const InstanceExposure exposure = exposure_of(context_, instance);
    finding.message = fmt::format("{} has {}", title, list_of(addresses));
    if (exposure.interface != nullptr) {
      finding.risk = Risk::Medium;
      finding.message +=
          fmt::format(", and the internet reaches {} on it", services_text(exposure.services));
    } else if (!exposure.for_some.empty()) {
      finding.risk = Risk::Low;
      finding.message += fmt::format(", and a part of the internet reaches {} on it",
                                     services_text(exposure.for_some));
    } else if (!exposure.doubt.empty()) {
      finding.risk = Risk::Medium;
      finding.message += "; whether the internet reaches it is not known: " + exposure.doubt;
    } else {
      finding.risk = Risk::Low;
      finding.is_latent = true;
      const NetworkInterface& first = *addresses.front().interface;
      const IpFamily family = addresses.front().address.is_v4() ? IpFamily::V4 : IpFamily::V6;
      finding.message += fmt::format(", but the internet opens no connection to it now: {}",
                                     context_.exposure().blocker(first, family, ServiceSet::all()));
    }
    finding.fix = fmt::format(
        "where it is an Elastic IP: aws ec2 disassociate-address --public-ip "
        "{}; otherwise start it anew in a private subnet",
        addresses.front().address.text());
    if (!addresses.front().address.is_v4()) {
      finding.fix = fmt::format(
          "aws ec2 unassign-ipv6-addresses --network-interface-id {} "
          "--ipv6-addresses {}",
          addresses.front().interface->id.value, addresses.front().address.text());
    }
    return finding;
  }

  const Context& context_;
  Routing routing_;
};

std::vector<Finding> run(const Context& context) {
  const Judge judge(context);
  return judge_each<Instance>(context, instance_public_ip.id, "it has no public address",
                              [&](const Instance& instance, std::vector<Finding>& findings) {
                                judge.judge(instance, findings);
                              });
}

}  // namespace

const Check instance_public_ip = {
    .id = "instance-public-ip",
    .title = "Instance has a public address",
    .risk = Risk::Medium,
    .resources = "Instance",
    .why =
        "A machine with a public address is one wrong rule away from the whole internet, and "
        "scanners find it within minutes. Users come by a balancer, admins by Session Manager, and "
        "the machine goes out by NAT: none of them needs the address.",
    .fix =
        "Start it in a private subnet, behind a balancer where it serves strangers. Remove the "
        "address with aws ec2 disassociate-address where it is an Elastic IP.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
