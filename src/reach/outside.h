#pragma once

#include <optional>
#include <vector>

#include "core/ip.h"
#include "reach/reach.h"

/// Private to the module: hosts that the snapshot does not own.
namespace portolan::reach {

/// True if the place has an address of the family to talk with.
bool speaks(const Network& network, const Place& place, IpFamily family);

/// The public internet, of the address families that `peers` speak; of both if there are no peers.
IpSet internet_space(const Network& network, const std::vector<Place>& peers);

/// Private space behind no VPC of the snapshot: what a VPN or Direct Connect can lead to.
IpSet on_premises_space(const Network& network);

/// The addresses of `block` that can belong to a host out there: none of special use, and none in
/// the CIDRs of a VPC, where an address that nobody has is nobody.
IpSet outside_part(const Network& network, const IpPrefix& block);

/// A host in `space` and `block` but in none of the holes, which the snapshot does not own.
std::optional<IpAddress> free_host(const Network& network, const IpSet& space,
                                   const IpPrefix& block, const std::vector<IpPrefix>& holes);

/// A block without the smaller ones inside it that are cut out of it as well, and a host there.
struct Atom {
  IpPrefix block;
  IpAddress host;
};

/// An atom for each of the blocks (and the whole of each family) that has a host in `space` which
/// the snapshot does not own. Sorted by block: those inside a block follow each other.
/// Cost: blocks x ranges of `space`.
std::vector<Atom> atoms_of(const Network& network, const IpSet& space,
                           std::vector<IpPrefix> blocks);

/// One host for each block of `space` that everything on the way to or from `peers` treats alike
/// (see `relevant_prefixes`), sorted. A block that the snapshot owns whole has none.
/// Cost: blocks x ranges of `space`.
std::vector<Place> outside_atoms(const Network& network, const IpSet& space,
                                 const std::vector<Place>& peers);

}  // namespace portolan::reach
