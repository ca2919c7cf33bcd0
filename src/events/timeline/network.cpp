#include <utility>

#include <fmt/format.h>

#include "events/timeline/pieces.h"
#include "events/timeline/tracker.h"

/// What happens to NACLs, routes, prefix lists, gateways and the block on public access.
namespace portolan::events {

namespace {

std::string entry_key(const NetworkAclId& acl, bool is_egress, int number) {
  return fmt::format("acl/{}/{}/{}", acl.text(), is_egress ? "egress" : "ingress", number);
}

std::string text_of(const std::variant<IpPrefix, PrefixListId>& destination) {
  const auto* const block = std::get_if<IpPrefix>(&destination);
  return block != nullptr ? block->text() : std::get<PrefixListId>(destination).text();
}

}  // namespace

Subject Tracker::subject_of(const AclRuleSet& edit) const {
  const NetworkAclEntry& entry = edit.entry;
  Subject made = subject(SubjectKind::AclEntry, edit.acl.text());
  made.detail = std::to_string(entry.number);
  made.is_egress = entry.is_egress;
  made.services = entry.services;
  made.peer = entry.cidr.text();
  made.target = entry.allows ? "allow" : "deny";
  return made;
}

Subject Tracker::subject_of(const AclRuleRemoved& edit) const {
  Subject made = subject(SubjectKind::AclEntry, edit.acl.text());
  made.detail = std::to_string(edit.number);
  made.is_egress = edit.is_egress;
  return made;
}

Subject Tracker::subject_of(const RouteOpened& edit) const {
  const Route& route = edit.route;
  Subject made = subject(SubjectKind::Route, edit.table.text());
  made.peer = route.cidr ? route.cidr->text() : route.prefix_list.text();
  made.target =
      route.target.kind == RouteTargetKind::Local ? std::string("local") : route.target.id;
  return made;
}

Subject Tracker::subject_of(const RouteClosed& edit) const {
  Subject made = subject(SubjectKind::Route, edit.table.text());
  made.peer = text_of(edit.destination);
  return made;
}

Subject Tracker::subject_of(const ExclusionSet& edit) const {
  Subject made =
      subject(SubjectKind::PublicAccess, edit.resource.empty() ? edit.exclusion : edit.resource);
  made.detail = edit.exclusion;
  made.target = edit.allows_ingress ? "bidirectional" : "egress";
  return made;
}

void Tracker::edit(const AclRuleSet& edit) {
  const NetworkAclEntry& entry = edit.entry;
  const std::string key = entry_key(edit.acl, entry.is_egress, entry.number);
  if (event_->name.starts_with("Replace")) {
    const AclRuleRemoved gone{
        .acl = edit.acl, .is_egress = entry.is_egress, .number = entry.number};
    book_.close(key, subject_of(gone), touch_, EndKind::Modified);
  }
  book_.open(key, subject_of(edit), touch_);
  change(AclEntrySet{edit.acl, entry});
}

void Tracker::edit(const AclRuleRemoved& edit) {
  book_.close(entry_key(edit.acl, edit.is_egress, edit.number), subject_of(edit), touch_,
              EndKind::Revoked);
  change(AclEntryRemoved{.acl = edit.acl, .is_egress = edit.is_egress, .number = edit.number});
}

void Tracker::edit(const RouteOpened& edit) {
  Subject made = subject_of(edit);
  const std::string key = "route/" + edit.table.text() + "/" + made.peer;
  if (event_->name.starts_with("Replace")) {
    Subject unseen = made;
    unseen.target.clear();
    book_.close(key, unseen, touch_, EndKind::Modified);
  }
  book_.open(key, std::move(made), touch_);
  change(RouteSet{edit.table, edit.route});
}

void Tracker::edit(const RouteClosed& edit) {
  const Subject unseen = subject_of(edit);
  book_.close("route/" + edit.table.text() + "/" + unseen.peer, unseen, touch_, EndKind::Revoked);
  change(RouteRemoved{edit.table, edit.destination});
}

void Tracker::edit(const PrefixListEdited& edit) {
  const auto entry_of = [&](const IpPrefix& block) {
    Subject entry = subject(SubjectKind::PrefixListEntry, edit.list.text());
    entry.peer = block.text();
    return entry;
  };
  const std::string prefix = "list/" + edit.list.text() + "/";
  for (const IpPrefix& block : edit.removed) {
    book_.close(prefix + block.text(), entry_of(block), touch_, EndKind::Revoked);
    change(PrefixListEntryRemoved{edit.list, block});
  }
  if (edit.is_new) {
    PrefixList row;
    row.id = edit.list;
    row.owned.account = event_->account;
    row.owned.region = event_->region;
    row.list_name = edit.name;
    row.entries = edit.added;
    change(ResourceSet{std::make_shared<const PrefixList>(std::move(row))});
  }
  for (const PrefixListEntry& entry : edit.added) {
    book_.open(prefix + entry.cidr.text(), entry_of(entry.cidr), touch_);
    if (!edit.is_new) {
      change(PrefixListEntrySet{edit.list, entry});
    }
  }
}

/// What the entries are after it is not in the record.
void Tracker::edit(const PrefixListRestored& edit) {
  book_.close_all("list/" + edit.list.text() + "/", touch_, EndKind::Modified);
}

void Tracker::edit(const BlockModeSet& edit) {
  const std::string key = "block/" + scope();
  Subject off = subject(SubjectKind::PublicAccess, scope());
  off.detail = "off";
  if (edit.mode == BlockMode::Off) {
    book_.open(key, std::move(off), touch_);
  } else {
    book_.close(key, off, touch_, EndKind::Modified);
  }
  change(PublicAccessBlockSet{event_->account, event_->region, edit.mode});
}

void Tracker::edit(const ExclusionSet& edit) {
  const std::string key = "exclusion/" + edit.exclusion;
  if (edit.is_active) {
    book_.open(key, subject_of(edit), touch_);
  } else {
    book_.close(key, subject_of(edit), touch_, EndKind::Deleted);
  }
}

void Tracker::edit(const PeeringStateSet& edit) {
  change(PeeringSet{.peering = {edit.peering}, .is_active = edit.is_active});
}

void Tracker::edit(const SubnetSet& edit) {
  const auto set = [&](std::string_view setting, const std::optional<bool>& value) {
    if (value) {
      this->edit(ExposureSet{edit.subnet.text(), std::string(setting), *value});
    }
  };
  set("mapPublicIpOnLaunch", edit.maps_public_ip);
  set("assignIpv6AddressOnCreation", edit.assigns_ipv6);
}

void Tracker::edit(const ExposureSet& edit) {
  Subject made = subject(SubjectKind::Switch, edit.resource);
  made.detail = edit.setting;
  const std::string key =
      fmt::format("switch/{}/{}/{}/{}", scope(), event_->source, edit.resource, edit.setting);
  if (!edit.is_public) {
    // Said in passing by calls that change something else: only what was seen open is closed.
    for (Interval& part : book_.take(key)) {
      book_.add_step(part.subject, false);
      book_.finish(std::move(part), touch_, EndKind::Modified);
    }
  } else if (!book_.is_open(key)) {
    book_.open(key, std::move(made), touch_);
  }
}

/// What is associated with what is no interval; a snapshot tells it. But a call that names nothing
/// but the association closes what that one opened.
void Tracker::edit(const AssociationSet& edit) {
  AssociationSet made = edit;
  if (const auto known = placed_.find(edit.association); known != placed_.end()) {
    made.place = edit.place.empty() ? known->second.place : edit.place;
    add_step(SubjectKind::Other, known->second.part, known->second.place, false);
    placed_.erase(known);
  }
  const std::string& id = edit.next.empty() ? edit.association : edit.next;
  if (!edit.part.empty() && !id.empty()) {
    add_step(SubjectKind::Other, made.part, made.place, true);
    placed_[id] = std::move(made);
  }
}
void Tracker::edit(const GatewayAttached& /*edit*/) {}
void Tracker::edit(const GroupVpcSet& /*edit*/) {}
void Tracker::edit(const InstanceStateSet& /*edit*/) {}
void Tracker::edit(const Noted& /*edit*/) {}

}  // namespace portolan::events
