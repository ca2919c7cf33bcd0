#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/layered_map.h"
#include "core/shared_vector.h"
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
  friend auto operator<=>(const CompiledRule&, const CompiledRule&) = default;
};

/// Finds the classes of interfaces that have an address in a block.
using HostFinder = std::function<std::vector<Run>(const IpPrefix&)>;

struct CompiledGroup {
  bool is_understood = true;  // collected, and all of its rules
  std::vector<CompiledRule> ingress;
  std::vector<CompiledRule> egress;
};

/// Whom egress rules with one peer and one set of services let out: the members of all their
/// groups. Shared: most stay as they are when one changes.
struct EgressRule {
  std::uint32_t services = 0;
  std::shared_ptr<const Window> members;
};
using EgressRules = std::vector<EgressRule>;

/// What there is to know about groups besides their rows.
struct GroupContext {
  const Snapshot& snapshot;
  const Classes& classes;
  Numbers& groups;
};

/// Where the rules of two rows of a group differ: between as many at the beginning and at the end
/// that are alike. What does not decide, such as descriptions, is left out of account.
struct RuleEdit {
  std::size_t head = 0;
  std::size_t tail = 0;
};
RuleEdit rule_edit(const std::vector<SecurityGroupRule>& before,
                   const std::vector<SecurityGroupRule>& after);

/// All groups, and where to find the egress rules that name an address or a group. Copies share
/// what they have in common.
class Rules {
 public:
  explicit Rules(const GroupContext& context);

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
      if (const auto* rules = by_block_.find(IpPrefix(address, length))) {
        std::for_each((*rules)->begin(), (*rules)->end(), visit);
      }
    }
  }
  [[nodiscard]] const EgressRules& egress_to_group(std::uint32_t group) const;
  /// Rules to prefix lists whose entries are missing.
  [[nodiscard]] const EgressRules& egress_to_unknown() const { return *to_unknown_; }
  /// Rules to groups of which not even the row is known.
  [[nodiscard]] const EgressRules& egress_to_missing() const { return *to_missing_; }

  /// True if some rule names the group, or did.
  [[nodiscard]] bool is_named(std::uint32_t group) const {
    return by_peer_group_.find(group) != nullptr;
  }

  /// The rules of a group are others now; `before` is its row until now, null: it had none. Every
  /// block that they name must be one that the classes are cut by. Cost: the rules that differ, and
  /// those of its members' groups if egress changed.
  void set_group(std::uint32_t number, const SecurityGroup* before, const SecurityGroup& group,
                 const GroupContext& context);
  /// A class was added as the last one.
  void add_class(const Classes& classes);
  /// A class of hosts out there was added as the last one.
  void add_sender(const Classes& classes);

 private:
  class Compiler;
  struct EgressKey;
  using SharedEgress = std::shared_ptr<const EgressRules>;

  CompiledRule compile(const SecurityGroupRule& rule, const GroupContext& context,
                       const HostFinder& find_hosts);
  [[nodiscard]] CompiledGroup compile(const SecurityGroup& group, const GroupContext& context,
                                      const HostFinder& find_hosts);
  void replace_rules(CompiledGroup& compiled, const SecurityGroup& before,
                     const SecurityGroup& after, const GroupContext& context,
                     const HostFinder& find_hosts);
  std::uint32_t services_number(const ServiceSet& services);
  std::uint32_t peer_number(const RulePeer& peer, const GroupContext& context,
                            const HostFinder& find_hosts);
  [[nodiscard]] RulePeerSet blocks_set(std::vector<IpPrefix> blocks, const Classes& classes,
                                       const HostFinder& find_hosts) const;
  [[nodiscard]] bool lets_all_out(const CompiledGroup& group, std::size_t family) const;
  [[nodiscard]] std::vector<EgressKey> keys_of(const CompiledGroup& group) const;
  [[nodiscard]] bool has_key(const CompiledGroup& group, const EgressKey& key) const;
  [[nodiscard]] SharedEgress list_at(const EgressKey& key) const;
  void set_list(const EgressKey& key, SharedEgress list);
  void refresh(const EgressKey& key, const Window& positions, const Classes& classes);
  void grow(std::size_t groups);
  void refresh_filtering(const Window& positions, const Classes& classes);

  SharedVector<CompiledGroup> groups_;
  SharedVector<Window> members_;
  SharedVector<RulePeerSet> peers_;
  SharedVector<ServiceSet> services_;
  Numbers service_numbers_;
  LayeredMap<IpPrefix, std::uint32_t> by_peer_block_;  // number of the peer
  LayeredMap<std::uint32_t, std::uint32_t> by_peer_group_;
  LayeredMap<std::string, std::uint32_t> by_peer_list_;
  std::array<Window, kFamilies> unfiltered_;
  Window undetermined_;
  std::array<std::vector<int>, kFamilies> lengths_;  // of the blocks of egress rules
  LayeredMap<IpPrefix, SharedEgress> by_block_;
  LayeredMap<std::uint32_t, SharedEgress> by_group_;
  SharedEgress to_unknown_ = std::make_shared<const EgressRules>();
  SharedEgress to_missing_ = std::make_shared<const EgressRules>();
};

}  // namespace portolan::reach
