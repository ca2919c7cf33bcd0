#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "events/past/parts.h"

/// What an edit does to the network as it was before.
namespace portolan::events {

namespace {

class Forward {
 public:
  explicit Forward(EffectMaker& maker) : maker_(maker), snapshot_(maker.snapshot()) {}

  void operator()(const RuleOpened& edit) {
    const SecurityGroup* group = maker_.group(edit.group);
    if (group != nullptr && EffectMaker::find_rule(*group, edit.rule) == nullptr) {
      maker_.change(RuleAdded{group->id, edit.rule});
    }
  }

  void operator()(const RuleClosed& edit) { close(edit.group, edit.rule); }

  /// Snapshots out of `describe-security-groups` alone have no ids of rules: it may be any of them.
  void operator()(const RuleClosedById& edit) {
    const SecurityGroup* group = maker_.group(edit.group);
    const SecurityGroupRule closed{.id = edit.rule, .is_egress = edit.is_egress};
    if (group == nullptr || EffectMaker::find_rule(*group, closed) != nullptr) {
      close(edit.group, closed);
      return;
    }
    for (const SecurityGroupRule& each : group->rules) {
      if (each.id.empty() && each.is_egress == edit.is_egress) {
        maker_.gap(group->id.text(),
                   fmt::format("which rule of {} {} was", group->id.text(), edit.rule.text()));
        maker_.change(RuleRemoved{group->id, each});
        maker_.unknown_rule(group->id, each);
      }
    }
  }

  void operator()(const RuleRewritten& edit) {
    const SecurityGroup* group = maker_.group(edit.group);
    if (group == nullptr) {
      return;
    }
    const SecurityGroupRule* rule = EffectMaker::find_rule(
        *group, maker_.before().rule.value_or(SecurityGroupRule{.id = edit.rule}));
    if (rule == nullptr) {
      maker_.gap(group->id.text(), fmt::format("the direction of rule {}", edit.rule.text()));
      for (const bool is_egress : {false, true}) {
        SecurityGroupRule maybe = edit.after;
        maybe.is_egress = is_egress;
        maybe.id = {};
        maker_.unknown_rule(group->id, maybe);
      }
      return;
    }
    SecurityGroupRule after = edit.after;
    after.is_egress = rule->is_egress;
    maker_.change(RuleModified{group->id, *rule, after});
  }

  void operator()(const GroupCreated& edit) {
    SecurityGroupRule egress;
    egress.is_egress = true;
    egress.services = ServiceSet::all();
    egress.protocol = "-1";
    egress.peer = IpPrefix::all(IpFamily::V4);
    SecurityGroup row;
    row.id = edit.group;
    own(row.owned);
    row.vpc = edit.vpc;
    row.group_name = edit.name;
    row.description = edit.description;
    row.rules = {egress};
    maker_.set(std::move(row));
  }

  void operator()(const GroupDeleted& edit) {
    if (const SecurityGroup* group = maker_.group(edit.group)) {
      maker_.remove(AnyId(group->id));
    }
  }

  void operator()(const GroupVpcSet& edit) {
    if (const SecurityGroup* group = maker_.group(edit.group)) {
      maker_.set(with_vpc(*group, edit.vpc, edit.is_associated));
    }
  }

  void operator()(const GroupsSet& edit) {
    if (const NetworkInterface* interface = interface_of(maker_, edit.resource)) {
      maker_.set(with_groups(maker_, *interface, edit.groups));
    }
  }

  void operator()(const InterfaceCreated& edit) {
    NetworkInterface row;
    row.id = edit.interface;
    own(row.owned);
    row.vpc = edit.vpc;
    row.subnet = edit.subnet;
    row.groups = edit.groups;
    std::sort(row.groups.begin(), row.groups.end());
    row.instance = edit.instance;
    row.status = edit.instance.empty() ? "available" : "in-use";
    if (edit.private_ip) {
      row.addresses.push_back(
          {.private_ip = *edit.private_ip, .public_ip = std::nullopt, .is_primary = true});
    }
    if (edit.instance.empty()) {
      maker_.set(std::move(row));
    } else {
      maker_.gap(row.id.text(), fmt::format("whether {} got a public address", row.id.text()));
      maker_.unknown_interface(row, true);
    }
  }

  void operator()(const InterfaceAttached& edit) {
    const NetworkInterface* interface = snapshot_.find(edit.interface);
    if (interface != nullptr) {
      NetworkInterface row = *interface;
      row.instance = edit.is_attached ? edit.instance : InstanceId{};
      row.status = edit.is_attached ? "in-use" : "available";
      maker_.set(std::move(row));
    } else if (edit.interface.empty()) {
      maker_.gap(edit.attachment, "which interface it was that was detached");
      maker_.unknown_interfaces([](const auto& each) { return !each.instance.empty(); }, false);
    }
  }

  void operator()(const InstanceStateSet& edit) {
    const std::string& name = maker_.event().name;
    if (name.starts_with("Terminate")) {
      set_state(maker_, edit.instance, InstanceState::Terminated);
      for (const NetworkInterface* each : maker_.interfaces_of(edit.instance)) {
        maker_.remove(AnyId(each->id));
      }
    } else if (name.starts_with("Stop")) {
      set_state(maker_, edit.instance, InstanceState::Stopped);
      drop_passing_addresses(maker_, edit.instance);
    } else {
      set_state(maker_, edit.instance, InstanceState::Running);
      doubt_addresses(maker_, edit.instance);
    }
  }

  void operator()(const AclRuleSet& edit) {
    if (snapshot_.find(edit.acl) != nullptr) {
      maker_.change(AclEntrySet{edit.acl, edit.entry});
    }
  }
  void operator()(const AclRuleRemoved& edit) {
    const NetworkAcl* acl = snapshot_.find(edit.acl);
    if (acl != nullptr && find_entry(*acl, edit) != nullptr) {
      maker_.change(
          AclEntryRemoved{.acl = edit.acl, .is_egress = edit.is_egress, .number = edit.number});
    }
  }

  void operator()(const RouteOpened& edit) {
    if (snapshot_.find(edit.table) != nullptr) {
      maker_.change(RouteSet{edit.table, with_interface(maker_, edit.route)});
    }
  }
  void operator()(const RouteClosed& edit) {
    const RouteTable* table = snapshot_.find(edit.table);
    if (table != nullptr && find_route(*table, edit.destination) != nullptr) {
      maker_.change(RouteRemoved{edit.table, edit.destination});
    }
  }

  void operator()(const AssociationSet& edit) {
    if (edit.part.starts_with("acl-")) {
      edit.place.empty() ? any_acl_of_vpc(maker_, {edit.part})
                         : move_acl(maker_, {edit.place}, {edit.part});
    } else if (!edit.place.empty()) {
      move_table(maker_, edit.place, {edit.part});
    } else {
      any_table(maker_, {edit.part});
    }
  }

  void operator()(const PrefixListEdited& edit) {
    if (edit.is_new) {
      PrefixList row;
      row.id = edit.list;
      own(row.owned);
      row.list_name = edit.name;
      row.entries = edit.added;
      std::sort(row.entries->begin(), row.entries->end());
      maker_.set(std::move(row));
      return;
    }
    const PrefixList* list = snapshot_.find(edit.list);
    if (list == nullptr || !list->entries) {
      return;
    }
    for (const IpPrefix& block : edit.removed) {
      if (has_entry(*list, block)) {
        maker_.change(PrefixListEntryRemoved{edit.list, block});
      }
    }
    for (const PrefixListEntry& entry : edit.added) {
      maker_.change(PrefixListEntrySet{edit.list, entry});
    }
  }

  void operator()(const PrefixListRestored& edit) { forget_entries(maker_, edit.list); }

  void operator()(const AddressSet& edit) {
    if (edit.is_associated || !edit.association.empty() || edit.allocation.empty()) {
      set_address(maker_, edit, edit.is_associated);
    }
  }

  void operator()(const SubnetSet& edit) { set_subnet(maker_, edit); }

  void operator()(const BlockModeSet& edit) {
    maker_.change(PublicAccessBlockSet{maker_.event().account, maker_.event().region, edit.mode});
  }
  void operator()(const ExclusionSet& edit) {
    edit.is_active ? set_exclusion(maker_, edit) : remove_exclusion(maker_, edit.exclusion);
  }

  void operator()(const GatewayAttached& edit) {
    attach_gateway(maker_, edit.gateway, edit.vpc, edit.is_attached);
  }

  void operator()(const PeeringStateSet& edit) {
    if (snapshot_.find(VpcPeeringId{edit.peering}) != nullptr) {
      maker_.change(PeeringSet{.peering = {edit.peering}, .is_active = edit.is_active});
    }
  }

  void operator()(const ExposureSet& edit) { set_exposure(maker_, edit); }

  void operator()(const ResourceLife& edit) {
    const auto id = find_any(snapshot_, edit.resource);
    if (!edit.is_created && id) {
      maker_.remove(*id);
    } else if (edit.is_created && !id && matters_to_network(maker_.event())) {
      maker_.gap(edit.resource, fmt::format("what {} is like", edit.resource));
    }
  }

  void operator()(const Noted& edit) { forget(maker_, edit.resource); }

 private:
  void own(Owned& owned) const {
    owned.account = maker_.event().account;
    owned.region = maker_.event().region;
  }

  void close(const SecurityGroupId& id, const SecurityGroupRule& rule) {
    const SecurityGroup* group = maker_.group(id);
    const SecurityGroupRule* found =
        group == nullptr ? nullptr : EffectMaker::find_rule(*group, rule);
    if (found != nullptr) {
      maker_.change(RuleRemoved{group->id, *found});
    }
  }

  EffectMaker& maker_;
  const Snapshot& snapshot_;
};

}  // namespace

Effect forward(const Deed& deed, const Snapshot& snapshot) {
  EffectMaker maker(deed, snapshot);
  std::visit(Forward(maker), deed.edit);
  return std::move(maker).finish();
}

}  // namespace portolan::events
