#include "checks/callers.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/openings.h"

namespace portolan::checks {

namespace {

/// The address of the caller that the search is about.
std::optional<IpAddress> calling_address(const Search& search, const NetworkInterface& interface) {
  if (!search.block) {
    const auto address = private_address(interface, IpFamily::V4);
    return address ? address : private_address(interface, IpFamily::V6);
  }
  for (const InterfaceAddress& address : interface.addresses) {
    if (search.block->contains(address.private_ip)) {
      return address.private_ip;
    }
  }
  const auto found =
      std::find_if(interface.ipv6.begin(), interface.ipv6.end(),
                   [&](const IpAddress& address) { return search.block->contains(address); });
  return found == interface.ipv6.end() ? std::nullopt : std::optional<IpAddress>(*found);
}

bool is_same_host(const NetworkInterface& a, const NetworkInterface& b) {
  return a.id == b.id || (!a.instance.empty() && a.instance == b.instance);
}

/// One interface for each kind, in order.
Interfaces one_of_each_kind(const Estate& estate, const Interfaces& interfaces) {
  std::set<std::size_t> seen;
  Interfaces kinds;
  for (const NetworkInterface* interface : interfaces) {
    if (seen.insert(estate.kind_of(*interface)).second) {
      kinds.push_back(interface);
    }
  }
  return kinds;
}

/// Those in the VPC of a target first, else in the given order; each once.
Interfaces nearest_first(const Search& search) {
  std::set<VpcId> vpcs;
  for (const NetworkInterface* target : search.to) {
    vpcs.insert(target->vpc);
  }
  Interfaces callers = search.from;
  std::stable_partition(callers.begin(), callers.end(), [&](const NetworkInterface* interface) {
    return vpcs.contains(interface->vpc);
  });
  std::set<const NetworkInterface*> seen;
  std::erase_if(callers, [&](const auto* caller) { return !seen.insert(caller).second; });
  return callers;
}

class Searcher {
 public:
  Searcher(const Context& context, const Search& search)
      : context_(context),
        search_(search),
        targets_(one_of_each_kind(context.estate(), search.to)) {}

  Callers run() {
    for (const NetworkInterface* caller : nearest_first(search_)) {
      if (callers_.interfaces.size() >= search_.wanted || !callers_.is_complete) {
        break;
      }
      if (gets_in(*caller)) {
        callers_.interfaces.push_back(caller);
      }
    }
    if (!callers_.interfaces.empty()) {
      callers_.gap.clear();
    }
    return std::move(callers_);
  }

 private:
  bool gets_in(const NetworkInterface& caller) {
    const auto address = calling_address(search_, caller);
    if (!address) {
      return false;
    }
    for (const NetworkInterface* target : targets_of(caller)) {
      const auto other = private_address(*target, address->family());
      if (other && passes(caller, *address, *target, *other)) {
        return true;
      }
    }
    return false;
  }

  /// One of each kind that is another host than the caller.
  [[nodiscard]] Interfaces targets_of(const NetworkInterface& caller) const {
    const bool is_among =
        std::any_of(targets_.begin(), targets_.end(),
                    [&](const NetworkInterface* target) { return is_same_host(caller, *target); });
    if (!is_among) {
      return targets_;
    }
    Interfaces others = search_.to;
    std::erase_if(others, [&](const auto* target) { return is_same_host(caller, *target); });
    return one_of_each_kind(context_.estate(), others);
  }

  bool passes(const NetworkInterface& caller, const IpAddress& address,
              const NetworkInterface& target, const IpAddress& other) {
    const Estate& estate = context_.estate();
    const auto pair = std::make_pair(estate.kind_of(caller), estate.kind_of(target));
    if (const auto found = known_.find(pair); found != known_.end()) {
      return found->second;
    }
    if (known_.size() >= kTracesMax) {
      callers_.is_complete = false;
      return false;
    }
    const reach::Answer answer = reach::trace(
        context_.network(),
        {.kind = reach::Place::Kind::Interface, .id = caller.id.value, .address = address},
        {.kind = reach::Place::Kind::Interface, .id = target.id.value, .address = other},
        search_.services);
    const bool is_open = !passable(answer.passage).empty();
    if (is_open && !callers_.way) {
      callers_.way = answer;
      callers_.target = &target;
    } else if (!answer.passage.unknown.empty() && callers_.gap.empty()) {
      callers_.gap = reason_of(answer);
    }
    known_.emplace(pair, is_open);
    return is_open;
  }

  const Context& context_;
  const Search& search_;
  Interfaces targets_;
  std::map<std::pair<std::size_t, std::size_t>, bool> known_;
  Callers callers_;
};

}  // namespace

Callers find_callers(const Context& context, const Search& search) {
  return Searcher(context, search).run();
}

std::optional<Interfaces> peers_of(const Context& context, const RulePeer& peer) {
  if (const auto* reference = std::get_if<GroupReference>(&peer)) {
    return context.estate().interfaces_of(reference->group);
  }
  const auto blocks = peer_blocks(context.snapshot(), peer);
  if (!blocks) {
    return std::nullopt;
  }
  Interfaces interfaces;
  for (const IpPrefix& block : *blocks) {
    const Interfaces in_block = context.estate().interfaces_in(block);
    interfaces.insert(interfaces.end(), in_block.begin(), in_block.end());
  }
  return interfaces;
}

}  // namespace portolan::checks
