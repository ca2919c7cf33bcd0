#include <array>
#include <utility>

#include "events/timeline/pieces.h"
#include "events/timeline/tracker.h"

/// What calls ask for: of those that failed, and of those whose effect no interval shows.
namespace portolan::events {

namespace {

// By the first word of the call. What is neither opens, as it may.
constexpr std::array<std::string_view, 14> kClosingVerbs = {
    "Delete", "Detach", "Disassociate", "Revoke",     "Remove", "Release",  "Terminate",
    "Stop",   "Reject", "Disable",      "Deregister", "Close",  "Unassign", "Withdraw",
};

bool closes(std::string_view name) {
  for (const std::string_view verb : kClosingVerbs) {
    if (name.starts_with(verb)) {
      return true;
    }
  }
  return false;
}

std::string first_of(const std::string& a, const std::string& b, const std::string& c = {}) {
  return !a.empty() ? a : !b.empty() ? b : c;
}

}  // namespace

/// What each kind of edit asks for.
struct Tracker::Asked {
  Tracker& self;

  void rule(const SecurityGroupId& group, const SecurityGroupRule& rule, bool opens) const {
    self.book_.add_step(self.subject_of(self.resolved(*self.event_, group), rule), opens);
  }
  void groups(const std::string& resource, const std::vector<SecurityGroupId>& groups) const {
    for (const SecurityGroupId& group : groups) {
      self.add_step(SubjectKind::Membership, resource, self.resolved(*self.event_, group).text(),
                    true);
    }
    if (groups.empty()) {
      self.add_step(SubjectKind::Other, resource, {}, true);
    }
  }
  void set_switch(const std::string& resource, std::string_view setting, bool opens) const {
    Subject made = self.subject(SubjectKind::Switch, resource);
    made.detail = setting;
    self.book_.add_step(std::move(made), opens);
  }

  void operator()(const RuleOpened& edit) const { rule(edit.group, edit.rule, true); }
  void operator()(const RuleClosed& edit) const { rule(edit.group, edit.rule, false); }
  void operator()(const RuleClosedById& edit) const {
    const auto known = self.rules_.find(edit.rule.text());
    if (known != self.rules_.end()) {
      return rule(edit.group, known->second.rule, false);
    }
    Subject made = self.subject(SubjectKind::Rule, edit.group.text());
    made.detail = edit.rule.text();
    made.is_egress = edit.is_egress;
    self.book_.add_step(std::move(made), false);
  }
  void operator()(const RuleRewritten& edit) const {
    Subject made = self.subject_of(edit.group, edit.after);
    made.is_egress.reset();
    if (const auto known = self.rules_.find(edit.rule.text()); known != self.rules_.end()) {
      made.is_egress = known->second.rule.is_egress;
    }
    self.book_.add_step(std::move(made), true);
  }
  void operator()(const GroupCreated& edit) const {
    Subject made = self.subject(SubjectKind::Group, edit.group.text());
    made.detail = edit.name;
    self.book_.add_step(std::move(made), true);
  }
  void operator()(const GroupDeleted& edit) const {
    self.add_step(SubjectKind::Group, self.resolved(*self.event_, edit.group).text(), {}, false);
  }
  void operator()(const GroupVpcSet& edit) const {
    self.add_step(SubjectKind::Other, edit.group.text(), edit.vpc.text(), edit.is_associated);
  }
  void operator()(const GroupsSet& edit) const { groups(edit.resource, edit.groups); }
  void operator()(const InterfaceCreated& edit) const {
    groups(first_of(edit.interface.text(), edit.subnet.text()), edit.groups);
  }
  void operator()(const InterfaceAttached& edit) const {
    self.add_step(SubjectKind::Other, first_of(edit.interface.text(), edit.attachment),
                  edit.instance.text(), edit.is_attached);
  }
  void operator()(const InstanceStateSet& edit) const {
    self.add_step(SubjectKind::Other, edit.instance.text(), {}, !closes(self.event_->name));
  }
  void operator()(const AclRuleSet& edit) const {
    self.book_.add_step(self.subject_of(edit), true);
  }
  void operator()(const AclRuleRemoved& edit) const {
    self.book_.add_step(self.subject_of(edit), false);
  }
  void operator()(const RouteOpened& edit) const {
    self.book_.add_step(self.subject_of(edit), true);
  }
  void operator()(const RouteClosed& edit) const {
    self.book_.add_step(self.subject_of(edit), false);
  }
  void operator()(const AssociationSet& edit) const {
    self.add_step(SubjectKind::Other, first_of(edit.part, edit.association, edit.next), edit.place,
                  !closes(self.event_->name));
  }
  void operator()(const PrefixListEdited& edit) const {
    for (const IpPrefix& block : edit.removed) {
      self.add_step(SubjectKind::PrefixListEntry, edit.list.text(), block.text(), false);
    }
    for (const PrefixListEntry& entry : edit.added) {
      self.add_step(SubjectKind::PrefixListEntry, edit.list.text(), entry.cidr.text(), true);
    }
    if (edit.added.empty() && edit.removed.empty()) {
      self.add_step(SubjectKind::Other, first_of(edit.list.text(), edit.name), {}, true);
    }
  }
  void operator()(const PrefixListRestored& edit) const {
    self.add_step(SubjectKind::Other, edit.list.text(), {}, true);
  }
  void operator()(const AddressSet& edit) const {
    const bool is_allocated = !edit.is_associated && edit.association.empty();
    const std::string place = first_of(edit.interface.text(), edit.instance.text());
    self.add_step(SubjectKind::PublicAddress, first_of(place, edit.allocation, edit.association),
                  edit.public_ip ? edit.public_ip->text() : "",
                  edit.is_associated || (is_allocated && !closes(self.event_->name)));
  }
  void operator()(const SubnetSet& edit) const {
    if (edit.maps_public_ip) {
      set_switch(edit.subnet.text(), "mapPublicIpOnLaunch", *edit.maps_public_ip);
    }
    if (edit.assigns_ipv6) {
      set_switch(edit.subnet.text(), "assignIpv6AddressOnCreation", *edit.assigns_ipv6);
    }
    if (!edit.maps_public_ip && !edit.assigns_ipv6) {
      self.add_step(SubjectKind::Other, edit.subnet.text(), {}, true);
    }
  }
  void operator()(const BlockModeSet& edit) const {
    self.add_step(SubjectKind::PublicAccess, self.scope(), {}, edit.mode == BlockMode::Off);
  }
  void operator()(const ExclusionSet& edit) const {
    self.book_.add_step(self.subject_of(edit), edit.is_active);
  }
  void operator()(const GatewayAttached& edit) const {
    self.add_step(SubjectKind::Other, edit.gateway, edit.vpc.text(), edit.is_attached);
  }
  void operator()(const PeeringStateSet& edit) const {
    self.add_step(SubjectKind::Other, edit.peering, {}, edit.is_active);
  }
  void operator()(const ExposureSet& edit) const {
    set_switch(edit.resource, edit.setting, edit.is_public);
  }
  void operator()(const ResourceLife& edit) const {
    self.add_step(SubjectKind::Other, edit.resource, {}, edit.is_created);
  }
  void operator()(const Noted& edit) const {
    self.add_step(SubjectKind::Other, edit.resource, {}, !closes(self.event_->name));
  }
};

void Tracker::add_asked(const Edit& edit) { std::visit(Asked{*this}, edit); }

}  // namespace portolan::events
