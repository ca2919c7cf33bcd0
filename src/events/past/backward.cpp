#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "events/past/parts.h"
#include "events/timeline/pieces.h"

/// What the network was before an edit, from what it is after it.
namespace portolan::events {

namespace {

class Backward {
 public:
  explicit Backward(EffectMaker& maker) : maker_(maker), snapshot_(maker.snapshot()) {}

  void operator()(const RuleOpened& edit) {
    const SecurityGroup* group = maker_.group(edit.group);
    const SecurityGroupRule* rule =
        group == nullptr ? nullptr : EffectMaker::find_rule(*group, edit.rule);
    const SecurityGroupRule* doubted =
        group == nullptr ? nullptr : EffectMaker::find_doubted(*group, edit.rule);
    if (rule != nullptr || doubted != nullptr) {
      maker_.change(RuleRemoved{group->id, rule != nullptr ? *rule : *doubted});
    } else if (group != nullptr && EffectMaker::is_covered(*group, edit.rule)) {
      return;  // the one that was closed by its id, which no record explains
    } else if (group != nullptr) {
      maker_.doubt(group->id, edit.rule);
      maker_.contradict(group->id.text(), fmt::format("the snapshot has no rule {} {} of {}",
                                                      edit.rule.services.text(),
                                                      peer_text(edit.rule.peer), group->id.text()));
    } else {
      missing(edit.group.text());
    }
  }

  void operator()(const RuleClosed& edit) {
    const SecurityGroup* group = maker_.group(edit.group);
    if (group == nullptr) {
      missing(edit.group.text());
      return;
    }
    if (EffectMaker::find_rule(*group, edit.rule) != nullptr) {
      maker_.doubt(group->id, edit.rule);
      maker_.contradict(group->id.text(), fmt::format("the snapshot has a rule {} {} of {}",
                                                      edit.rule.services.text(),
                                                      peer_text(edit.rule.peer), group->id.text()));
      return;
    }
    const Vpc* vpc = snapshot_.find(group->vpc);
    if (edit.is_proven || (vpc != nullptr && !vpc->is_default)) {
      maker_.change(RuleAdded{group->id, edit.rule});
    } else {
      maker_.gap(group->id.text(),
                 fmt::format("whether {} had the rule {} {}", group->id.text(),
                             edit.rule.services.text(), peer_text(edit.rule.peer)));
      maker_.unknown_rule(group->id, edit.rule);
    }
  }

  void operator()(const RuleClosedById& edit) {
    const SecurityGroup* group = maker_.group(edit.group);
    if (group == nullptr) {
      missing(edit.group.text());
      return;
    }
    maker_.gap(group->id.text(),
               fmt::format("what rule {} of {} was", edit.rule.text(), group->id.text()));
    maker_.unknown_rule(group->id, {.id = edit.rule, .is_egress = edit.is_egress});
  }

  void operator()(const RuleRewritten& edit) {
    const SecurityGroup* group = maker_.group(edit.group);
    const SecurityGroupRule* rule =
        group == nullptr ? nullptr : EffectMaker::find_rule(*group, edit.after);
    if (rule == nullptr) {
      missing(group == nullptr ? edit.group.text() : edit.rule.text());
      return;
    }
    SecurityGroupRule before = maker_.before().rule.value_or(SecurityGroupRule{});
    before.is_egress = rule->is_egress;
    if (!maker_.before().rule) {
      maker_.gap(group->id.text(),
                 fmt::format("what rule {} of {} was", edit.rule.text(), group->id.text()));
      before = rule_not_told(std::move(before));
    }
    before.id = edit.rule;
    maker_.change(RuleModified{group->id, *rule, before});
  }

  void operator()(const GroupCreated& edit) { unmake(edit.group); }

  void operator()(const GroupDeleted& edit) {
    if (bring_back() || maker_.group(edit.group) != nullptr) {
      return;
    }
    SecurityGroup row;
    row.id = edit.group;
    own(row.owned);
    row.rules = {rule_not_told({.is_egress = false}), rule_not_told({.is_egress = true})};
    maker_.gap(row.id.text(), fmt::format("what rules {} had", row.id.text()));
    maker_.set(std::move(row));
  }

  void operator()(const GroupVpcSet& edit) {
    if (const SecurityGroup* group = maker_.group(edit.group)) {
      maker_.set(with_vpc(*group, edit.vpc, !edit.is_associated));
    }
  }

  void operator()(const GroupsSet& edit) {
    const NetworkInterface* interface = interface_of(maker_, edit.resource);
    if (interface == nullptr) {
      forget_groups(edit.resource);
    } else if (maker_.before().is_known) {
      maker_.set(with_groups(maker_, *interface, maker_.before().groups));
    } else {
      maker_.gap(interface->id.text(), fmt::format("which groups {} had", interface->id.text()));
      NetworkInterface row = *interface;
      row.groups.clear();
      maker_.unknown_interface(row, false);
    }
  }

  void operator()(const InterfaceCreated& edit) { unmake(edit.interface); }

  void operator()(const InterfaceAttached& edit) {
    const NetworkInterface* interface = snapshot_.find(edit.interface);
    if (interface != nullptr && (edit.is_attached || !edit.instance.empty())) {
      NetworkInterface row = *interface;
      row.instance = edit.is_attached ? InstanceId{} : edit.instance;
      row.status = edit.is_attached ? "available" : "in-use";
      maker_.set(std::move(row));
    } else if (!edit.is_attached) {
      maker_.gap(edit.attachment, "which interface it was that was detached");
      maker_.unknown_interfaces([](const auto& each) { return each.instance.empty(); }, false);
    }
  }

  void operator()(const InstanceStateSet& edit) {
    const std::string& name = maker_.event().name;
    if (name.starts_with("Terminate")) {
      set_state(maker_, edit.instance, InstanceState::Running);
      if (!bring_back() && maker_.interfaces_of(edit.instance).empty()) {
        maker_.gap(edit.instance.text(),
                   fmt::format("which interfaces {} had", edit.instance.text()));
      }
    } else if (name.starts_with("Stop")) {
      set_state(maker_, edit.instance, InstanceState::Running);
      doubt_addresses(maker_, edit.instance);
    } else {
      set_state(maker_, edit.instance, InstanceState::Stopped);
      drop_passing_addresses(maker_, edit.instance);
    }
  }

  void operator()(const AclRuleSet& edit) {
    const AclRuleRemoved place{
        .acl = edit.acl, .is_egress = edit.entry.is_egress, .number = edit.entry.number};
    restore_entry(place);
  }
  void operator()(const AclRuleRemoved& edit) { restore_entry(edit); }

  void operator()(const RouteOpened& edit) {
    restore_route(edit.table, destination_of(edit.route));
  }
  void operator()(const RouteClosed& edit) { restore_route(edit.table, edit.destination); }

  void operator()(const AssociationSet& edit) {
    const bool is_new = edit.next.empty() && !edit.part.empty();  // AssociateRouteTable
    if (is_new) {
      move_table(maker_, edit.place, {});
      return;
    }
    const bool is_acl = edit.part.starts_with("acl-");
    const std::string& place = edit.place;
    if (!place.empty() && maker_.before().is_known) {
      is_acl ? move_acl(maker_, {place}, {maker_.before().part})
             : move_table(maker_, place, {maker_.before().part});
      return;
    }
    restore_association(edit, is_acl);
  }

  void operator()(const PrefixListEdited& edit) {
    if (edit.is_new) {
      unmake(edit.list);
      return;
    }
    const PrefixList* list = snapshot_.find(edit.list);
    if (list == nullptr || !list->entries) {
      missing(edit.list.text());
      return;
    }
    for (const PrefixListEntry& entry : edit.added) {
      if (has_entry(*list, entry.cidr)) {
        maker_.change(PrefixListEntryRemoved{edit.list, entry.cidr});
      } else {
        missing(edit.list.text());
      }
    }
    for (const IpPrefix& block : edit.removed) {
      maker_.change(PrefixListEntrySet{edit.list, {.cidr = block, .description = {}}});
    }
  }

  void operator()(const PrefixListRestored& edit) { forget_entries(maker_, edit.list); }

  void operator()(const AddressSet& edit) {
    if (!edit.is_associated && edit.association.empty() && !edit.allocation.empty()) {
      return;  // AllocateAddress
    }
    set_address(maker_, edit, !edit.is_associated);
    if (edit.is_associated) {
      doubt_own_address(edit);
    }
  }

  void operator()(const SubnetSet& edit) {
    SubnetSet before = maker_.before().subnet;
    before.subnet = edit.subnet;
    if ((edit.maps_public_ip && !before.maps_public_ip) ||
        (edit.assigns_ipv6 && !before.assigns_ipv6)) {
      maker_.gap(edit.subnet.text(),
                 fmt::format("what {} gave to new interfaces", edit.subnet.text()));
    }
    set_subnet(maker_, before);
  }

  void operator()(const BlockModeSet& /*edit*/) {
    const Event& event = maker_.event();
    if (maker_.before().mode) {
      maker_.change(PublicAccessBlockSet{event.account, event.region, *maker_.before().mode});
      return;
    }
    const BlockPublicAccessId id{event.account.text() + "/" + event.region.text()};
    maker_.gap(id.text(), "whether public access was blocked");
    if (snapshot_.find(id) != nullptr) {
      maker_.remove(AnyId(id));
    }
  }

  void operator()(const ExclusionSet& edit) {
    if (!maker_.before().is_known) {
      maker_.gap(edit.exclusion, "what was excluded from the block on public access");
    } else if (maker_.before().exclusion && maker_.before().exclusion->is_active) {
      set_exclusion(maker_, *maker_.before().exclusion);
    } else {
      remove_exclusion(maker_, edit.exclusion);
    }
  }

  /// The id is in the call, and a gateway has one VPC at a time.
  void operator()(const GatewayAttached& edit) {
    attach_gateway(maker_, edit.gateway, edit.vpc, !edit.is_attached);
  }

  void operator()(const PeeringStateSet& edit) {
    const VpcPeeringId id{edit.peering};
    if (snapshot_.find(id) == nullptr) {
      return;
    }
    if (edit.is_active || maker_.event().name.starts_with("Reject")) {
      maker_.change(PeeringSet{.peering = id, .is_active = false});
    } else if (maker_.before().is_active) {
      maker_.change(PeeringSet{.peering = id, .is_active = *maker_.before().is_active});
    } else {
      maker_.gap(id.text(), fmt::format("whether {} was active", id.text()));
      maker_.remove(AnyId(id));
    }
  }

  void operator()(const ExposureSet& edit) {
    ExposureSet before = edit;
    before.is_public = !edit.is_public;
    set_exposure(maker_, before);
  }

  void operator()(const ResourceLife& edit) {
    const auto id = find_any(snapshot_, edit.resource);
    if (edit.is_created && id) {
      maker_.remove(*id);
    } else if (!edit.is_created && !id && !bring_back()) {
      revive(edit.resource);
    }
  }

  void operator()(const Noted& edit) { forget(maker_, edit.resource); }

 private:
  void own(Owned& owned) const {
    owned.account = maker_.event().account;
    owned.region = maker_.event().region;
  }

  void missing(const std::string& resource) {
    maker_.contradict(resource, fmt::format("the snapshot lacks {}", resource));
  }

  template <class Resource>
  void unmake(const Id<Resource>& id) {
    if (snapshot_.find(id) != nullptr) {
      maker_.remove(AnyId(id));
    } else {
      missing(id.text());
    }
  }

  /// True if earlier events tell all of what the edit took away.
  bool bring_back() {
    for (const AnyResource& row : maker_.before().rows) {
      maker_.change(ResourceSet{row});
    }
    return !maker_.before().rows.empty();
  }

  /// What AWS demands of a resource before it can be deleted tells much of it.
  void revive(const std::string& resource) {
    if (resource.starts_with("igw-")) {
      InternetGateway row;  // it must have been detached
      row.id = {resource};
      own(row.owned);
      maker_.set(std::move(row));
    } else if (resource.starts_with("rtb-")) {
      RouteTable row = table_not_told({resource});  // no subnet can have had it
      own(row.owned);
      maker_.gap(resource, fmt::format("what routes {} had", resource));
      maker_.set(std::move(row));
    } else if (matters_to_network(maker_.event())) {
      maker_.gap(resource, fmt::format("what {} was like", resource));
    }
  }

  void forget_groups(const std::string& resource) {
    for (const NetworkInterface* each : maker_.interfaces_of(InstanceId{resource})) {
      maker_.gap(each->id.text(), fmt::format("which groups {} had", each->id.text()));
      maker_.unknown_interface(*each, false);
    }
  }

  void restore_entry(const AclRuleRemoved& place) {
    const NetworkAcl* acl = snapshot_.find(place.acl);
    if (acl == nullptr) {
      return;  // nothing is known of it already
    }
    if (!maker_.before().is_known) {
      maker_.gap(acl->id.text(),
                 fmt::format("what entry {} of {} was", place.number, acl->id.text()));
      maker_.unknown_acl(*acl);
    } else if (maker_.before().entry) {
      maker_.change(AclEntrySet{acl->id, *maker_.before().entry});
    } else if (find_entry(*acl, place) != nullptr) {
      maker_.change(
          AclEntryRemoved{.acl = acl->id, .is_egress = place.is_egress, .number = place.number});
    } else {
      missing(fmt::format("entry {} of {}", place.number, acl->id.text()));
    }
  }

  void restore_route(const RouteTableId& id, const RouteDestination& destination) {
    const RouteTable* table = snapshot_.find(id);
    if (table == nullptr) {
      return;
    }
    const auto* block = std::get_if<IpPrefix>(&destination);
    const std::string to =
        block != nullptr ? block->text() : std::get<PrefixListId>(destination).text();
    if (!maker_.before().is_known) {
      Route route;  // its target is unknown
      if (block != nullptr) {
        route.cidr = *block;
      } else {
        route.prefix_list = std::get<PrefixListId>(destination);
      }
      maker_.gap(id.text(), fmt::format("where the route of {} to {} led", id.text(), to));
      maker_.change(RouteSet{id, route});
    } else if (maker_.before().route) {
      maker_.change(RouteSet{id, with_interface(maker_, *maker_.before().route)});
    } else if (find_route(*table, destination) != nullptr) {
      maker_.change(RouteRemoved{id, destination});
    } else {
      missing(fmt::format("the route of {} to {}", id.text(), to));
    }
  }

  /// The record names an association that no earlier one explains.
  void restore_association(const AssociationSet& edit, bool is_acl) {
    std::vector<SubnetId> doubtful;
    if (!edit.place.empty()) {
      doubtful = {SubnetId{edit.place}};
    } else if (is_acl) {
      const NetworkAcl* acl = snapshot_.find(NetworkAclId{edit.part});
      doubtful = acl == nullptr ? doubtful : acl->subnets;
    } else if (!edit.part.empty()) {
      const RouteTable* table = snapshot_.find(RouteTableId{edit.part});
      doubtful = table == nullptr ? doubtful : table->subnets;
      if (table != nullptr && table->is_main) {  // the main table may have been replaced
        any_table(maker_, {});
        return;
      }
    } else {
      any_table(maker_, {});
      return;
    }
    maker_.gap(edit.part, fmt::format("what {} took the place of", edit.part));
    is_acl ? maker_.unknown_acl_of(doubtful) : maker_.unknown_table_of(doubtful);
  }

  /// An address that is associated takes the place of one that AWS gave by itself.
  void doubt_own_address(const AddressSet& edit) {
    const NetworkInterface* interface = snapshot_.find(edit.interface);
    if (interface == nullptr && !edit.instance.empty()) {
      interface = interface_of(maker_, edit.instance.text());
    }
    const Subnet* subnet = interface == nullptr ? nullptr : snapshot_.find(interface->subnet);
    if (subnet == nullptr || !subnet->maps_public_ip_on_launch || interface->instance.empty()) {
      return;
    }
    NetworkInterface row = *interface;
    for (InterfaceAddress& each : row.addresses) {
      each.public_ip = each.public_ip == edit.public_ip ? std::nullopt : each.public_ip;
    }
    maker_.gap(row.id.text(), fmt::format("whether {} had another public address", row.id.text()));
    maker_.unknown_interface(row, true);
  }

  EffectMaker& maker_;
  const Snapshot& snapshot_;
};

}  // namespace

Effect backward(const Deed& deed, const Snapshot& snapshot) {
  EffectMaker maker(deed, snapshot);
  std::visit(Backward(maker), deed.edit);
  return std::move(maker).finish();
}

}  // namespace portolan::events
