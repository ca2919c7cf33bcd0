#include <algorithm>
#include <iterator>

#include "checks/egress_needs.h"

namespace portolan::checks {

namespace {

bool has_address_in(const NetworkInterface& interface, const IpPrefix& block) {
  return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                     [&](const auto& each) { return block.contains(each.private_ip); }) ||
         std::any_of(interface.ipv6.begin(), interface.ipv6.end(),
                     [&](const auto& each) { return block.contains(each); });
}

}  // namespace

ServiceSet GroupNeeds::of(const RulePeer& peer) const {
  const auto* reference = std::get_if<GroupReference>(&peer);
  const auto found =
      told_.find(reference == nullptr ? peer : GroupReference{.group = reference->group});
  ServiceSet services = found == told_.end() ? ServiceSet() : found->second;
  const SecurityGroup* other =
      reference == nullptr ? nullptr : all_->snapshot_->find(reference->group);
  if (other == nullptr) {
    return services;
  }
  for (const SecurityGroupRule& rule : other->rules) {
    const auto* from = std::get_if<GroupReference>(&rule.peer);
    const auto* block = std::get_if<IpPrefix>(&rule.peer);
    const bool is_for_us =
        (from != nullptr && std::binary_search(names_.begin(), names_.end(), from->group)) ||
        (block != nullptr &&
         std::binary_search(places_.begin(), places_.end(), Place(other->vpc, *block)));
    services = !rule.is_egress && is_for_us ? services.united(rule.services) : services;
  }
  return services;
}

ServiceSet GroupNeeds::of(const NetworkInterface& interface) const {
  ServiceSet services;
  for (const auto& [block, needed] : blocks()) {
    services = has_address_in(interface, block) ? services.united(needed) : services;
  }
  for (const SecurityGroupId& group : interface.groups) {
    services = services.united(of(GroupReference{.group = group}));
  }
  return services;
}

std::vector<std::pair<IpPrefix, ServiceSet>> GroupNeeds::blocks() const {
  std::vector<std::pair<IpPrefix, ServiceSet>> blocks;
  for (const auto& [peer, services] : told_) {
    const auto* block = std::get_if<IpPrefix>(&peer);
    if (block == nullptr) {
      break;  // blocks come first
    }
    blocks.emplace_back(*block, services);
  }
  return blocks;
}

Needs GroupNeeds::first(std::size_t count) const {
  Needs needs = told_;
  const auto take = [&](const EgressNeeds::Admissions& admissions, const VpcId* vpc) {
    for (const auto& [by, rule] : admissions) {
      if (needs.size() < count && !rule->services.empty() && (vpc == nullptr || by->vpc == *vpc)) {
        needs.try_emplace(GroupReference{.group = by->id});
      }
    }
  };
  for (const SecurityGroupId& name : names_) {
    if (const auto found = all_->by_name_.find(name); found != all_->by_name_.end()) {
      take(found->second, nullptr);
    }
  }
  for (const auto& [vpc, block] : places_) {
    take(all_->by_block_.at(block), &vpc);
  }
  while (needs.size() > count) {
    needs.erase(std::prev(needs.end()));
  }
  for (auto& [peer, services] : needs) {
    services = of(peer);
  }
  return needs;
}

}  // namespace portolan::checks
