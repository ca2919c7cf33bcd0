#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/ip.h"
#include "reach/engine/bits.h"
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
  /// Sorted by the stretch of their IPv4 address, so that a block holds a run of them.
  std::vector<HostClass> hosts;
  /// Sorted by block: those inside a block follow each other. Cut by all that can matter for what
  /// they send (`senders`) or are sent (`receivers`).
  std::vector<OutsideClass> senders;
  std::vector<OutsideClass> receivers;
  /// Interfaces of balancers and endpoints, and whatever stands for itself alone.
  std::vector<Place> alone;
  /// Numbers of groups, sorted; the set 0 is empty.
  std::vector<std::vector<std::uint32_t>> group_sets;
  std::vector<WayKind> inner;
  std::vector<WayKind> outer;
  std::vector<WayKind> outside;
};

class Stretches;

/// A number for each group that an interface or a rule names: its row in the snapshot, or one
/// beyond them where it was not collected.
class GroupNumbers {
 public:
  explicit GroupNumbers(const Snapshot& snapshot) : snapshot_(&snapshot) {}
  std::uint32_t of(const SecurityGroupId& id) {
    const auto rows = snapshot_->all<SecurityGroup>();
    const SecurityGroup* group = snapshot_->find(id);
    return static_cast<std::uint32_t>(group != nullptr
                                          ? static_cast<std::size_t>(group - rows.data())
                                          : rows.size() + missing_.of(id.value));
  }
  [[nodiscard]] std::size_t size() const {
    return snapshot_->all<SecurityGroup>().size() + missing_.size();
  }

 private:
  const Snapshot* snapshot_;
  Numbers missing_;
};

/// Cost: linear in the interfaces, n log n in the blocks. Most of it on `threads` threads; the
/// classes are the same for any number of them.
Classes classify(const Network& network, GroupNumbers& groups, int threads);

}  // namespace portolan::reach
