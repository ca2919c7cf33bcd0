#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/ip.h"
#include "core/shared_vector.h"
#include "reach/connections.h"
#include "reach/engine/bits.h"
#include "reach/engine/blocks.h"
#include "reach/engine/key.h"
#include "reach/reach.h"

/// Private to the engine: ends of connections that nothing on the network can tell apart.
namespace portolan::reach {

inline constexpr std::size_t kFamilies = 2;  // IPv4, IPv6
inline std::size_t number_of(IpFamily family) { return family == IpFamily::V4 ? 0 : 1; }

/// Interfaces of one subnet, with the same groups, whose addresses the same blocks contain.
struct HostClass {
  std::vector<const NetworkInterface*> members;
  std::uint32_t subnet = kNone;  // its row in the snapshot; none if it was not collected
  std::uint32_t groups = 0;      // number of the set of groups
  std::uint32_t host = kNone;    // number of the instance, if that has other interfaces
  bool is_lone = false;  // member of a subnet or VPC that was not collected: nobody is beside it
  /// By family: the kind of way it takes to other interfaces, and to hosts out there; the stretch
  /// of its address between the borders of all groups' rules. None if it has no such address.
  std::array<std::uint32_t, kFamilies> inner{kNone, kNone};
  std::array<std::uint32_t, kFamilies> outer{kNone, kNone};
  std::array<std::uint32_t, kFamilies> stretch{kNone, kNone};
  std::array<IpAddress, kFamilies> address;  // of the first member
};

/// Hosts that the snapshot does not own, all in one block and in none of the blocks inside it.
struct OutsideClass {
  IpPrefix block;
  IpAddress host;
  std::uint32_t kind = kNone;  // of way
};

/// Some of the interfaces that take the same ways, of different subnets and instances where there
/// are such; or the hosts out there that do.
struct WayKind {
  IpFamily family = IpFamily::V4;
  std::vector<const NetworkInterface*> samples;
  bool is_lone = false;
  std::optional<IpAddress> outside;
};

struct Classes {
  /// Sorted by the stretch of their IPv4 address, so that a block holds a run of them; those that
  /// came later stand at the end. A class that lost its last member stays, empty.
  SharedVector<HostClass> hosts;
  /// Sorted by block: those inside a block follow each other; those that came later stand at the
  /// end. Cut by all that can matter for what they send (`senders`) or are sent (`receivers`).
  SharedVector<OutsideClass> senders;
  SharedVector<OutsideClass> receivers;
  std::size_t sorted_senders = 0;
  /// Interfaces of balancers and endpoints, and whatever stands for itself alone.
  SharedVector<Place> alone;
  /// Numbers of groups, sorted; the set 0 is empty.
  SharedVector<std::vector<std::uint32_t>> group_sets;
  SharedVector<WayKind> inner;
  SharedVector<WayKind> outer;
  SharedVector<WayKind> outside;
};

/// A number for each group that an interface or a rule names: its row in the snapshot that came
/// first, or one beyond them.
Numbers group_numbers(const Snapshot& snapshot);

/// The class of that number, as `Connections` shows it; `atoms` are the senders or the receivers.
EndClass end_class(const Classes& classes, const SharedVector<OutsideClass>& atoms,
                   std::uint32_t number);

/// The classes of two networks, cut so that those of one number have the same members in both:
/// a class of one that the other has not is empty there, and so is what only one of them has.
struct JointClasses {
  Classes before;
  Classes after;
};
/// Both must have been cut by the same blocks. Cost: n log n in the interfaces.
JointClasses joined(const Classes& before, const Classes& after);

}  // namespace portolan::reach
