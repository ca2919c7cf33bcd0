#include "checks/atoms.h"

#include <algorithm>
#include <map>
#include <utility>

#include "checks/openings.h"

namespace portolan::checks {

namespace {

/// Collects the borders that matter to one interface.
class Cutter {
 public:
  Cutter(const Estate& estate, const NetworkInterface& interface, IpFamily family, Flow flow)
      : estate_(estate),
        snapshot_(estate.snapshot()),
        interface_(interface),
        family_(family),
        flow_(flow) {}

  /// What the groups admit, one set for each service; `outside` is the space to be cut.
  /// False if they admit nothing of it.
  bool add_groups(const IpSet& outside) {
    std::map<ServiceSet, std::vector<IpPrefix>> by_service;
    bool is_open = interface_.groups.empty();
    for (const SecurityGroupId& id : interface_.groups) {
      const SecurityGroup* group = snapshot_.find(id);
      if (group == nullptr) {
        is_open = true;  // not collected: whatever it says
        continue;
      }
      for (const SecurityGroupRule& rule : group->rules) {
        if (rule.is_egress != (flow_ == Flow::Outbound)) {
          continue;
        }
        const auto blocks = peer_blocks(snapshot_, rule.peer);
        is_open = is_open || !blocks;
        for (const IpPrefix& block : blocks.value_or(std::vector<IpPrefix>{})) {
          if (block.family() == family_) {
            by_service[rule.services].push_back(block);
          }
        }
      }
    }
    for (const auto& [services, blocks] : by_service) {
      cuts_.emplace_back(blocks);
      is_open = is_open || !cuts_.back().intersected(outside).empty();
    }
    return is_open;
  }

  void add_acls() {
    for (const NetworkAcl* acl : estate_.acls_in(interface_.vpc)) {
      if (is_near(acl->subnets) || acl->is_default) {
        for (const NetworkAclEntry& entry : acl->entries) {
          add(entry.cidr);
        }
      }
    }
  }

  void add_routes() {
    for (const RouteTable* table : estate_.tables_in(interface_.vpc)) {
      if (!is_near(table->subnets) && !table->is_main) {
        continue;
      }
      for (const Route& route : table->routes) {
        const RulePeer peer = route.cidr ? RulePeer(*route.cidr) : RulePeer(route.prefix_list);
        for (const IpPrefix& block :
             peer_blocks(snapshot_, peer).value_or(std::vector<IpPrefix>{})) {
          add(block);
        }
      }
    }
  }

  void add_firewalls() {
    if (snapshot_.all<NetworkFirewall>().empty()) {
      return;
    }
    for (const FirewallRuleGroup& group : snapshot_.all<FirewallRuleGroup>()) {
      for (const FirewallRule& rule : group.rules) {
        for (const IpPrefix& block : rule.sources) {
          add(block);
        }
        for (const IpPrefix& block : rule.destinations) {
          add(block);
        }
      }
    }
  }

  [[nodiscard]] Atoms cut(const IpSet& outside) const {
    Atoms atoms{.blocks = {outside}, .is_complete = true};
    for (const IpSet& border : cuts_) {
      if (atoms.blocks.size() >= kAtomsMax) {
        atoms.is_complete = false;
        break;
      }
      const std::size_t count = atoms.blocks.size();
      for (std::size_t i = 0; i < count; ++i) {
        IpSet inner = atoms.blocks[i].intersected(border);
        if (inner.empty() || inner == atoms.blocks[i]) {
          continue;
        }
        atoms.blocks[i] = atoms.blocks[i].without(border);
        atoms.blocks.push_back(std::move(inner));
      }
    }
    return atoms;
  }

 private:
  [[nodiscard]] bool is_near(const std::vector<SubnetId>& subnets) const {
    return flow_ == Flow::Outbound ||
           std::find(subnets.begin(), subnets.end(), interface_.subnet) != subnets.end();
  }

  void add(const IpPrefix& block) {
    if (block.family() == family_ && !block.is_everything() &&
        std::find(added_.begin(), added_.end(), block) == added_.end()) {
      added_.push_back(block);
      cuts_.push_back(IpSet({block}));
    }
  }

  const Estate& estate_;
  const Snapshot& snapshot_;
  const NetworkInterface& interface_;
  IpFamily family_;
  Flow flow_;
  std::vector<IpSet> cuts_;
  std::vector<IpPrefix> added_;  // those that are one block
};

}  // namespace

Atoms cut_internet(const Estate& estate, const NetworkInterface& interface, IpFamily family,
                   Flow flow) {
  const IpSet& outside = estate.outside(family);
  Cutter cutter(estate, interface, family, flow);
  if (!cutter.add_groups(outside)) {
    return {};
  }
  cutter.add_acls();
  cutter.add_routes();
  cutter.add_firewalls();
  return cutter.cut(outside);
}

}  // namespace portolan::checks
