#include "reach/engine/rules.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

namespace portolan::reach {

namespace {

/// The classes out there that lie in a block.
Run senders_in(const std::vector<OutsideClass>& senders, const IpPrefix& block) {
  const auto first =
      std::lower_bound(senders.begin(), senders.end(), block,
                       [](const OutsideClass& each, const IpPrefix& b) { return each.block < b; });
  const auto end = std::upper_bound(
      first, senders.end(), block.last(),
      [](const IpAddress& last, const OutsideClass& each) { return last < each.block.first(); });
  return {static_cast<std::uint32_t>(first - senders.begin()),
          static_cast<std::uint32_t>(end - senders.begin())};
}

/// The classes of interfaces by address, to find those in a block.
class HostsByAddress {
 public:
  explicit HostsByAddress(const Classes& classes) {
    for (std::size_t family = 0; family < kFamilies; ++family) {
      auto& entries = entries_[family];
      for (std::size_t number = 0; number < classes.hosts.size(); ++number) {
        if (classes.hosts[number].stretch[family] != kNone) {
          entries.push_back(
              {classes.hosts[number].address[family], static_cast<std::uint32_t>(number)});
        }
      }
      std::sort(entries.begin(), entries.end());
    }
  }

  /// Any address of a class stands for all: the blocks of rules hold all of them or none.
  [[nodiscard]] std::vector<Run> in(const IpPrefix& block) const {
    const auto& entries = entries_[number_of(block.family())];
    auto entry = std::lower_bound(entries.begin(), entries.end(),
                                  std::pair<IpAddress, std::uint32_t>{block.first(), 0});
    std::vector<std::uint32_t> positions;
    for (; entry != entries.end() && entry->first <= block.last(); ++entry) {
      positions.push_back(entry->second);
    }
    std::sort(positions.begin(), positions.end());
    std::vector<Run> runs;
    for (const std::uint32_t position : positions) {
      if (!runs.empty() && runs.back().end == position) {
        ++runs.back().end;
      } else {
        runs.push_back({position, position + 1});
      }
    }
    return runs;
  }

 private:
  std::array<std::vector<std::pair<IpAddress, std::uint32_t>>, kFamilies> entries_;
};

bool is_understood(const Snapshot& snapshot, const SecurityGroup& group) {
  const auto gaps = snapshot.gaps();
  const Gap wanted{.code = "rule_not_understood", .resource = group.id.value, .message = {}};
  const auto found = std::lower_bound(gaps.begin(), gaps.end(), wanted);
  return found == gaps.end() || found->code != wanted.code || found->resource != wanted.resource;
}

}  // namespace

bool RulePeerSet::contains(const IpAddress& address) const {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const IpPrefix& block) { return block.contains(address); });
}

class Rules::Compiler {
 public:
  Compiler(Rules& rules, const Snapshot& snapshot, const Classes& classes, GroupNumbers& numbers)
      : rules_(rules),
        snapshot_(snapshot),
        classes_(classes),
        numbers_(numbers),
        by_address_(classes) {}

  void run() {
    for (const SecurityGroup& group : snapshot_.all<SecurityGroup>()) {
      add(group);
    }
    rules_.groups_.resize(numbers_.size());
    for (std::size_t number = snapshot_.all<SecurityGroup>().size(); number < numbers_.size();
         ++number) {
      rules_.groups_[number].is_understood = false;
    }
    find_members();
    index_egress();
  }

 private:
  void add(const SecurityGroup& group) {
    CompiledGroup compiled;
    compiled.is_understood = is_understood(snapshot_, group);
    for (const SecurityGroupRule& rule : group.rules) {
      auto& list = rule.is_egress ? compiled.egress : compiled.ingress;
      list.push_back({services_number(rule.services), peer_number(rule.peer)});
    }
    rules_.groups_.push_back(std::move(compiled));
  }

  std::uint32_t services_number(const ServiceSet& services) {
    const auto number = static_cast<std::uint32_t>(rules_.services_.size());
    const auto [place, is_new] = service_numbers_.emplace(services, number);
    if (is_new) {
      rules_.services_.push_back(services);
    }
    return place->second;
  }

  std::uint32_t peer_number(const RulePeer& peer) {
    if (const auto* block = std::get_if<IpPrefix>(&peer)) {
      return numbered(block_numbers_, *block, [&] { return blocks_set({*block}); });
    }
    if (const auto* reference = std::get_if<GroupReference>(&peer)) {
      return numbered(reference_numbers_, reference->group.value, [&] {
        RulePeerSet set;
        set.kind = RulePeerSet::Kind::Group;
        set.group = numbers_.of(reference->group);
        set.is_collected = snapshot_.find(reference->group) != nullptr;
        return set;
      });
    }
    const PrefixListId& id = std::get<PrefixListId>(peer);
    return numbered(list_numbers_, id.value, [&] { return list_set(id); });
  }

  template <class Map, class Name, class Make>
  std::uint32_t numbered(Map& numbers, const Name& name, const Make& make) {
    const auto number = static_cast<std::uint32_t>(rules_.peers_.size());
    const auto [place, is_new] = numbers.emplace(name, number);
    if (is_new) {
      rules_.peers_.push_back(make());
    }
    return place->second;
  }

  RulePeerSet blocks_set(std::vector<IpPrefix> blocks) {
    RulePeerSet set;
    for (const IpPrefix& block : blocks) {
      if (const Run run = senders_in(classes_.senders, block); !run.empty()) {
        set.senders.push_back(run);
      }
      auto& hosts = set.hosts[number_of(block.family())];
      const std::vector<Run> runs = by_address_.in(block);
      hosts.insert(hosts.end(), runs.begin(), runs.end());
    }
    set.blocks = std::move(blocks);
    return set;
  }

  RulePeerSet list_set(const PrefixListId& id) {
    const PrefixList* list = snapshot_.find(id);
    RulePeerSet set;
    set.kind = RulePeerSet::Kind::UnknownList;
    if (list == nullptr || !list->entries) {
      return set;
    }
    std::vector<IpPrefix> blocks;
    for (const PrefixListEntry& entry : *list->entries) {
      blocks.push_back(entry.cidr);
    }
    return blocks_set(std::move(blocks));
  }

  void find_members() {
    std::vector<std::vector<std::uint32_t>> members(rules_.groups_.size());
    std::array<std::vector<std::uint32_t>, kFamilies> unfiltered;
    std::vector<std::uint32_t> undetermined;
    for (std::size_t number = 0; number < classes_.hosts.size(); ++number) {
      const auto position = static_cast<std::uint32_t>(number);
      const auto& set = classes_.group_sets[classes_.hosts[number].groups];
      bool is_known = true;
      for (const std::uint32_t group : set) {
        members[group].push_back(position);
        is_known = is_known && rules_.groups_[group].is_understood;
      }
      for (std::size_t family = 0; family < kFamilies; ++family) {
        if (set.empty() || std::any_of(set.begin(), set.end(), [&](std::uint32_t group) {
              return lets_all_out(group, family);
            })) {
          unfiltered[family].push_back(position);
        }
      }
      if (!is_known) {
        undetermined.push_back(position);
      }
    }
    for (const auto& list : members) {
      rules_.members_.emplace_back(list);
    }
    for (std::size_t family = 0; family < kFamilies; ++family) {
      rules_.unfiltered_[family] = Window(unfiltered[family]);
    }
    rules_.undetermined_ = Window(undetermined);
  }

  [[nodiscard]] bool lets_all_out(std::uint32_t group, std::size_t family) const {
    const auto& rules = rules_.groups_[group].egress;
    return std::any_of(rules.begin(), rules.end(), [&](const CompiledRule& rule) {
      const auto& blocks = rules_.peers_[rule.peer].blocks;
      return rules_.services_[rule.services].is_all() &&
             std::any_of(blocks.begin(), blocks.end(), [&](const IpPrefix& block) {
               return block.is_everything() && number_of(block.family()) == family;
             });
    });
  }

  /// The groups whose rules have one peer, by services.
  using Lists = std::map<std::uint32_t, std::vector<std::uint32_t>>;

  void index_egress() {
    for (std::size_t number = 0; number < rules_.groups_.size(); ++number) {
      for (const CompiledRule& rule : rules_.groups_[number].egress) {
        note(rules_.peers_[rule.peer], static_cast<std::uint32_t>(number), rule.services);
      }
    }
    std::array<std::set<int>, kFamilies> lengths;
    for (const auto& [block, lists] : by_block_) {
      rules_.by_block_.emplace(block, rules_of(lists));
      lengths[number_of(block.family())].insert(block.length());
    }
    for (const auto& [group, lists] : by_group_) {
      rules_.by_group_.emplace(group, rules_of(lists));
    }
    rules_.to_unknown_ = rules_of(to_unknown_);
    rules_.to_missing_ = rules_of(to_missing_);
    for (std::size_t family = 0; family < kFamilies; ++family) {
      rules_.lengths_[family].assign(lengths[family].begin(), lengths[family].end());
    }
  }

  void note(const RulePeerSet& peer, std::uint32_t group, std::uint32_t services) {
    switch (peer.kind) {
      case RulePeerSet::Kind::Blocks:
        for (const IpPrefix& block : peer.blocks) {
          if (!lets_all_out(group, number_of(block.family()))) {  // else it is unfiltered anyway
            by_block_[block][services].push_back(group);
          }
        }
        return;
      case RulePeerSet::Kind::Group:
        by_group_[peer.group][services].push_back(group);
        if (!peer.is_collected) {
          to_missing_[services].push_back(group);
        }
        return;
      case RulePeerSet::Kind::UnknownList:
        to_unknown_[services].push_back(group);
        return;
    }
  }

  [[nodiscard]] EgressRules rules_of(const Lists& lists) const {
    EgressRules rules;
    for (const auto& [services, groups] : lists) {
      std::vector<std::uint32_t> members;
      for (const std::uint32_t group : groups) {
        const Window& window = rules_.members_[group];
        for (std::size_t word = window.first(); word < window.end(); ++word) {
          for_each_bit(word, window.word(word), [&](std::size_t position) {
            members.push_back(static_cast<std::uint32_t>(position));
          });
        }
      }
      std::sort(members.begin(), members.end());
      rules.push_back({services, Window(members)});
    }
    return rules;
  }

  Rules& rules_;
  const Snapshot& snapshot_;
  const Classes& classes_;
  GroupNumbers& numbers_;
  HostsByAddress by_address_;
  std::map<ServiceSet, std::uint32_t> service_numbers_;
  std::unordered_map<IpPrefix, std::uint32_t> block_numbers_;
  std::unordered_map<std::string, std::uint32_t> reference_numbers_;
  std::unordered_map<std::string, std::uint32_t> list_numbers_;
  std::map<IpPrefix, Lists> by_block_;
  std::map<std::uint32_t, Lists> by_group_;
  Lists to_unknown_;
  Lists to_missing_;
};

Rules::Rules(const Snapshot& snapshot, const Classes& classes, GroupNumbers& numbers) {
  Compiler(*this, snapshot, classes, numbers).run();
}

const EgressRules& Rules::egress_to_group(std::uint32_t group) const {
  static const EgressRules kNothing;
  const auto found = by_group_.find(group);
  return found == by_group_.end() ? kNothing : found->second;
}

}  // namespace portolan::reach
