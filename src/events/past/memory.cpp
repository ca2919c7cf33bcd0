#include <map>
#include <set>
#include <utility>

#include "events/past/deed.h"
#include "events/past/unknown.h"
#include "events/timeline/pieces.h"

/// What earlier events tell of what later ones name by an id only, or replace.
namespace portolan::events {

namespace {

std::string scope_of(const Event& event) {
  return event.account.text() + "/" + event.region.text();
}

std::string entry_key(const NetworkAclId& acl, bool is_egress, int number) {
  return acl.text() + (is_egress ? "/egress/" : "/ingress/") + std::to_string(number);
}

std::string route_key(const RouteTableId& table, const RouteDestination& destination) {
  const auto* block = std::get_if<IpPrefix>(&destination);
  return table.text() + "/" +
         (block != nullptr ? block->text() : std::get<PrefixListId>(destination).text());
}

std::string rule_key(const SecurityGroupId& group, const SecurityGroupRule& rule) {
  return group.text() + (rule.is_egress ? "/egress/" : "/ingress/") + rule.services.text() + "/" +
         peer_text(rule.peer);
}

/// A memory of what the events did so far.
class Memory {
 public:
  void add(const Event& event, std::size_t number, const Edit& edit) {
    deed_ = Deed{.event = &event, .number = number, .edit = edit, .before = {}};
    std::visit([this](auto& kind) { recall(kind); }, deed_.edit);
    keep_rows();
    deeds_.push_back(std::move(deed_));
  }

  std::vector<Deed> finish() && { return std::move(deeds_); }

 private:
  struct KnownRule {
    SecurityGroupId group;
    SecurityGroupRule rule;
  };
  struct KnownPlace {
    std::string part;
    std::string place;
  };

  [[nodiscard]] bool creates() const { return deed_.event->name.starts_with("Create"); }

  void resolve(SecurityGroupId& group) const {
    constexpr std::string_view kByName = "name:";
    if (group.text().starts_with(kByName)) {
      const auto found =
          group_ids_.find(scope_of(*deed_.event) + "/" + group.text().substr(kByName.size()));
      if (found != group_ids_.end()) {
        group = {found->second};
      }
    }
  }

  template <class Resource>
  void take_row(const Id<Resource>& id) {
    if (auto row = made_.shared(id)) {
      deed_.before.rows.emplace_back(std::move(row));
      deed_.before.is_known = true;
    }
  }

  void recall(RuleOpened& edit) {
    resolve(edit.group);
    open_rules_[rule_key(edit.group, edit.rule)] = edit.rule.id;
    if (!edit.rule.id.empty()) {
      rules_[edit.rule.id.text()] = {.group = edit.group, .rule = edit.rule};
    }
  }

  void recall(RuleClosed& edit) {
    resolve(edit.group);
    const auto open = open_rules_.find(rule_key(edit.group, edit.rule));
    if (open == open_rules_.end()) {
      return;
    }
    edit.is_proven = true;
    if (edit.rule.id.empty()) {
      edit.rule.id = open->second;
    }
    open_rules_.erase(open);
  }

  void recall(RuleClosedById& edit) {
    resolve(edit.group);
    const auto known = rules_.find(edit.rule.text());
    if (known == rules_.end()) {
      return;
    }
    RuleClosed closed{.group = edit.group, .rule = known->second.rule, .is_proven = true};
    closed.rule.id = edit.rule;
    closed.rule.is_egress = edit.is_egress;
    open_rules_.erase(rule_key(closed.group, closed.rule));
    rules_.erase(known);
    deed_.edit = std::move(closed);  // `edit` is gone
  }

  void recall(RuleRewritten& edit) {
    resolve(edit.group);
    edit.after.id = edit.rule;
    KnownRule& known = rules_[edit.rule.text()];
    if (!known.group.empty()) {
      deed_.before.is_known = true;
      deed_.before.rule = known.rule;
      edit.after.is_egress = known.rule.is_egress;
      open_rules_.erase(rule_key(known.group, known.rule));
    }
    known = {.group = edit.group, .rule = edit.after};
    open_rules_[rule_key(edit.group, edit.after)] = edit.rule;
  }

  void recall(GroupCreated& edit) {
    group_ids_[scope_of(*deed_.event) + "/" + edit.name] = edit.group.text();
  }
  void recall(GroupDeleted& edit) {
    resolve(edit.group);
    take_row(edit.group);
  }
  void recall(GroupVpcSet& edit) { resolve(edit.group); }

  void recall(GroupsSet& edit) {
    for (SecurityGroupId& group : edit.groups) {
      resolve(group);
    }
    std::vector<const NetworkInterface*> mine;
    for (const NetworkInterface& interface : made_.all<NetworkInterface>()) {
      if (!interface.instance.empty() && interface.instance.text() == edit.resource) {
        mine.push_back(&interface);
      }
    }
    if (mine.size() == 1) {
      edit.resource = mine.front()->id.text();
    }
    if (const auto known = groups_.find(edit.resource); known != groups_.end()) {
      deed_.before.is_known = true;
      deed_.before.groups = known->second;
    }
    groups_[edit.resource] = edit.groups;
  }

  void recall(InterfaceCreated& edit) { groups_[edit.interface.text()] = edit.groups; }

  void recall(InterfaceAttached& edit) {
    if (edit.is_attached) {
      attachments_[edit.attachment] = edit;
    } else if (const auto known = attachments_.find(edit.attachment); known != attachments_.end()) {
      edit.interface = known->second.interface;
      edit.instance = known->second.instance;
    }
  }

  void recall(InstanceStateSet& edit) {
    if (!deed_.event->name.starts_with("Terminate")) {
      return;
    }
    for (auto row = made_.all<NetworkInterface>().begin();
         row != made_.all<NetworkInterface>().end(); ++row) {
      if (row->instance == edit.instance) {
        deed_.before.rows.emplace_back(row.shared());
      }
    }
    deed_.before.is_known = !deed_.before.rows.empty();
  }

  template <class Map, class Value>
  void exchange(Map& map, const std::string& key, Value& before, const Value& after) {
    const auto known = map.find(key);
    if (creates() || known != map.end()) {
      deed_.before.is_known = true;
    }
    if (!creates() && known != map.end()) {
      before = known->second;
    }
    map[key] = after;
  }

  void recall(AclRuleSet& edit) {
    exchange(entries_, entry_key(edit.acl, edit.entry.is_egress, edit.entry.number),
             deed_.before.entry, std::optional(edit.entry));
  }
  void recall(AclRuleRemoved& edit) {
    exchange(entries_, entry_key(edit.acl, edit.is_egress, edit.number), deed_.before.entry,
             std::optional<NetworkAclEntry>());
  }
  void recall(RouteOpened& edit) {
    exchange(routes_, route_key(edit.table, destination_of(edit.route)), deed_.before.route,
             std::optional(edit.route));
  }
  void recall(RouteClosed& edit) {
    exchange(routes_, route_key(edit.table, edit.destination), deed_.before.route,
             std::optional<Route>());
  }

  /// The subnet or gateway that the association is of, and the part that it had.
  void recall(AssociationSet& edit) {
    if (const auto known = associations_.find(edit.association); known != associations_.end()) {
      deed_.before.is_known = true;
      deed_.before.part = known->second.part;
      edit.place = edit.place.empty() ? known->second.place : edit.place;
      associations_.erase(known);
    }
    if (!edit.part.empty()) {
      associations_[edit.next.empty() ? edit.association : edit.next] = {.part = edit.part,
                                                                         .place = edit.place};
    }
  }

  void recall(AddressSet& edit) {
    if (!edit.is_associated && edit.association.empty() && edit.public_ip &&
        !edit.allocation.empty()) {
      allocations_[edit.allocation] = *edit.public_ip;  // AllocateAddress
      return;
    }
    const std::string key =
        edit.association.empty() && edit.public_ip ? edit.public_ip->text() : edit.association;
    if (edit.is_associated) {
      if (const auto known = allocations_.find(edit.allocation);
          known != allocations_.end() && !edit.public_ip) {
        edit.public_ip = known->second;
      }
      addresses_[edit.association] = edit;
      if (edit.public_ip) {
        addresses_[edit.public_ip->text()] = edit;
      }
    } else if (const auto known = addresses_.find(key); known != addresses_.end()) {
      const AddressSet facts = known->second;
      edit = facts;
      edit.is_associated = false;
      addresses_.erase(key);
    }
  }

  void recall(SubnetSet& edit) {
    SubnetSet& known = subnets_[edit.subnet.text()];
    deed_.before.subnet = known;
    known.maps_public_ip = edit.maps_public_ip ? edit.maps_public_ip : known.maps_public_ip;
    known.assigns_ipv6 = edit.assigns_ipv6 ? edit.assigns_ipv6 : known.assigns_ipv6;
  }

  void recall(BlockModeSet& edit) {
    exchange(modes_, scope_of(*deed_.event), deed_.before.mode, std::optional(edit.mode));
  }

  void recall(ExclusionSet& edit) {
    const auto known = exclusions_.find(edit.exclusion);
    if (known != exclusions_.end() && edit.resource.empty()) {
      edit.resource = known->second.resource;
    }
    const auto before =
        known == exclusions_.end() ? std::optional<ExclusionSet>() : std::optional(known->second);
    deed_.before.is_known = creates() || before;
    deed_.before.exclusion = creates() ? std::nullopt : before;
    exclusions_[edit.exclusion] = edit;
  }

  void recall(PeeringStateSet& edit) {
    exchange(peerings_, edit.peering, deed_.before.is_active, std::optional(edit.is_active));
  }

  void recall(ResourceLife& edit) {
    const auto id = edit.is_created ? std::nullopt : find_any(made_, edit.resource);
    if (id) {
      id->visit([this](const auto& each) { take_row(each); });
    }
  }

  void recall(GatewayAttached& /*edit*/) {}
  void recall(PrefixListEdited& /*edit*/) {}
  void recall(PrefixListRestored& /*edit*/) {}
  void recall(ExposureSet& /*edit*/) {}
  void recall(Noted& /*edit*/) {}

  /// What the events made, in full: of anything else there is no row.
  void keep_rows() {
    const Effect effect = forward(deed_, made_);
    for (const Change& change : effect.changes) {
      if (auto applied = apply_changes(made_, {&change, 1})) {
        made_ = std::move(applied->snapshot);
      }
    }
  }

  Deed deed_;  // the one that is being added
  std::vector<Deed> deeds_;
  Snapshot made_;
  std::map<std::string, std::string> group_ids_;                // by `ACCOUNT/REGION/NAME`
  std::map<std::string, KnownRule> rules_;                      // by sgr-…
  std::map<std::string, SecurityGroupRuleId> open_rules_;       // by `rule_key`; empty: not told
  std::map<std::string, std::vector<SecurityGroupId>> groups_;  // by eni-… or i-…
  std::map<std::string, InterfaceAttached> attachments_;
  std::map<std::string, std::optional<NetworkAclEntry>> entries_;
  std::map<std::string, std::optional<Route>> routes_;
  std::map<std::string, KnownPlace> associations_;  // of tables and NACLs
  std::map<std::string, IpAddress> allocations_;
  std::map<std::string, AddressSet> addresses_;  // by eipassoc-…, and by address
  std::map<std::string, SubnetSet> subnets_;
  std::map<std::string, std::optional<BlockMode>> modes_;
  std::map<std::string, ExclusionSet> exclusions_;
  std::map<std::string, std::optional<bool>> peerings_;
};

}  // namespace

std::vector<Deed> deeds_of(const Timeline& timeline) {
  Memory memory;
  std::set<std::string> shared;
  for (std::size_t number = 0; number < timeline.events.size(); ++number) {
    const Event& event = timeline.events[number];
    if (!event.took_effect() ||
        (!event.shared_id.empty() && !shared.insert(event.shared_id + "/" + event.name).second)) {
      continue;
    }
    for (const Edit& edit : event.edits) {
      memory.add(event, number, edit);
    }
  }
  return std::move(memory).finish();
}

}  // namespace portolan::events
