#include "checks/guards.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "checks/finding_text.h"
#include "checks/openings.h"
#include "checks/world.h"
#include "core/text.h"

namespace portolan::checks {

namespace {

template <class Key, class Value>
const Value* look_up(const std::unordered_map<Key, const Value*>& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

/// Bodies of balancers, gateways and endpoints get their addresses from what they belong to.
bool may_get_address(const NetworkInterface& interface) {
  const std::string& type = interface.interface_type;
  return (type == "interface" || type == "lambda" || type == "efa") &&
         !interface.description.starts_with("ELB ") && !interface.addresses.empty();
}

/// Allows everything, before all others of its direction.
AclEntrySet first_entry(const NetworkAcl& acl, bool is_egress, IpFamily family) {
  int first = 100;
  for (const NetworkAclEntry& entry : acl.entries) {
    first = entry.is_egress == is_egress ? std::min(first, entry.number) : first;
  }
  return {.acl = acl.id,
          .entry = {.number = std::max(1, first - 1),
                    .is_egress = is_egress,
                    .allows = true,
                    .cidr = IpPrefix::all(family),
                    .services = ServiceSet::all()}};
}

}  // namespace

std::string sensitive_text(const Guards& guards, const ServiceSet& services) {
  return services == guards.sensitive() ? std::string("sensitive ports") : services.text();
}

Guards::Guards(const reach::Network& network, const Estate& estate, const Openings& openings,
               const Exposure& exposure, std::size_t tried_max)
    : network_(&network),
      snapshot_(&network.snapshot()),
      estate_(&estate),
      openings_(&openings),
      exposure_(&exposure),
      sensitive_(risky_services()),
      tried_max_(tried_max) {
  for (const RouteTable& table : snapshot_->all<RouteTable>()) {
    for (const SubnetId& subnet : table.subnets) {
      tables_.emplace(subnet, &table);
    }
    if (table.is_main) {
      main_tables_.emplace(table.vpc, &table);
    }
  }
  for (const NetworkAcl& acl : snapshot_->all<NetworkAcl>()) {
    for (const SubnetId& subnet : acl.subnets) {
      acls_.emplace(subnet, &acl);
    }
    if (acl.is_default) {
      default_acls_.emplace(acl.vpc, &acl);
    }
  }
  for (const InternetGateway& gateway : snapshot_->all<InternetGateway>()) {
    for (const VpcId& vpc : gateway.vpcs) {
      gateways_.emplace(vpc, &gateway);
    }
  }
  // All at once, in one order: who is beyond the limit hangs on nothing else.
  answers_.resize(estate.kinds());
  std::vector<bool> is_known(estate.kinds());
  for (const NetworkInterface& interface : snapshot_->all<NetworkInterface>()) {
    const std::size_t kind = estate.kind_of(interface);
    if (!is_known[kind]) {
      is_known[kind] = true;
      answers_[kind] = compute(interface);
    }
  }
}

const Guarded& Guards::of(const NetworkInterface& interface) const {
  return answers_[estate_->kind_of(interface)];
}

Guarded Guards::compute(const NetworkInterface& interface) {
  Guarded all;
  for (const IpFamily family : kFamilies) {
    const Exposed& exposed = exposure_->of(interface, family);
    if (exposed.some.overlaps(sensitive_)) {
      return {};
    }
    if (exposed.unknown.overlaps(sensitive_)) {
      all.gap = exposure_->doubt(Flow::Inbound, interface);
    }
  }
  for (const IpFamily family : kFamilies) {
    Guarded one = judge(interface, family);
    if (!all.guard) {
      all.guard = std::move(one.guard);
    }
    if (all.gap.empty()) {
      all.gap = std::move(one.gap);
    }
  }
  return all;
}

std::optional<Guards::Ends> Guards::ends_of(const NetworkInterface& interface,
                                            IpFamily family) const {
  const IpSet& outside = estate_->outside(family);
  const auto asker = estate_->free_address(outside);
  const auto known = public_address(interface, family);
  if (!asker || known) {
    return asker ? std::optional<Ends>({.outside = *asker, .own = *known}) : std::nullopt;
  }
  if (family == IpFamily::V6 || !may_get_address(interface)) {
    return std::nullopt;
  }
  const auto spare = estate_->free_address(outside.without(IpSet({IpPrefix::host(*asker)})));
  return spare ? std::optional<Ends>({.outside = *asker, .own = *spare}) : std::nullopt;
}

Guarded Guards::judge(const NetworkInterface& interface, IpFamily family) {
  Guarded result;
  const auto ends = ends_of(interface, family);
  if (!ends) {
    return result;
  }
  for (Candidate& candidate : candidates(interface, family, *ends)) {
    if (++tried_ > tried_max_) {
      result.gap = fmt::format("more than {} changes would have to be tried", tried_max_);
      return result;
    }
    const auto answer = try_edits(candidate.edits, interface, *ends);
    if (!answer) {
      continue;
    }
    if (ServiceSet open = passable(answer->passage); !open.empty()) {
      candidate.guard.services = std::move(open);
      candidate.guard.way = witness_of(*answer);
      result.guard = std::move(candidate.guard);
      result.gap.clear();
      return result;
    }
    if (!answer->passage.unknown.empty()) {
      result.gap = reason_of(*answer);
    }
  }
  return result;
}

/// One if something is closed for sure, and it is all that is; else what may have been closed.
std::vector<Guards::Candidate> Guards::candidates(const NetworkInterface& interface,
                                                  IpFamily family, const Ends& ends) const {
  const bool has_address = public_address(interface, family).has_value();
  const bool is_routed = has_route(interface, family);
  const bool is_open = has_open_rule(interface, family);
  std::vector<Candidate> result;
  const int closed = (has_address ? 0 : 1) + (is_routed ? 0 : 1) + (is_open ? 0 : 1);
  if (closed == 1) {
    auto only = !has_address ? address(interface, ends)
                : !is_routed ? route(interface, family)
                             : groups(interface, family);
    if (only) {
      result.push_back(*std::move(only));
    }
  } else if (closed == 0) {
    add_acl(interface, family, result);
    add_public_access_block(interface, result);
  }
  return result;
}

std::optional<Guards::Candidate> Guards::address(const NetworkInterface& interface,
                                                 const Ends& ends) const {
  const auto own = private_address(interface, IpFamily::V4);
  if (!own) {
    return std::nullopt;
  }
  return Candidate{.guard = {.kind = Guard::Kind::Address},
                   .edits = {PublicAddressSet{
                       .interface = interface.id, .private_ip = *own, .public_ip = ends.own}}};
}

std::optional<Guards::Candidate> Guards::route(const NetworkInterface& interface,
                                               IpFamily family) const {
  const RouteTable* own = look_up(tables_, interface.subnet);
  const RouteTable* table = own == nullptr ? look_up(main_tables_, interface.vpc) : own;
  const InternetGateway* gateway = look_up(gateways_, interface.vpc);
  if (table == nullptr || gateway == nullptr) {
    return std::nullopt;  // it takes a gateway, and a route to it
  }
  Route added;
  added.cidr = IpPrefix::all(family);
  added.target = {.kind = RouteTargetKind::InternetGateway, .id = gateway->id.value};
  return Candidate{.guard = {.kind = Guard::Kind::Route,
                             .resources = {table->id.value},
                             .words = fmt::format("{} does not send it to {}", table->id.value,
                                                  gateway->id.value)},
                   .edits = {RouteSet{.table = table->id, .route = std::move(added)}}};
}

std::optional<Guards::Candidate> Guards::groups(const NetworkInterface& interface,
                                                IpFamily family) const {
  Candidate candidate{.guard = {.kind = Guard::Kind::Groups}, .edits = {}};
  for (const SecurityGroupId& group : interface.groups) {
    candidate.guard.resources.push_back(group.value);
    if (candidate.edits.empty() && snapshot_->find(group) != nullptr) {
      SecurityGroupRule rule;
      rule.services = sensitive_;
      rule.peer = IpPrefix::all(family);
      candidate.edits.emplace_back(RuleAdded{.group = group, .rule = std::move(rule)});
    }
  }
  candidate.guard.words =
      fmt::format("no rule of {} lets the internet in", joined(candidate.guard.resources, ", "));
  return candidate.edits.empty() ? std::nullopt : std::optional<Candidate>(candidate);
}

void Guards::add_acl(const NetworkInterface& interface, IpFamily family,
                     std::vector<Candidate>& candidates) const {
  const NetworkAcl* own = look_up(acls_, interface.subnet);
  const NetworkAcl* acl = own == nullptr ? look_up(default_acls_, interface.vpc) : own;
  if (acl == nullptr) {
    return;
  }
  const AclEntrySet in = first_entry(*acl, false, family);
  const AclEntrySet out = first_entry(*acl, true, family);
  const auto add = [&](std::string words, std::vector<Change> edits) {
    candidates.push_back({.guard = {.kind = Guard::Kind::Acl,
                                    .resources = {acl->id.value},
                                    .words = std::move(words),
                                    .is_one_change = edits.size() == 1},
                          .edits = std::move(edits)});
  };
  add(fmt::format("{} denies it", acl->id.value), {in});
  add(fmt::format("{} denies the replies", acl->id.value), {out});
  add(fmt::format("{} denies it and the replies", acl->id.value), {in, out});
}

void Guards::add_public_access_block(const NetworkInterface& interface,
                                     std::vector<Candidate>& candidates) const {
  const Vpc* vpc = snapshot_->find(interface.vpc);
  const Owned& owner = vpc == nullptr ? interface.owned : vpc->owned;
  const std::string id = owner.account.text() + '/' + owner.region.text();
  const BlockPublicAccess* setting = snapshot_->find(BlockPublicAccessId{id});
  if (setting != nullptr && setting->mode != BlockMode::Off) {
    candidates.push_back(
        {.guard = {.kind = Guard::Kind::PublicAccessBlock,
                   .resources = {id},
                   .words = fmt::format("VPC block public access of {} stops it", id)},
         .edits = {PublicAccessBlockSet{
             .account = owner.account, .region = owner.region, .mode = BlockMode::Off}}});
  }
}

bool Guards::has_route(const NetworkInterface& interface, IpFamily family) const {
  const RouteTable* own = look_up(tables_, interface.subnet);
  const RouteTable* table = own == nullptr ? look_up(main_tables_, interface.vpc) : own;
  // A table that was not collected may have one.
  return table == nullptr ||
         std::any_of(table->routes.begin(), table->routes.end(), [&](const Route& route) {
           const bool is_family = !route.cidr || route.cidr->family() == family;
           const bool is_internet = route.target.kind == RouteTargetKind::InternetGateway;
           // Through a firewall, or as nobody knows.
           const bool is_other = route.target.kind == RouteTargetKind::VpcEndpoint ||
                                 route.target.kind == RouteTargetKind::Unknown;
           return is_family && !route.is_blackhole && (is_internet || is_other);
         });
}

bool Guards::has_open_rule(const NetworkInterface& interface, IpFamily family) const {
  IpSet open;
  for (const SecurityGroupId& id : interface.groups) {
    const SecurityGroup* group = snapshot_->find(id);
    if (group == nullptr) {
      return true;  // nobody knows; the trace says so
    }
    const GroupOpenings& openings = openings_->of(*group);
    for (const SecurityGroupRule* rule : openings.unresolved) {
      if (rule->services.overlaps(sensitive_)) {
        return true;
      }
    }
    for (const OpenRule& rule : openings.rules) {
      if (rule.rule->services.overlaps(sensitive_)) {
        open = open.united(rule.sources);
      }
    }
  }
  return interface.groups.empty() || is_world(open, family);
}

std::optional<reach::Answer> Guards::try_edits(const std::vector<Change>& edits,
                                               const NetworkInterface& interface,
                                               const Ends& ends) const {
  const auto applied = apply_changes(*snapshot_, edits);
  if (!applied) {
    return std::nullopt;
  }
  const reach::Network network(*network_, applied->snapshot, applied->rows);
  const reach::Place from{.kind = reach::Place::Kind::Outside, .id = {}, .address = ends.outside};
  const reach::Place to{
      .kind = reach::Place::Kind::Interface, .id = interface.id.value, .address = ends.own};
  return reach::trace(network, from, to, sensitive_);
}

}  // namespace portolan::checks
