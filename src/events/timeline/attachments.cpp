#include <algorithm>
#include <array>
#include <utility>

#include "events/timeline/tracker.h"

/// What happens to interfaces, their groups and public addresses, and to resources as a whole.
namespace portolan::events {

namespace {

template <class Resource>
AnyId id_of(const std::string& text) {
  return AnyId(Id<Resource>{text});
}

struct KnownKind {
  std::string_view prefix;
  AnyId (*id)(const std::string& text);
};

constexpr std::array kKnownKinds = {
    KnownKind{"eni-", id_of<NetworkInterface>},
    KnownKind{"subnet-", id_of<Subnet>},
    KnownKind{"vpc-", id_of<Vpc>},
    KnownKind{"rtb-", id_of<RouteTable>},
    KnownKind{"acl-", id_of<NetworkAcl>},
    KnownKind{"igw-", id_of<InternetGateway>},
    KnownKind{"nat-", id_of<NatGateway>},
    KnownKind{"pl-", id_of<PrefixList>},
    KnownKind{"vpce-", id_of<VpcEndpoint>},
    KnownKind{"eigw-", id_of<EgressOnlyInternetGateway>},
};

}  // namespace

void Tracker::edit(const GroupsSet& edit) {
  std::vector<std::string> targets;
  if (edit.resource.starts_with("eni-")) {
    targets.push_back(edit.resource);
  }
  for (const auto& [id, known] : interfaces_) {
    if (!known.instance.empty() && known.instance == edit.resource) {
      targets.push_back(id);
    }
  }
  if (edit.resource.starts_with("i-") && targets.size() > 1) {
    return;  // the call is for instances of one interface; which one is not told
  }
  for (const std::string& target : targets) {
    KnownInterface& known = interfaces_[target];
    std::set<SecurityGroupId> next;
    for (const SecurityGroupId& group : edit.groups) {
      next.insert(resolved(*event_, group));
    }
    for (const SecurityGroupId& group : next) {
      if (!known.groups || !known.groups->contains(group)) {
        change(GroupAttached{{target}, group});
        add_step(SubjectKind::Membership, target, group.text(), true);
      }
    }
    for (const SecurityGroupId& group : known.groups.value_or(std::set<SecurityGroupId>{})) {
      if (!next.contains(group)) {
        change(GroupDetached{{target}, group});
        add_step(SubjectKind::Membership, target, group.text(), false);
      }
    }
    known.groups = std::move(next);
  }
}

void Tracker::edit(const InterfaceCreated& edit) {
  KnownInterface& known = interfaces_[edit.interface.text()];
  known.groups = std::set<SecurityGroupId>(edit.groups.begin(), edit.groups.end());
  known.private_ip = edit.private_ip;
  known.instance = edit.instance.text();
  NetworkInterface row;
  row.id = edit.interface;
  row.owned.account = event_->account;
  row.owned.region = event_->region;
  row.vpc = edit.vpc;
  row.subnet = edit.subnet;
  row.groups.assign(known.groups->begin(), known.groups->end());
  row.instance = edit.instance;
  if (edit.private_ip) {
    row.addresses.push_back(
        {.private_ip = *edit.private_ip, .public_ip = std::nullopt, .is_primary = true});
  }
  change(ResourceSet{std::make_shared<const NetworkInterface>(std::move(row))});
}

void Tracker::edit(const InterfaceAttached& edit) {
  if (edit.is_attached && !edit.interface.empty()) {
    interfaces_[edit.interface.text()].instance = edit.instance.text();
  }
}

void Tracker::edit(const AddressSet& edit) {
  if (!edit.is_associated && edit.association.empty() && !edit.allocation.empty()) {
    if (edit.public_ip) {
      allocations_.insert_or_assign(edit.allocation, *edit.public_ip);  // AllocateAddress
    }
    return;
  }
  AddressSet facts = edit;
  auto known = associations_.find(edit.association);
  if (known == associations_.end() && !edit.is_associated && edit.association.empty()) {
    // By its address alone, as the older form of the call has it.
    known = std::find_if(associations_.begin(), associations_.end(), [&](const auto& each) {
      return edit.public_ip && each.second.public_ip == edit.public_ip;
    });
  }
  if (known != associations_.end()) {
    facts = known->second;
  }
  if (const auto allocated = allocations_.find(facts.allocation);
      allocated != allocations_.end() && !facts.public_ip) {
    facts.public_ip = allocated->second;
  }
  const std::string place =
      facts.interface.empty() ? facts.instance.text() : facts.interface.text();
  Subject made = subject(SubjectKind::PublicAddress, place.empty() ? facts.association : place);
  made.detail = facts.association;
  made.peer = facts.public_ip ? facts.public_ip->text() : "";
  const std::string key = "address/" + (facts.association.empty() ? made.peer : facts.association);
  const auto interface = interfaces_.find(facts.interface.text());
  std::optional<IpAddress> private_ip = facts.private_ip;
  if (!private_ip && interface != interfaces_.end()) {
    private_ip = interface->second.private_ip;
  }
  if (edit.is_associated) {
    associations_[facts.association] = facts;
    book_.open(key, std::move(made), touch_);
  } else {
    associations_.erase(facts.association);
    book_.close(key, made, touch_, EndKind::Revoked);
  }
  if (!facts.interface.empty() && private_ip && (facts.public_ip || !edit.is_associated)) {
    change(PublicAddressSet{
        .interface = facts.interface,
        .private_ip = *private_ip,
        .public_ip = edit.is_associated ? facts.public_ip : std::optional<IpAddress>()});
  }
}

void Tracker::edit(const ResourceLife& edit) {
  add_step(SubjectKind::Other, edit.resource, {}, edit.is_created);
  if (edit.is_created || edit.resource.empty()) {
    return;
  }
  for (const std::string_view kind : {"acl/", "route/", "list/"}) {
    book_.close_all(std::string(kind) + edit.resource + "/", touch_, EndKind::Deleted);
  }
  book_.close_all("switch/" + scope() + "/" + event_->source + "/" + edit.resource + "/", touch_,
                  EndKind::Deleted);
  interfaces_.erase(edit.resource);
  for (const KnownKind& kind : kKnownKinds) {
    if (edit.resource.starts_with(kind.prefix)) {
      change(ResourceRemoved{kind.id(edit.resource)});
    }
  }
}

}  // namespace portolan::events
