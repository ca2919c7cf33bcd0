#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "checks/atoms.h"
#include "checks/estate.h"
#include "checks/memo.h"
#include "checks/world.h"
#include "reach/pair_lookup.h"
#include "reach/reach.h"

/// Private to the module: what the internet reaches, and what reaches the internet.
namespace portolan::checks {

/// A part of the public internet that every filter on the way treats alike.
struct Atom {
  IpSet addresses;
  IpAddress sample;            // one of them that nobody in the snapshot owns
  reach::Passage passage;      // what passes between it and the interface
  bool is_by_gateway = false;  // over an internet or NAT gateway, not an endpoint or private line
};

/// What passes between the internet and one interface, of one family and direction.
struct Exposed {
  ServiceSet world;         // for at least half of the public space
  ServiceSet some;          // for some public address
  ServiceSet unknown;       // not decided, for want of a document
  std::vector<Atom> atoms;  // greatest share first
};

/// Looks up in all connections what one host of each atom reaches. The way out is traced, for only
/// its hops tell where it leaves.
/// Interfaces that every filter treats alike share an answer, so the cost goes with the number of
/// different (subnet, groups), not of interfaces.
class Exposure {
 public:
  /// The look-up of the thread that asks.
  using Pairs = std::function<reach::PairLookup&()>;

  /// Network and estate must outlive it.
  Exposure(const reach::Network& network, const Estate& estate, Pairs pairs);

  /// What the internet can open connections to on the interface.
  [[nodiscard]] const Exposed& of(const NetworkInterface& interface, IpFamily family) const;
  /// What the interface can open connections to on the internet.
  [[nodiscard]] const Exposed& out_of(const NetworkInterface& interface, IpFamily family) const;
  /// What is open to the world on the interface, of either family.
  [[nodiscard]] ServiceSet world_of(const NetworkInterface& interface) const;
  /// True if the internet reaches a listener of the balancer.
  [[nodiscard]] bool is_reachable(const LoadBalancer& balancer) const;

  /// The way by which one of `services` passes, of this very interface, to or from the greatest
  /// atom that lets it pass; nothing if none does.
  [[nodiscard]] std::optional<reach::Answer> way(Flow flow, const NetworkInterface& interface,
                                                 IpFamily family, const ServiceSet& services) const;
  /// The way from the greatest atom to `services`, whether it passes or not; nothing without a
  /// public address, or where no address is outside the VPCs.
  [[nodiscard]] std::optional<reach::Answer> attempt(const NetworkInterface& interface,
                                                     IpFamily family,
                                                     const ServiceSet& services) const;
  /// What stops the internet on its way to `services` of the interface, in words.
  [[nodiscard]] std::string blocker(const NetworkInterface& interface, IpFamily family,
                                    const ServiceSet& services) const;
  /// What is missing to decide what is unknown of the interface, in words.
  [[nodiscard]] std::string doubt(Flow flow, const NetworkInterface& interface) const;

 private:
  [[nodiscard]] const Exposed& answer(Flow flow, const NetworkInterface& interface,
                                      IpFamily family) const;
  [[nodiscard]] Exposed compute(Flow flow, const NetworkInterface& interface,
                                IpFamily family) const;
  /// Fills in what passes between the place and the atom, and how.
  void pass(Flow flow, const reach::Place& place, Atom& atom) const;
  [[nodiscard]] reach::Answer trace(Flow flow, const reach::Place& place, const IpAddress& outside,
                                    const ServiceSet& services) const;

  const reach::Network* network_;
  const Estate* estate_;
  Pairs pairs_;
  std::array<Memo<Exposed>, 4> answers_;  // by flow and family, then by kind of interface
};

/// What is not blocked for sure once the client chooses its own port: yes, and depends.
ServiceSet passable(const reach::Passage& passage);

}  // namespace portolan::checks
