#include "reach/engine/update.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "reach/connect.h"
#include "reach/engine/editor.h"
#include "reach/network_index.h"

namespace portolan::reach {

namespace {

/// True if the two rows differ at most in tags, which decide about nothing.
template <class Resource>
bool is_same_but_tags(const RowChange<Resource>& change) {
  if (change.before == nullptr || change.after == nullptr) {
    return false;
  }
  Resource before = *change.before;
  before.owned.tags = change.after->owned.tags;
  return before == *change.after;
}

/// The same with some member of no account: text for people, what is handled apart.
template <class Resource, class Forget>
bool is_same_but(const RowChange<Resource>& change, const Forget& forget) {
  if (change.before == nullptr || change.after == nullptr) {
    return false;
  }
  Resource before = *change.before;
  Resource after = *change.after;
  for (Resource* row : {&before, &after}) {
    row->owned.tags = {};
    forget(*row);
  }
  return before == after;
}

/// The same of groups and their rules. Member by member, as to copy two groups takes longer than
/// all the rest of following one rule; a member that is added later does not compile here.
bool are_same_but_rules(const SecurityGroup& before, const SecurityGroup& after) {
  [[maybe_unused]] const auto& [id, owned, vpc, name, description, rules, associations] = before;
  [[maybe_unused]] const auto& [account, region, tags] = owned;
  return id == after.id && account == after.owned.account && region == after.owned.region &&
         vpc == after.vpc && name == after.group_name && associations == after.associations;
}

template <class Resource>
bool are_same_but_tags(const RowChanges& rows) {
  const auto& list = rows.of<Resource>();
  return std::all_of(list.begin(), list.end(), is_same_but_tags<Resource>);
}

/// Whether nothing changed that moves more than single interfaces, rules, routes and entries.
bool is_local(const RowChanges& rows) {
  return !rows.is_known_differently && are_same_but_tags<Vpc>(rows) &&
         are_same_but_tags<Subnet>(rows) && are_same_but_tags<InternetGateway>(rows) &&
         are_same_but_tags<EgressOnlyInternetGateway>(rows) &&
         are_same_but_tags<NatGateway>(rows) && are_same_but_tags<VpcPeering>(rows) &&
         are_same_but_tags<TransitGateway>(rows) &&
         are_same_but_tags<TransitGatewayAttachment>(rows) && are_same_but_tags<VpnGateway>(rows) &&
         are_same_but_tags<VpnConnection>(rows) && are_same_but_tags<VpcEndpoint>(rows) &&
         are_same_but_tags<EndpointService>(rows) && are_same_but_tags<PrefixList>(rows) &&
         are_same_but_tags<LoadBalancer>(rows) && are_same_but_tags<TargetGroup>(rows) &&
         are_same_but_tags<NetworkFirewall>(rows) && are_same_but_tags<FirewallPolicy>(rows) &&
         are_same_but_tags<FirewallRuleGroup>(rows) && are_same_but_tags<BlockPublicAccess>(rows) &&
         are_same_but_tags<BlockPublicAccessExclusion>(rows);
}

/// The blocks that a rule names.
std::vector<IpPrefix> blocks_of_peer(const Snapshot& snapshot, const RulePeer& peer) {
  if (const auto* block = std::get_if<IpPrefix>(&peer)) {
    return {*block};
  }
  std::vector<IpPrefix> blocks;
  if (const auto* id = std::get_if<PrefixListId>(&peer)) {
    const PrefixList* list = snapshot.find(*id);
    if (list != nullptr && list->entries) {
      for (const PrefixListEntry& entry : *list->entries) {
        blocks.push_back(entry.cidr);
      }
    }
  }
  return blocks;
}

}  // namespace

class Follower {
 public:
  Follower(std::shared_ptr<const Compiled> origin, const Network& before, const Network& after,
           const RowChanges& rows, int threads)
      : old_network_(before),
        new_network_(after),
        rows_(rows),
        threads_(threads),
        origin_(std::move(origin)),
        before_(*origin_),
        after_(*origin_) {}

  std::shared_ptr<const Update> run() {
    if (!is_local(rows_) || !cut_blocks()) {
      return nullptr;
    }
    find_touched();
    after_ = before_;
    if (!follow_groups() || !follow_interfaces() || !follow_ways()) {
      return nullptr;
    }
    auto update = std::make_shared<Update>();
    update->after = std::make_shared<const Compiled>(Editor(after_).take());
    part_interfaces();
    update->origin = origin_;
    update->before = std::make_shared<const Compiled>(before_.take());
    update->compared = std::make_shared<const Compiled>(after_.take());
    for (const auto& change : rows_.of<SecurityGroup>()) {
      if (change.before != nullptr && change.after != nullptr) {
        update->groups.push_back(update->before->groups.find(change.after->id.value));
      }
    }
    update->parts = std::move(parts_);
    update->are_ways_changed = are_ways_changed_;
    return update;
  }

 private:
  // groups

  bool cut_blocks() {
    for (const auto& change : rows_.of<SecurityGroup>()) {
      if (change.after == nullptr) {
        continue;
      }
      const std::vector<SecurityGroupRule>& rules = change.after->rules;
      const RuleEdit edit =
          change.before == nullptr ? RuleEdit{} : rule_edit(change.before->rules, rules);
      for (const SecurityGroupRule& rule :
           std::span(rules).subspan(edit.head, rules.size() - edit.head - edit.tail)) {
        for (const IpPrefix& block : blocks_of_peer(new_network_.snapshot(), rule.peer)) {
          if (!before_.cut(old_network_, block, rule.is_egress)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  bool follow_groups() {
    for (const auto& change : rows_.of<SecurityGroup>()) {
      if (change.after == nullptr) {
        continue;
      }
      const std::uint32_t number = before_.compiled().groups.find(change.after->id.value);
      const bool is_named_before = number != kNone;
      if ((change.before == nullptr) == is_named_before) {
        return false;  // rules that named it said "unknown" until now
      }
      if (change.before != nullptr && !are_same_but_rules(*change.before, *change.after)) {
        return false;
      }
      after_.set_group(new_network_.snapshot(), change.before.get(), *change.after);
    }
    return true;
  }

  /// Whom a group that is gone could still matter to.
  [[nodiscard]] bool is_missed(const SecurityGroup& group) const {
    const std::uint32_t number = after_.compiled().groups.find(group.id.value);
    if (number == kNone) {
      return false;
    }
    bool has_members = false;
    after_.compiled().rules.members(number).for_each([&](std::size_t position) {
      has_members = has_members || !after_.classes().hosts[position].members.empty();
    });
    return has_members || after_.compiled().rules.is_named(number) ||
           !new_network_.index().interfaces_of(group.id).empty();
  }

  // interfaces

  /// One interface that may belong to another class now.
  struct Touched {
    const NetworkInterface* before = nullptr;
    const NetworkInterface* after = nullptr;
  };

  /// Those that changed, and those of an instance that changed or has another number of them.
  void find_touched() {
    for (const auto& change : rows_.of<NetworkInterface>()) {
      const auto& row = change.before != nullptr ? change.before : change.after;
      touched_[row->id.value] = {change.before.get(), change.after.get()};
      for (const auto& side : {change.before, change.after}) {
        if (side != nullptr && !side->instance.empty()) {
          touch_instance(side->instance);
        }
      }
    }
    for (const auto& change : rows_.of<Instance>()) {
      if (!is_same_but(change, [](Instance& instance) {
            instance.metadata = {};
            instance.instance_profile = {};
          })) {
        touch_instance(change.before != nullptr ? change.before->id : change.after->id);
      }
    }
  }

  void touch_instance(const InstanceId& instance) {
    for (const NetworkInterface* row : old_network_.index().interfaces_of(instance)) {
      touched_[row->id.value].before = row;
    }
    for (const NetworkInterface* row : new_network_.index().interfaces_of(instance)) {
      touched_[row->id.value].after = row;
    }
  }

  /// An interface that came from one class into another.
  struct Moved {
    std::uint32_t before = kNone;
    std::uint32_t after = kNone;
    const NetworkInterface* old_row = nullptr;
    const NetworkInterface* new_row = nullptr;
  };

  bool follow_interfaces() {
    std::vector<Moved> moves;
    for (const auto& [id, touched] : touched_) {
      Moved move{.old_row = touched.before, .new_row = touched.after};
      if (touched.before != nullptr && !place(old_network_, *touched.before, move.before)) {
        return false;
      }
      if (move.before != kNone) {
        after_.remove(move.before, *touched.before);
      }
      moves.push_back(move);
    }
    for (Moved& move : moves) {
      if (move.new_row == nullptr) {
        continue;
      }
      if (!is_plain(new_network_, *move.new_row)) {
        return false;
      }
      if (is_down(new_network_, *move.new_row)) {
        continue;
      }
      const auto description = after_.describe(new_network_, *move.new_row);
      if (!description) {
        return false;
      }
      move.after = after_.insert(*description, *move.new_row);
    }
    for (const Moved& move : moves) {
      if (move.before != move.after) {
        moved_.push_back(move);
      }
    }
    const auto& groups = rows_.of<SecurityGroup>();
    return std::none_of(groups.begin(), groups.end(), [&](const auto& change) {
      return change.after == nullptr && is_missed(*change.before);
    });
  }

  /// The class that an interface was in; none if it was down. False if it has a part in what is
  /// not followed.
  bool place(const Network& network, const NetworkInterface& interface, std::uint32_t& number) {
    if (!is_plain(network, interface)) {
      return false;
    }
    if (is_down(network, interface)) {
      return true;
    }
    const auto description = after_.describe(network, interface);
    number = description ? after_.class_of(*description) : kNone;
    return number != kNone;
  }

  /// True if nothing but its own connections depends on it.
  [[nodiscard]] bool is_plain(const Network& network, const NetworkInterface& interface) const {
    const NetworkIndex& index = network.index();
    const Directory::Setting& setting = *after_.directory().setting;
    if (role_of(network, interface) != InterfaceRole::Host || !interface.delegated.empty() ||
        setting.route_targets.find(interface.id.value) != kNone ||
        setting.registrations.name(interface) || is_at_transit(interface.subnet)) {
      return false;
    }
    const auto is_free = [&](const IpAddress& address) {
      return index.interfaces_at(address).size() <= 1 && !is_example(address) &&
             !stands_in_small_block(address);
    };
    return std::all_of(interface.ipv6.begin(), interface.ipv6.end(), is_free) &&
           std::all_of(interface.addresses.begin(), interface.addresses.end(),
                       [&](const InterfaceAddress& address) {
                         return index.interfaces_at(address.private_ip).size() <= 1 &&
                                (!address.public_ip || is_free(*address.public_ip));
                       });
  }

  [[nodiscard]] bool is_at_transit(const SubnetId& subnet) const {
    for (const auto& attachment : new_network_.snapshot().all<TransitGatewayAttachment>()) {
      const auto& subnets = attachment.subnets;
      if (subnets && std::find(subnets->begin(), subnets->end(), subnet) != subnets->end()) {
        return true;
      }
    }
    return false;
  }

  /// True if the address stands for hosts out there, whom it must not belong to.
  [[nodiscard]] bool is_example(const IpAddress& address) const {
    const auto is_it = [&](const OutsideClass& atom) { return atom.host == address; };
    const auto& senders = after_.classes().senders;
    const auto& receivers = after_.classes().receivers;
    return std::any_of(senders.begin(), senders.end(), is_it) ||
           std::any_of(receivers.begin(), receivers.end(), is_it) ||
           std::any_of(after_.classes().outside.begin(), after_.classes().outside.end(),
                       [&](const WayKind& kind) { return kind.outside == address; });
  }

  /// True if hosts out there may be left without one, or get one, by this address.
  [[nodiscard]] bool stands_in_small_block(const IpAddress& address) const {
    if (!address.is_public()) {
      return false;
    }
    static constexpr int kSmall = 8;  // bits
    const Blocks& blocks = after_.directory().setting->blocks;
    const int bits = address.is_v4() ? 32 : 128;
    for (int length = bits - kSmall; length <= bits; ++length) {
      const IpPrefix block(address, length);
      for (const auto* list : {&blocks.ways, &blocks.ingress, &blocks.egress}) {
        if (std::binary_search(list->begin(), list->end(), block)) {
          return true;
        }
      }
      for (const auto* list : {&after_.directory().late_ingress, &after_.directory().late_egress}) {
        if (std::find(list->begin(), list->end(), block) != list->end()) {
          return true;
        }
      }
    }
    return false;
  }

  /// Each of them gets a class of its own on both sides, so that they can be compared.
  void part_interfaces() {
    while (before_.classes().hosts.size() < after_.classes().hosts.size()) {
      before_.part(kNone, nullptr);  // classes that are new
    }
    for (const Moved& move : moved_) {
      parts_.push_back(static_cast<std::uint32_t>(after_.classes().hosts.size()));
      before_.part(move.before, move.old_row);
      after_.part(move.after, move.new_row);
    }
  }

  // NACLs and routes

  [[nodiscard]] bool is_known(const IpPrefix& block) const {
    const auto& ways = after_.directory().setting->blocks.ways;
    return std::binary_search(ways.begin(), ways.end(), block);
  }

  template <class Resource, class Forget, class IsFine>
  bool are_fine(const Forget& forget, const IsFine& is_fine, bool& is_changed) const {
    for (const auto& change : rows_.of<Resource>()) {
      if (is_same_but_tags(change)) {
        continue;
      }
      if (!is_same_but(change, forget) || !is_fine(*change.after)) {
        return false;
      }
      is_changed = true;
    }
    return true;
  }

  bool follow_ways() {
    bool is_changed = false;
    const bool are_acls_fine = are_fine<NetworkAcl>(
        [](NetworkAcl& acl) { acl.entries = {}; },
        [&](const NetworkAcl& acl) {
          return std::all_of(acl.entries.begin(), acl.entries.end(),
                             [&](const NetworkAclEntry& entry) { return is_known(entry.cidr); });
        },
        is_changed);
    const bool are_tables_fine = are_fine<RouteTable>(
        [](RouteTable& table) { table.routes = {}; },
        [&](const RouteTable& table) {
          return std::all_of(table.routes.begin(), table.routes.end(),
                             [&](const Route& route) { return is_known_route(route); });
        },
        is_changed);
    const bool are_transit_tables_fine = are_fine<TransitGatewayRouteTable>(
        [](TransitGatewayRouteTable& table) { table.routes = {}; },
        [&](const TransitGatewayRouteTable& table) {
          const auto routes = table.routes.value_or(std::vector<TransitGatewayRoute>{});
          return table.routes && std::all_of(routes.begin(), routes.end(), [&](const auto& route) {
                   return is_known(route.cidr) && is_known_list(route.prefix_list);
                 });
        },
        is_changed);
    if (!are_acls_fine || !are_tables_fine || !are_transit_tables_fine) {
      return false;
    }
    after_.update_ways(new_network_, is_changed ? decided_by() : std::vector<std::string>{},
                       threads_);
    are_ways_changed_ = is_changed;
    return true;
  }

  /// The tables and NACLs that are not what they were.
  [[nodiscard]] std::vector<std::string> decided_by() const {
    std::vector<std::string> ids;
    const auto add = [&](const auto& changes) {
      for (const auto& change : changes) {
        ids.push_back(change.after->id.value);
      }
    };
    add(rows_.of<NetworkAcl>());
    add(rows_.of<RouteTable>());
    add(rows_.of<TransitGatewayRouteTable>());
    return ids;
  }

  [[nodiscard]] bool is_known_list(const PrefixListId& id) const {
    const auto blocks = blocks_of_peer(new_network_.snapshot(), id);
    return std::all_of(blocks.begin(), blocks.end(),
                       [&](const IpPrefix& block) { return is_known(block); });
  }

  [[nodiscard]] bool is_known_route(const Route& route) const {
    const auto& targets = after_.directory().setting->route_targets;
    return (!route.cidr || is_known(*route.cidr)) && is_known_list(route.prefix_list) &&
           (route.target.kind != RouteTargetKind::NetworkInterface ||
            targets.find(route.target.id) != kNone);
  }

  const Network& old_network_;
  const Network& new_network_;
  const RowChanges& rows_;
  int threads_;
  std::shared_ptr<const Compiled> origin_;
  Editor before_;
  Editor after_;
  std::map<std::string, Touched> touched_;
  std::vector<Moved> moved_;
  std::vector<std::uint32_t> parts_;
  bool are_ways_changed_ = false;
};

Suspects suspects_of(const Update& update) {
  SuspectFinder finder(*update.before, *update.compared);
  for (const std::uint32_t group : update.groups) {
    finder.add_group(group);
  }
  if (!update.parts.empty()) {
    finder.add_parts(update.parts);
  }
  if (update.are_ways_changed) {
    finder.add_ways();
  }
  return finder.take();
}

std::shared_ptr<const Update> follow(std::shared_ptr<const Compiled> origin, const Network& before,
                                     const Network& after, const RowChanges& rows, int threads) {
  if (origin->directory == nullptr) {
    return nullptr;
  }
  return Follower(std::move(origin), before, after, rows, threads).run();
}

}  // namespace portolan::reach
