#include "events/past/unknown.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "events/timeline/pieces.h"
#include "model/not_told.h"

namespace portolan::events {

namespace {

/// An address that no interface can have, another one for each: the interface may have a public
/// one. SOURCE: RFC 1112, section 4 (class E).
IpAddress address_not_told(const NetworkInterface& interface) {
  constexpr std::uint32_t kReserved = 0xF000'0000U;
  constexpr std::uint32_t kPrime = 16'777'619U;
  std::uint32_t hash = 2'166'136'261U;
  for (const char letter : interface.id.text()) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * kPrime;
  }
  return IpAddress::v4(kReserved | (hash & 0x0FFF'FFFEU));
}

}  // namespace

void EffectMaker::gap(const std::string& resource, const std::string& what) {
  effect_.gaps.push_back(
      {.code = "not_in_the_logs",
       .resource = resource,
       .message = fmt::format("{} is not told by the logs ({} at {}, event {})", what, event().name,
                              event().time.text(), printable(event().id))});
}

void EffectMaker::contradict(const std::string& resource, const std::string& what) {
  effect_.contradictions.push_back(
      {.code = "logs_contradict_snapshot",
       .resource = resource,
       .message = fmt::format("{}: what became of it between {} at {} (event {}) and the snapshot "
                              "is not in the logs",
                              what, event().name, event().time.text(), printable(event().id))});
}

void EffectMaker::doubt(const SecurityGroupId& group, const SecurityGroupRule& rule) {
  effect_.doubtful_rules.emplace_back(group, rule);
}

bool EffectMaker::is_here(const Owned& owned) const {
  return (!owned.account.known() || owned.account == event().account) &&
         (!owned.region.known() || owned.region == event().region);
}

const SecurityGroup* EffectMaker::group(const SecurityGroupId& id) const {
  constexpr std::string_view kByName = "name:";
  if (!id.text().starts_with(kByName)) {
    return snapshot_.find(id);
  }
  const std::string name = id.text().substr(kByName.size());
  for (const SecurityGroup& each : snapshot_.all<SecurityGroup>()) {
    const Vpc* vpc = snapshot_.find(each.vpc);
    if (each.group_name == name && is_here(each.owned) && vpc != nullptr && vpc->is_default) {
      return &each;
    }
  }
  return nullptr;
}

const SecurityGroupRule* EffectMaker::find_rule(const SecurityGroup& group,
                                                const SecurityGroupRule& rule) {
  const auto with_id = std::find_if(group.rules.begin(), group.rules.end(), [&](const auto& each) {
    return !rule.id.empty() && each.id == rule.id;
  });
  const auto found =
      with_id != group.rules.end()
          ? with_id
          : std::find_if(group.rules.begin(), group.rules.end(), [&](const auto& each) {
              return (each.id.empty() || rule.id.empty()) && permits_same(each, rule);
            });
  return found == group.rules.end() ? nullptr : &*found;
}

std::vector<const NetworkInterface*> EffectMaker::interfaces_of(const InstanceId& id) const {
  std::vector<const NetworkInterface*> found;
  for (const NetworkInterface& each : snapshot_.all<NetworkInterface>()) {
    if (!id.empty() && each.instance == id) {
      found.push_back(&each);
    }
  }
  return found;
}

SecurityGroupRule rule_not_told(SecurityGroupRule rule) {
  rule.description = peer_text(rule.peer);  // to be found again by `find_doubted`
  rule.peer = PrefixListId{std::string(kPeerNotTold)};
  if (rule.services.empty()) {
    rule.services = ServiceSet::all();
    rule.protocol = "-1";
    rule.description.clear();
  }
  return rule;
}

const SecurityGroupRule* EffectMaker::find_doubted(const SecurityGroup& group,
                                                   const SecurityGroupRule& rule) {
  const SecurityGroupRule wanted = rule_not_told(rule);
  const auto found = std::find_if(group.rules.begin(), group.rules.end(), [&](const auto& each) {
    return permits_same(each, wanted) && each.description == wanted.description;
  });
  return found == group.rules.end() ? nullptr : &*found;
}

bool EffectMaker::is_covered(const SecurityGroup& group, const SecurityGroupRule& rule) {
  return std::any_of(group.rules.begin(), group.rules.end(), [&](const auto& each) {
    return each.is_egress == rule.is_egress && each.services.is_all() &&
           each.peer == RulePeer(PrefixListId{std::string(kPeerNotTold)});
  });
}

void EffectMaker::unknown_rule(const SecurityGroupId& group, SecurityGroupRule rule) {
  change(RuleAdded{group, rule_not_told(std::move(rule))});
}

/// A subnet without a NACL falls back on the default one of its VPC, which must not happen to one
/// that has another, unknown one.
void EffectMaker::unknown_acl_of(const std::vector<SubnetId>& subnets) {
  const std::set<SubnetId> lost(subnets.begin(), subnets.end());
  std::set<VpcId> vpcs;
  for (const SubnetId& id : lost) {
    if (const Subnet* subnet = snapshot_.find(id)) {
      vpcs.insert(subnet->vpc);
    }
  }
  for (const NetworkAcl& acl : snapshot_.all<NetworkAcl>()) {
    NetworkAcl row = acl;
    std::erase_if(row.subnets, [&](const SubnetId& id) { return lost.contains(id); });
    row.is_default = acl.is_default && !vpcs.contains(acl.vpc);
    if (row != acl) {
      set(std::move(row));
    }
  }
}

void EffectMaker::unknown_acl(const NetworkAcl& acl) {
  std::vector<SubnetId> subnets = acl.subnets;
  if (acl.is_default) {  // it also counts where no other does
    std::set<SubnetId> others;
    for (const NetworkAcl& each : snapshot_.all<NetworkAcl>()) {
      others.insert(each.subnets.begin(), each.subnets.end());
    }
    for (const Subnet& subnet : snapshot_.all<Subnet>()) {
      if (subnet.vpc == acl.vpc && !others.contains(subnet.id)) {
        subnets.push_back(subnet.id);
      }
    }
  }
  unknown_acl_of(subnets);
  remove(AnyId(acl.id));
}

void EffectMaker::unknown_interface(const NetworkInterface& interface, bool may_be_public) {
  NetworkInterface row = interface;
  row.interface_type = "load_balancer";  // of a balancer that nobody collected: a role that no
  row.requester.clear();                 // answer is sure of, as sender or as receiver
  row.description = row.id.text() + " as it was then";
  row.status = "in-use";
  const SecurityGroupId other{std::string(kGroupNotTold)};
  if (std::find(row.groups.begin(), row.groups.end(), other) == row.groups.end()) {
    row.groups.insert(std::upper_bound(row.groups.begin(), row.groups.end(), other), other);
  }
  const bool is_public = std::any_of(row.addresses.begin(), row.addresses.end(),
                                     [](const auto& each) { return each.public_ip.has_value(); });
  if (may_be_public && !is_public && !row.addresses.empty()) {
    row.addresses.front().public_ip = address_not_told(row);
  }
  set(std::move(row));
}

void EffectMaker::unknown_interfaces(const std::function<bool(const NetworkInterface&)>& is_meant,
                                     bool may_be_public) {
  for (const NetworkInterface& each : snapshot_.all<NetworkInterface>()) {
    if (is_here(each.owned) && is_meant(each)) {
      unknown_interface(each, may_be_public);
    }
  }
}

RouteTable table_not_told(RouteTableId id) {
  RouteTable table;
  table.id = std::move(id);
  for (const IpFamily family : {IpFamily::V4, IpFamily::V6}) {
    Route route;
    route.cidr = IpPrefix::all(family);
    table.routes.push_back(std::move(route));  // its target is unknown
  }
  return table;
}

void EffectMaker::unknown_table_of(const std::vector<SubnetId>& subnets) {
  const std::set<SubnetId> lost(subnets.begin(), subnets.end());
  for (const RouteTable& table : snapshot_.all<RouteTable>()) {
    RouteTable row = table;
    std::erase_if(row.subnets, [&](const SubnetId& id) { return lost.contains(id); });
    if (row != table) {
      set(std::move(row));
    }
  }
  for (const SubnetId& id : lost) {
    RouteTable row = table_not_told({"rtb-not-told-of-" + id.text()});
    row.subnets = {id};
    if (const Subnet* subnet = snapshot_.find(id)) {
      row.vpc = subnet->vpc;
      row.owned = subnet->owned;
      row.owned.tags.clear();
      if (const Vpc* vpc = snapshot_.find(subnet->vpc)) {
        for (const IpPrefix& block : vpc->cidrs) {  // every table has these
          Route route;
          route.cidr = block;
          route.target.kind = RouteTargetKind::Local;
          row.routes.push_back(std::move(route));
        }
      }
    }
    std::sort(row.routes.begin(), row.routes.end());
    set(std::move(row));
  }
}

std::optional<IpAddress> primary_address(const NetworkInterface& interface) {
  for (const InterfaceAddress& each : interface.addresses) {
    if (each.is_primary || interface.addresses.size() == 1) {
      return each.private_ip;
    }
  }
  return std::nullopt;
}

bool is_elastic(const Snapshot& snapshot, const IpAddress& address) {
  const auto& all = snapshot.all<ElasticIp>();
  return std::any_of(all.begin(), all.end(),
                     [&](const ElasticIp& each) { return each.address == address; });
}

}  // namespace portolan::events
