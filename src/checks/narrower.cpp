#include "checks/narrower.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "checks/estate.h"
#include "checks/openings.h"
#include "core/text.h"
#include "model/change_text.h"

namespace portolan::checks {

namespace {

/// Words that are a rule each: `tcp/80,443 udp/53` are `tcp/80`, `tcp/443` and `udp/53`.
std::vector<std::string> rule_words(const ServiceSet& services) {
  std::vector<std::string> words;
  if (services.empty()) {
    return words;
  }
  const std::string text = services.text();
  for (const std::string_view service : split(text, ' ')) {
    const std::size_t slash = service.rfind('/');
    const auto parts = split(service.substr(slash == std::string_view::npos ? 0 : slash + 1), ',');
    const std::string_view head =
        slash == std::string_view::npos ? std::string_view() : service.substr(0, slash + 1);
    for (const std::string_view part : parts) {
      words.push_back(fmt::format("{}{}", head, part));
    }
  }
  return words;
}

class Replacement {
 public:
  Replacement(const Context& context, const SecurityGroup& group, const RulePointers& wide)
      : context_(context), group_(group), wide_(wide) {
    for (const NetworkInterface* member : context.estate().interfaces_of(group.id)) {
      has_ipv6_ = has_ipv6_ || !member->ipv6.empty();
    }
  }

  void admit(const Permitted& meant) {
    for (const SecurityGroupRule* rule : wide_) {
      const ServiceSet services = meant.services.intersected(rule->services);
      if (!services.empty()) {
        admit(meant.peer, services);
      }
    }
  }

  [[nodiscard]] Remedy changes() const {
    Remedy remedy;
    for (const auto& [peer, services] : narrow_) {
      for (const std::string& word : rule_words(services.without(already(peer)))) {
        const auto line = fmt::format("{} +{} {} {}", group_.id.value,
                                      is_egress() ? "egress" : "ingress", word, peer);
        auto change = parse_change(snapshot(), line);
        if (!change || std::get<RuleAdded>(*change).rule.protocol.empty()) {
          return {};  // services that no rule of AWS can hold
        }
        remedy.push_back(*std::move(change));
      }
    }
    if (remedy.size() > kNarrowRulesMax) {
      return {};
    }
    for (const SecurityGroupRule* rule : wide_) {
      remedy.emplace_back(RuleRemoved{.group = group_.id, .rule = *rule});
    }
    return remedy;
  }

 private:
  [[nodiscard]] const Snapshot& snapshot() const { return context_.snapshot(); }
  [[nodiscard]] bool is_egress() const { return wide_.front()->is_egress; }

  /// All addresses that the wide rules permit these services for.
  [[nodiscard]] IpSet permitted(const ServiceSet& services) const {
    std::vector<IpPrefix> all;
    for (const SecurityGroupRule* rule : wide_) {
      const auto blocks = peer_blocks(snapshot(), rule->peer);
      if (blocks && rule->services.contains(services)) {
        all.insert(all.end(), blocks->begin(), blocks->end());
      }
    }
    return IpSet(all);
  }

  void admit(const RulePeer& peer, const ServiceSet& services) {
    const bool is_named =
        std::any_of(wide_.begin(), wide_.end(), [&](const SecurityGroupRule* rule) {
          return peer_text(rule->peer) == peer_text(peer) && rule->services.contains(services);
        });
    if (is_named) {
      add(peer_text(peer), services);
      return;
    }
    const IpSet addresses = permitted(services);
    if (const auto* reference = std::get_if<GroupReference>(&peer)) {
      admit_group(reference->group, services, addresses);
    } else if (const auto* block = std::get_if<IpPrefix>(&peer)) {
      admit_blocks(IpSet({*block}).intersected(addresses), services);
    } else if (is_list_within(std::get<PrefixListId>(peer), addresses)) {
      add(peer_text(peer), services);
    }
  }

  void admit_group(const SecurityGroupId& id, const ServiceSet& services, const IpSet& addresses) {
    const SecurityGroup* other = snapshot().find(id);
    const IpSet members = other == nullptr ? IpSet() : addresses_of(*other);
    if (other != nullptr && other->vpc == group_.vpc && members.without(addresses).empty()) {
      add(id.value, services);
    } else {
      admit_blocks(members.intersected(addresses), services);
    }
  }

  void admit_blocks(const IpSet& addresses, const ServiceSet& services) {
    for (const IpPrefix& block : addresses.prefixes()) {
      add(block.text(), services);
    }
  }

  /// Where the members of a group are, or may come to be if it has none.
  [[nodiscard]] IpSet addresses_of(const SecurityGroup& other) const {
    std::vector<IpPrefix> blocks;
    for (const NetworkInterface* member : context_.estate().interfaces_of(other.id)) {
      for (const InterfaceAddress& address : member->addresses) {
        blocks.push_back(IpPrefix::host(address.private_ip));
      }
      for (const IpAddress& address : member->ipv6) {
        blocks.push_back(IpPrefix::host(address));
      }
      blocks.insert(blocks.end(), member->delegated.begin(), member->delegated.end());
    }
    const Vpc* vpc = snapshot().find(other.vpc);
    if (blocks.empty() && vpc != nullptr) {
      blocks = vpc->cidrs;
    }
    std::erase_if(blocks, [&](const IpPrefix& block) {
      return block.family() == IpFamily::V6 && !has_ipv6_;
    });
    return IpSet(blocks);
  }

  /// A list of AWS without its entries holds IPv4 addresses of one of its services.
  [[nodiscard]] bool is_list_within(const PrefixListId& id, const IpSet& addresses) const {
    const PrefixList* list = snapshot().find(id);
    if (list == nullptr || !list->entries) {
      return list != nullptr && list->is_aws_managed &&
             IpSet({IpPrefix::all(IpFamily::V4)}).without(addresses).empty();
    }
    std::vector<IpPrefix> blocks;
    for (const PrefixListEntry& entry : *list->entries) {
      blocks.push_back(entry.cidr);
    }
    return IpSet(blocks).without(addresses).empty();
  }

  void add(const std::string& peer, const ServiceSet& services) {
    ServiceSet& all = narrow_[peer];
    all = all.united(services);
  }

  /// What the rules that stay permit the peer.
  [[nodiscard]] ServiceSet already(const std::string& peer) const {
    ServiceSet services;
    for (const SecurityGroupRule& rule : group_.rules) {
      if (rule.is_egress == is_egress() && peer_text(rule.peer) == peer &&
          std::find(wide_.begin(), wide_.end(), &rule) == wide_.end()) {
        services = services.united(rule.services);
      }
    }
    return services;
  }

  const Context& context_;
  const SecurityGroup& group_;
  const RulePointers& wide_;
  bool has_ipv6_ = false;
  std::map<std::string, ServiceSet> narrow_;  // by the peer, as a change writes it
};

}  // namespace

std::vector<std::pair<const SecurityGroup*, RulePointers>> rules_named(const Snapshot& snapshot,
                                                                       const Finding& finding) {
  std::vector<std::pair<const SecurityGroup*, RulePointers>> named;
  for (const FindingRule& one : finding.rules) {
    const SecurityGroup* group = snapshot.find(SecurityGroupId{one.holder});
    if (group == nullptr) {
      continue;
    }
    const auto known = std::find_if(named.begin(), named.end(),
                                    [&](const auto& each) { return each.first == group; });
    RulePointers& rules =
        known == named.end() ? named.emplace_back(group, RulePointers{}).second : known->second;
    for (const SecurityGroupRule& rule : group->rules) {
      if (name_rule(*group, rule) == one) {
        rules.push_back(&rule);
      }
    }
  }
  std::erase_if(named, [](const auto& each) { return each.second.empty(); });
  return named;
}

Remedy replace_rules(const Context& context, const SecurityGroup& group, const RulePointers& wide,
                     const std::vector<Permitted>& meant) {
  Replacement replacement(context, group, wide);
  for (const Permitted& each : meant) {
    replacement.admit(each);
  }
  return replacement.changes();
}

}  // namespace portolan::checks
