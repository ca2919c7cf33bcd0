#include "reach/outside.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/assert.h"
#include "reach/network_index.h"
#include "reach/relevant.h"

namespace portolan::reach {

namespace {

IpSet set_of(std::initializer_list<std::string_view> texts) {
  std::vector<IpPrefix> prefixes;
  for (const std::string_view text : texts) {
    const auto prefix = IpPrefix::parse(text);
    PORTOLAN_ASSERT(prefix.has_value());
    prefixes.push_back(*prefix);
  }
  return IpSet(prefixes);
}

/// SOURCE: RFC 1918, RFC 6598, RFC 4193.
const IpSet& private_space() {
  static const IpSet kPrivate =
      set_of({"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"});
  return kPrivate;
}

/// No host has such an address: this network, loopback, link local, multicast, reserved.
/// SOURCE: IANA IPv4 and IPv6 Special-Purpose Address Registries.
const IpSet& hostless_space() {
  static const IpSet kHostless = set_of({"0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16",
                                         "224.0.0.0/3", "::/8", "fe80::/10", "ff00::/8"});
  return kHostless;
}

/// Where hosts of the IPv6 internet have their addresses; other public blocks are translated ones.
/// SOURCE: IANA IPv6 Global Unicast Address Assignments.
const IpSet& ipv6_hosts() {
  static const IpSet kHosts = set_of({"2000::/3"});
  return kHosts;
}

/// The CIDRs of all VPCs, but for public IPv4 space that a VPC uses as if it were private: the
/// internet has hosts there nevertheless.
IpSet vpc_space(const Network& network) {
  std::vector<IpPrefix> cidrs;
  for (const Vpc& vpc : network.snapshot().all<Vpc>()) {
    cidrs.insert(cidrs.end(), vpc.cidrs.begin(), vpc.cidrs.end());
  }
  return IpSet(cidrs).without(IpSet::public_space(IpFamily::V4));
}

/// The addresses that the snapshot owns.
class Owned {
 public:
  explicit Owned(const Network& network) : index_(network.index()) {
    for (const NatGateway& nat : network.snapshot().all<NatGateway>()) {
      for (const NatAddress& address : nat.addresses) {
        if (address.public_ip) {
          others_.insert(*address.public_ip);
        }
      }
    }
    for (const LoadBalancer& balancer : network.snapshot().all<LoadBalancer>()) {
      for (const BalancerZone& zone : balancer.zones) {
        others_.insert(zone.addresses.begin(), zone.addresses.end());
      }
    }
  }

  [[nodiscard]] bool has(const IpAddress& address) const {
    return others_.contains(address) || index_.interface_of_public(address) != nullptr ||
           !index_.interfaces_at(address).empty();
  }

 private:
  const NetworkIndex& index_;
  std::set<IpAddress> others_;  // public addresses of what may have no interface here
};

/// An address of `region` that the snapshot does not own. The first one of a range, which looks
/// like the name of a network, comes last. Bounded by the number of owned addresses.
std::optional<IpAddress> host_of(const IpSet& region, const Owned& owned) {
  for (const IpSet::Range& range : region.ranges()) {
    auto address = range.first.next();
    while (address && *address <= range.last && owned.has(*address)) {
      address = address->next();
    }
    if (address && *address <= range.last) {
      return address;
    }
    if (!owned.has(range.first)) {
      return range.first;
    }
  }
  return std::nullopt;
}

/// A block and the biggest blocks inside it.
struct Node {
  IpPrefix block;
  std::vector<IpPrefix> holes;
};

/// The blocks as a forest; both families' whole space are among them. In order of address.
std::vector<Node> forest(std::vector<IpPrefix> blocks) {
  blocks.push_back(IpPrefix::all(IpFamily::V4));
  blocks.push_back(IpPrefix::all(IpFamily::V6));
  std::sort(blocks.begin(), blocks.end());
  blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
  std::vector<Node> nodes;
  std::vector<std::size_t> open;  // the chain of blocks that hold the current one
  for (const IpPrefix& block : blocks) {
    while (!open.empty() && !nodes[open.back()].block.contains(block)) {
      open.pop_back();
    }
    if (!open.empty()) {
      nodes[open.back()].holes.push_back(block);
    }
    open.push_back(nodes.size());
    nodes.push_back({.block = block, .holes = {}});
  }
  return nodes;
}

}  // namespace

bool speaks(const Network& network, const Place& place, IpFamily family) {
  if (place.address) {
    return place.address->family() == family;
  }
  if (place.kind == Place::Kind::Balancer) {
    const LoadBalancer* balancer = network.snapshot().find(LoadBalancerId{place.id});
    return family == IpFamily::V4 || (balancer != nullptr && balancer->is_dualstack);
  }
  const auto* interface = network.snapshot().find(NetworkInterfaceId{place.id});
  if (interface == nullptr) {
    return true;
  }
  return family == IpFamily::V4 ? !interface->addresses.empty() : !interface->ipv6.empty();
}

IpSet internet_space(const Network& network, const std::vector<Place>& peers) {
  const auto wants = [&](IpFamily family) {
    return peers.empty() || std::any_of(peers.begin(), peers.end(), [&](const Place& peer) {
             return speaks(network, peer, family);
           });
  };
  IpSet space;
  if (wants(IpFamily::V4) || !wants(IpFamily::V6)) {
    space = IpSet::public_space(IpFamily::V4);
  }
  if (wants(IpFamily::V6)) {
    space = space.united(IpSet::public_space(IpFamily::V6).intersected(ipv6_hosts()));
  }
  return space.without(vpc_space(network));
}

IpSet on_premises_space(const Network& network) {
  return private_space().without(vpc_space(network));
}

IpSet outside_part(const Network& network, const IpPrefix& block) {
  return IpSet({block}).without(hostless_space()).without(vpc_space(network));
}

std::optional<IpAddress> free_host(const Network& network, const IpSet& space,
                                   const IpPrefix& block, const std::vector<IpPrefix>& holes) {
  return host_of(space.intersected(IpSet({block})).without(IpSet(holes)), Owned(network));
}

std::vector<Atom> atoms_of(const Network& network, const IpSet& space,
                           std::vector<IpPrefix> blocks) {
  const Owned owned(network);
  std::vector<Atom> atoms;
  for (const Node& node : forest(std::move(blocks))) {
    const IpSet region = space.intersected(IpSet({node.block})).without(IpSet(node.holes));
    if (const auto host = host_of(region, owned)) {
      atoms.push_back({.block = node.block, .host = *host});
    }
  }
  return atoms;
}

std::vector<Place> outside_atoms(const Network& network, const IpSet& space,
                                 const std::vector<Place>& peers) {
  std::vector<Place> places;
  for (const Atom& atom : atoms_of(network, space, relevant_prefixes(network, peers))) {
    places.push_back({.kind = Place::Kind::Outside, .id = {}, .address = atom.host});
  }
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace portolan::reach
