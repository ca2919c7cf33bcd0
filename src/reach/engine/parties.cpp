#include "reach/engine/parties.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/text.h"
#include "reach/network_index.h"

namespace portolan::reach {

namespace {

template <class Resource>
std::string name_of(const Resource* resource, const std::string& id) {
  const std::string_view name = resource == nullptr ? std::string_view{} : resource->owned.name();
  return name.empty() ? id : std::string(name);
}

/// The resolver, the metadata and the time service are at hand for everyone, past all filters.
/// SOURCE: EC2 guide, "Link-local addresses".
bool is_served_by_aws(const IpPrefix& block) {
  static const IpPrefix kLinkLocal(IpAddress::v6(0xFD00'0EC2'0000'0000ULL, 0), 32);
  return kLinkLocal.contains(block);
}

std::string listed(const std::set<IpPrefix>& blocks) {
  static constexpr std::size_t kMost = 3;
  std::vector<std::string> texts;
  for (const IpPrefix& block : blocks) {
    if (texts.size() == kMost && blocks.size() > kMost + 1) {
      texts.push_back(fmt::format("{} more blocks", blocks.size() - kMost));
      break;
    }
    texts.push_back(block.text());
  }
  return joined(texts, ", ");
}

}  // namespace

OutsideLabels::OutsideLabels(const std::vector<EndClass>& ends) {
  for (const EndClass& end : ends) {
    if (end.kind == EndClass::Kind::Outside) {
      all_[part_of(end)].insert(end.block);
    }
  }
}

std::string OutsideLabels::of(const Part& part, const std::set<IpPrefix>& blocks) const {
  std::string name = part.first ? "internet" : "outside";
  name += part.second == IpFamily::V6 ? " over IPv6" : "";
  const std::set<IpPrefix>& all = all_.at(part);
  if (blocks == all) {
    return name;
  }
  // The whole of a family is what no smaller block holds.
  if (!blocks.contains(IpPrefix::all(part.second))) {
    return fmt::format("{} {}", name, listed(blocks));
  }
  std::set<IpPrefix> others;
  std::set_difference(all.begin(), all.end(), blocks.begin(), blocks.end(),
                      std::inserter(others, others.end()));
  return fmt::format("{} without {}", name, listed(others));
}

Labels::Labels(const Network& network)
    : snapshot_(network.snapshot()),
      index_(network.index()),
      has_vpcs_(snapshot_.all<Vpc>().size() > 1) {}

Party Labels::party_of(const EndClass& end) const {
  switch (end.kind) {
    case EndClass::Kind::Interfaces:
      return {.kind = end.kind,
              .label = end.is_empty() ? std::string() : of_interface(*end.interfaces.front())};
    case EndClass::Kind::Outside:
      return {.kind = end.kind,
              .label = end.block.text(),
              .is_internet = end.place.address && end.place.address->is_public()};
    case EndClass::Kind::Alone:
      return {.kind = end.kind, .label = of_place(end.place)};
  }
  return {};
}

std::string Labels::of_interface(const NetworkInterface& interface) const {
  std::vector<std::string> names;
  for (const SecurityGroupId& id : interface.groups) {
    const SecurityGroup* group = snapshot_.find(id);
    names.push_back("sg:" +
                    (group == nullptr || group->group_name.empty() ? id.value : group->group_name));
  }
  std::sort(names.begin(), names.end());
  const std::string what =
      names.empty() ? "subnet:" + name_of(snapshot_.find(interface.subnet), interface.subnet.value)
                    : joined(names, " + ");
  return has_vpcs_ ? fmt::format("{} in vpc:{}", what,
                                 name_of(snapshot_.find(interface.vpc), interface.vpc.value))
                   : what;
}

std::string Labels::of_place(const Place& place) const {
  if (place.kind == Place::Kind::Balancer) {
    const LoadBalancer* balancer = snapshot_.find(LoadBalancerId{place.id});
    return "lb:" + (balancer == nullptr ? place.id : balancer->balancer_name);
  }
  const VpcEndpoint* endpoint = index_.endpoint_of(NetworkInterfaceId{place.id});
  return endpoint == nullptr ? place.id
                             : fmt::format("endpoint:{}", name_of(endpoint, endpoint->id.value));
}

Result<Choice> Choice::of(const Network& network, const std::optional<Selector>& selector) {
  Choice choice(network.index());
  if (!selector || selector->kind == SelectorKind::Any) {
    return choice;
  }
  choice.selector_ = selector;
  for (const Place& place : TRY(resolve(network, *selector, {}))) {
    if (place.kind == Place::Kind::Outside) {
      choice.hosts_.push_back(*place.address);
    } else {
      choice.ids_.insert(place.id);
    }
  }
  return choice;
}

std::vector<std::string> Choice::members(const EndClass& end, const Party& party) const {
  std::vector<std::string> ids;
  switch (end.kind) {
    case EndClass::Kind::Interfaces:
      for (const NetworkInterface* interface : end.interfaces) {
        if (!selector_ || ids_.contains(interface->id.value)) {
          ids.push_back(interface->id.value);
        }
      }
      break;
    case EndClass::Kind::Outside:
      if (!is_served_by_aws(end.block) && (!selector_ || means_outside(end))) {
        ids.push_back(party.label);
      }
      break;
    case EndClass::Kind::Alone:
      if (means_alone(end.place)) {
        ids.push_back(end.place.id);
      }
      break;
  }
  return ids;
}

bool Choice::means_outside(const EndClass& end) const {
  switch (selector_->kind) {
    case SelectorKind::Internet:
      return end.place.address->is_public();
    case SelectorKind::Cidr:
      return !hosts_.empty() && selector_->prefix && end.block.overlaps(*selector_->prefix);
    default:
      return std::any_of(hosts_.begin(), hosts_.end(), [&](const IpAddress& host) {
        return end.block.contains(host) && host.is_public() == end.place.address->is_public();
      });
  }
}

bool Choice::means_alone(const Place& place) const {
  if (place.kind == Place::Kind::Interface) {
    const bool is_node = index_->balancer_of(NetworkInterfaceId{place.id}) != nullptr;
    return !is_node && (!selector_ || ids_.contains(place.id));
  }
  const auto& nodes = index_->nodes_of(LoadBalancerId{place.id});
  return !selector_ || ids_.contains(place.id) ||
         std::any_of(nodes.begin(), nodes.end(),
                     [&](const auto* node) { return ids_.contains(node->id.value); });
}

}  // namespace portolan::reach
