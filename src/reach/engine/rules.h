#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

#include "reach/engine/bits.h"
#include "reach/engine/classes.h"

/// Private to the engine: the rules of groups, with peers as sets of classes.
namespace portolan::reach {

/// Whom a rule admits.
struct RulePeerSet {
  enum class Kind : std::uint8_t { Blocks, Group, UnknownList };
  Kind kind = Kind::Blocks;
  std::uint32_t group = kNone;                    // Group
  bool is_collected = true;                       // Group: its row is in the snapshot
  std::vector<IpPrefix> blocks;                   // Blocks
  std::vector<Run> senders;                       // Blocks: classes out there
  std::array<std::vector<Run>, kFamilies> hosts;  // Blocks: classes of interfaces, by family

  [[nodiscard]] bool contains(const IpAddress& address) const;
};

struct CompiledRule {
  std::uint32_t services = 0;  // number of the set of services
  std::uint32_t peer = 0;      // number of the peer
};

struct CompiledGroup {
  bool is_understood = true;  // collected, and all of its rules
  std::vector<CompiledRule> ingress;
  std::vector<CompiledRule> egress;
};

/// Whom egress rules with one peer and one set of services let out: the members of all their
/// groups.
struct EgressRule {
  std::uint32_t services = 0;
  Window members;
};
using EgressRules = std::vector<EgressRule>;

/// All groups, and where to find the egress rules that name an address or a group.
class Rules {
 public:
  Rules(const Snapshot& snapshot, const Classes& classes, GroupNumbers& numbers);

  [[nodiscard]] const CompiledGroup& group(std::uint32_t number) const { return groups_[number]; }
  [[nodiscard]] const Window& members(std::uint32_t group) const { return members_[group]; }
  [[nodiscard]] const RulePeerSet& peer(std::uint32_t number) const { return peers_[number]; }
  [[nodiscard]] const ServiceSet& services(std::uint32_t number) const { return services_[number]; }

  /// Classes that no egress rule holds back from addresses of that family.
  [[nodiscard]] const Window& unfiltered(IpFamily family) const {
    return unfiltered_[number_of(family)];
  }
  /// Classes of which some egress rule is not known.
  [[nodiscard]] const Window& undetermined() const { return undetermined_; }

  template <class Visit>
  void for_each_egress_to(const IpAddress& address, const Visit& visit) const {
    const std::size_t family = number_of(address.family());
    for (const int length : lengths_[family]) {
      const auto found = by_block_.find(IpPrefix(address, length));
      if (found != by_block_.end()) {
        std::for_each(found->second.begin(), found->second.end(), visit);
      }
    }
  }
  [[nodiscard]] const EgressRules& egress_to_group(std::uint32_t group) const;
  /// Rules to prefix lists whose entries are missing.
  [[nodiscard]] const EgressRules& egress_to_unknown() const { return to_unknown_; }
  /// Rules to groups of which not even the row is known.
  [[nodiscard]] const EgressRules& egress_to_missing() const { return to_missing_; }

 private:
  class Compiler;

  std::vector<CompiledGroup> groups_;
  std::vector<Window> members_;
  std::vector<RulePeerSet> peers_;
  std::vector<ServiceSet> services_;
  std::array<Window, kFamilies> unfiltered_;
  Window undetermined_;
  std::array<std::vector<int>, kFamilies> lengths_;
  std::unordered_map<IpPrefix, EgressRules> by_block_;
  std::unordered_map<std::uint32_t, EgressRules> by_group_;
  EgressRules to_unknown_;
  EgressRules to_missing_;
};

}  // namespace portolan::reach
