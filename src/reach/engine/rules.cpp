#include "reach/engine/rules.h"

#include <algorithm>
#include <compare>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "core/assert.h"

namespace portolan::reach {

namespace {

/// Runs of the positions, sorted.
std::vector<Run> runs_of(std::vector<std::uint32_t> positions) {
  std::sort(positions.begin(), positions.end());
  std::vector<Run> runs;
  for (const std::uint32_t position : positions) {
    if (!runs.empty() && runs.back().end == position) {
      ++runs.back().end;
    } else if (runs.empty() || runs.back().end < position) {
      runs.push_back({position, position + 1});
    }
  }
  return runs;
}

void add_position(std::vector<Run>& runs, std::uint32_t last) {
  if (!runs.empty() && runs.back().end == last) {
    ++runs.back().end;
  } else {
    runs.push_back({last, last + 1});
  }
}

/// The classes out there that lie in a block.
std::vector<Run> senders_in(const Classes& classes, const IpPrefix& block) {
  const auto find = [&](const auto& is_before) {
    std::size_t first = 0;
    for (std::size_t count = classes.sorted_senders; count != 0;) {
      const std::size_t half = count / 2;
      if (is_before(classes.senders[first + half].block)) {
        first += half + 1;
        count -= half + 1;
      } else {
        count = half;
      }
    }
    return static_cast<std::uint32_t>(first);
  };
  const Run sorted{find([&](const IpPrefix& each) { return each < block; }),
                   find([&](const IpPrefix& each) { return !(block.last() < each.first()); })};
  std::vector<Run> runs;
  if (!sorted.empty()) {
    runs.push_back(sorted);
  }
  for (std::size_t i = classes.sorted_senders; i < classes.senders.size(); ++i) {
    if (block.contains(classes.senders[i].block)) {
      add_position(runs, static_cast<std::uint32_t>(i));
    }
  }
  return runs;
}

/// The classes of interfaces by address, to find those in many blocks.
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
    return runs_of(std::move(positions));
  }

 private:
  std::array<std::vector<std::pair<IpAddress, std::uint32_t>>, kFamilies> entries_;
};

/// For one block: a look at every class.
std::vector<Run> hosts_in(const Classes& classes, const IpPrefix& block) {
  const std::size_t family = number_of(block.family());
  std::vector<std::uint32_t> positions;
  for (std::size_t number = 0; number < classes.hosts.size(); ++number) {
    const HostClass& host = classes.hosts[number];
    if (host.stretch[family] != kNone && block.contains(host.address[family])) {
      positions.push_back(static_cast<std::uint32_t>(number));
    }
  }
  return runs_of(std::move(positions));
}

bool is_understood(const Snapshot& snapshot, const SecurityGroup& group) {
  const auto gaps = snapshot.gaps();
  const Gap wanted{.code = "rule_not_understood", .resource = group.id.value, .message = {}};
  const auto found = std::lower_bound(gaps.begin(), gaps.end(), wanted);
  return found == gaps.end() || found->code != wanted.code || found->resource != wanted.resource;
}

}  // namespace

/// Where an egress rule is looked for: by whom it names.
struct Rules::EgressKey {
  enum class Kind : std::uint8_t { Block, Group, Unknown, Missing };
  Kind kind = Kind::Block;
  IpPrefix block;
  std::uint32_t group = 0;
  std::uint32_t services = 0;
  friend auto operator<=>(const EgressKey&, const EgressKey&) = default;
};

RuleEdit rule_edit(const std::vector<SecurityGroupRule>& before,
                   const std::vector<SecurityGroupRule>& after) {
  const auto are_alike = [](const SecurityGroupRule& a, const SecurityGroupRule& b) {
    return a.is_egress == b.is_egress && a.services == b.services && a.peer == b.peer;
  };
  const std::size_t least = std::min(before.size(), after.size());
  RuleEdit edit;
  while (edit.head < least && are_alike(before[edit.head], after[edit.head])) {
    ++edit.head;
  }
  while (edit.tail < least - edit.head &&
         are_alike(before[before.size() - 1 - edit.tail], after[after.size() - 1 - edit.tail])) {
    ++edit.tail;
  }
  return edit;
}

bool RulePeerSet::contains(const IpAddress& address) const {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const IpPrefix& block) { return block.contains(address); });
}

const EgressRules& Rules::egress_to_group(std::uint32_t group) const {
  static const EgressRules kNothing;
  const SharedEgress* found = by_group_.find(group);
  return found == nullptr ? kNothing : **found;
}

// numbers

std::uint32_t Rules::services_number(const ServiceSet& services) {
  Key key;
  for (const ServiceSet::Segment& segment : services.segments()) {
    key.add(segment.first).add(segment.last);
  }
  const std::uint32_t number = service_numbers_.of(key.bytes());
  if (number == services_.size()) {
    services_.push_back(services);
  }
  return number;
}

std::uint32_t Rules::peer_number(const RulePeer& peer, const GroupContext& context,
                                 const HostFinder& find_hosts) {
  const auto numbered = [&](auto& numbers, const auto& name, const auto& make) {
    if (const std::uint32_t* number = numbers.find(name)) {
      return *number;
    }
    const auto number = static_cast<std::uint32_t>(peers_.size());
    peers_.push_back(make());
    numbers.set(name, number);
    return number;
  };
  if (const auto* block = std::get_if<IpPrefix>(&peer)) {
    return numbered(by_peer_block_, *block,
                    [&] { return blocks_set({*block}, context.classes, find_hosts); });
  }
  if (const auto* reference = std::get_if<GroupReference>(&peer)) {
    const std::uint32_t group = context.groups.of(reference->group.value);
    return numbered(by_peer_group_, group, [&] {
      RulePeerSet set;
      set.kind = RulePeerSet::Kind::Group;
      set.group = group;
      set.is_collected = context.snapshot.find(reference->group) != nullptr;
      return set;
    });
  }
  const PrefixListId& id = std::get<PrefixListId>(peer);
  return numbered(by_peer_list_, id.value, [&] {
    const PrefixList* list = context.snapshot.find(id);
    RulePeerSet set;
    set.kind = RulePeerSet::Kind::UnknownList;
    if (list == nullptr || !list->entries) {
      return set;
    }
    std::vector<IpPrefix> blocks;
    for (const PrefixListEntry& entry : *list->entries) {
      blocks.push_back(entry.cidr);
    }
    return blocks_set(std::move(blocks), context.classes, find_hosts);
  });
}

RulePeerSet Rules::blocks_set(std::vector<IpPrefix> blocks, const Classes& classes,
                              const HostFinder& find_hosts) const {
  RulePeerSet set;
  for (const IpPrefix& block : blocks) {
    const std::vector<Run> senders = senders_in(classes, block);
    set.senders.insert(set.senders.end(), senders.begin(), senders.end());
    auto& hosts = set.hosts[number_of(block.family())];
    const std::vector<Run> runs = find_hosts(block);
    hosts.insert(hosts.end(), runs.begin(), runs.end());
  }
  set.blocks = std::move(blocks);
  return set;
}

CompiledRule Rules::compile(const SecurityGroupRule& rule, const GroupContext& context,
                            const HostFinder& find_hosts) {
  return {services_number(rule.services), peer_number(rule.peer, context, find_hosts)};
}

CompiledGroup Rules::compile(const SecurityGroup& group, const GroupContext& context,
                             const HostFinder& find_hosts) {
  CompiledGroup compiled;
  compiled.is_understood = is_understood(context.snapshot, group);
  for (const SecurityGroupRule& rule : group.rules) {
    auto& list = rule.is_egress ? compiled.egress : compiled.ingress;
    list.push_back(compile(rule, context, find_hosts));
  }
  return compiled;
}

/// The rules of `before` become those of `after`; what both have alike keeps its numbers.
void Rules::replace_rules(CompiledGroup& compiled, const SecurityGroup& before,
                          const SecurityGroup& after, const GroupContext& context,
                          const HostFinder& find_hosts) {
  const RuleEdit edit = rule_edit(before.rules, after.rules);
  std::array<std::vector<CompiledRule>*, 2> lists{&compiled.ingress, &compiled.egress};
  std::array<std::ptrdiff_t, 2> places{};
  for (std::size_t i = 0; i < edit.head; ++i) {
    ++places[before.rules[i].is_egress ? 1 : 0];
  }
  for (std::size_t i = edit.head; i + edit.tail < before.rules.size(); ++i) {
    const std::size_t side = before.rules[i].is_egress ? 1 : 0;
    PORTOLAN_ASSERT(places[side] < std::ssize(*lists[side]));
    lists[side]->erase(lists[side]->begin() + places[side]);
  }
  for (std::size_t i = edit.head; i + edit.tail < after.rules.size(); ++i) {
    const std::size_t side = after.rules[i].is_egress ? 1 : 0;
    lists[side]->insert(lists[side]->begin() + places[side]++,
                        compile(after.rules[i], context, find_hosts));
  }
}

// egress

bool Rules::lets_all_out(const CompiledGroup& group, std::size_t family) const {
  return std::any_of(group.egress.begin(), group.egress.end(), [&](const CompiledRule& rule) {
    const auto& blocks = peers_[rule.peer].blocks;
    return services_[rule.services].is_all() &&
           std::any_of(blocks.begin(), blocks.end(), [&](const IpPrefix& block) {
             return block.is_everything() && number_of(block.family()) == family;
           });
  });
}

/// Sorted, once each. A rule of a group that lets everything out anyway has none.
std::vector<Rules::EgressKey> Rules::keys_of(const CompiledGroup& group) const {
  const std::array<bool, kFamilies> is_open{lets_all_out(group, 0), lets_all_out(group, 1)};
  std::vector<EgressKey> keys;
  for (const CompiledRule& rule : group.egress) {
    const RulePeerSet& peer = peers_[rule.peer];
    switch (peer.kind) {
      case RulePeerSet::Kind::Blocks:
        for (const IpPrefix& block : peer.blocks) {
          if (!is_open[number_of(block.family())]) {
            keys.push_back({EgressKey::Kind::Block, block, 0, rule.services});
          }
        }
        break;
      case RulePeerSet::Kind::Group:
        keys.push_back({EgressKey::Kind::Group, {}, peer.group, rule.services});
        if (!peer.is_collected) {
          keys.push_back({EgressKey::Kind::Missing, {}, 0, rule.services});
        }
        break;
      case RulePeerSet::Kind::UnknownList:
        keys.push_back({EgressKey::Kind::Unknown, {}, 0, rule.services});
        break;
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

bool Rules::has_key(const CompiledGroup& group, const EgressKey& key) const {
  const auto keys = keys_of(group);
  return std::binary_search(keys.begin(), keys.end(), key);
}

Rules::SharedEgress Rules::list_at(const EgressKey& key) const {
  static const SharedEgress kNothing = std::make_shared<const EgressRules>();
  const SharedEgress* found = nullptr;
  switch (key.kind) {
    case EgressKey::Kind::Block:
      found = by_block_.find(key.block);
      break;
    case EgressKey::Kind::Group:
      found = by_group_.find(key.group);
      break;
    case EgressKey::Kind::Unknown:
      return to_unknown_;
    case EgressKey::Kind::Missing:
      return to_missing_;
  }
  return found == nullptr ? kNothing : *found;
}

void Rules::set_list(const EgressKey& key, SharedEgress list) {
  switch (key.kind) {
    case EgressKey::Kind::Block: {
      auto& lengths = lengths_[number_of(key.block.family())];
      const auto place = std::lower_bound(lengths.begin(), lengths.end(), key.block.length());
      if (place == lengths.end() || *place != key.block.length()) {
        lengths.insert(place, key.block.length());
      }
      by_block_.set(key.block, std::move(list));
      return;
    }
    case EgressKey::Kind::Group:
      by_group_.set(key.group, std::move(list));
      return;
    case EgressKey::Kind::Unknown:
      to_unknown_ = std::move(list);
      return;
    case EgressKey::Kind::Missing:
      to_missing_ = std::move(list);
      return;
  }
}

/// Looks again which of the classes at `positions` have a rule of that key.
void Rules::refresh(const EgressKey& key, const Window& positions, const Classes& classes) {
  EgressRules list = *list_at(key);
  auto entry = std::find_if(list.begin(), list.end(),
                            [&](const EgressRule& rule) { return rule.services == key.services; });
  if (entry == list.end()) {
    entry = list.insert(list.end(),
                        {.services = key.services, .members = std::make_shared<const Window>()});
  }
  Window members = *entry->members;
  std::map<std::uint32_t, bool> known;  // by group
  positions.for_each([&](std::size_t position) {
    const auto& set = classes.group_sets[classes.hosts[position].groups];
    const bool is_let_out = std::any_of(set.begin(), set.end(), [&](std::uint32_t group) {
      const auto [place, is_new] = known.emplace(group, false);
      if (is_new) {
        place->second = has_key(groups_[group], key);
      }
      return place->second;
    });
    members.set(position, is_let_out);
  });
  if (members.none()) {
    list.erase(entry);
  } else {
    entry->members = std::make_shared<const Window>(std::move(members));
  }
  set_list(key, std::make_shared<const EgressRules>(std::move(list)));
}

/// Looks again which of the classes are held back by no egress rule, or by one that is not known.
void Rules::refresh_filtering(const Window& positions, const Classes& classes) {
  positions.for_each([&](std::size_t position) {
    const auto& set = classes.group_sets[classes.hosts[position].groups];
    for (std::size_t family = 0; family < kFamilies; ++family) {
      unfiltered_[family].set(
          position, set.empty() || std::any_of(set.begin(), set.end(), [&](std::uint32_t group) {
                      return lets_all_out(groups_[group], family);
                    }));
    }
    undetermined_.set(position, !std::all_of(set.begin(), set.end(), [&](std::uint32_t group) {
                        return groups_[group].is_understood;
                      }));
  });
}

// from nothing

class Rules::Compiler {
 public:
  Compiler(Rules& rules, const GroupContext& context)
      : rules_(rules), context_(context), classes_(context.classes), by_address_(classes_) {}

  void run() {
    const HostFinder find = [&](const IpPrefix& block) { return by_address_.in(block); };
    for (const SecurityGroup& group : context_.snapshot.all<SecurityGroup>()) {
      const std::uint32_t number = context_.groups.of(group.id.value);
      reserve(number + 1);
      groups_[number] = rules_.compile(group, context_, find);
    }
    reserve(context_.groups.size());
    rules_.groups_ = SharedVector<CompiledGroup>(std::move(groups_));
    find_members();
    index_egress();
  }

 private:
  void reserve(std::size_t count) {
    while (groups_.size() < count) {
      groups_.emplace_back().is_understood = false;  // until its row is seen
    }
  }

  void find_members() {
    std::vector<std::vector<std::uint32_t>> members(rules_.groups_.size());
    std::vector<std::uint32_t> everyone;
    for (std::size_t number = 0; number < classes_.hosts.size(); ++number) {
      const auto position = static_cast<std::uint32_t>(number);
      everyone.push_back(position);
      for (const std::uint32_t group : classes_.group_sets[classes_.hosts[number].groups]) {
        members[group].push_back(position);
      }
    }
    std::vector<Window> windows;
    windows.reserve(members.size());
    for (const auto& list : members) {
      windows.emplace_back(list);
    }
    rules_.members_ = SharedVector<Window>(std::move(windows));
    rules_.refresh_filtering(Window(everyone), classes_);
  }

  void index_egress() {
    std::map<EgressKey, std::vector<std::uint32_t>> groups;
    for (std::size_t number = 0; number < rules_.groups_.size(); ++number) {
      for (const EgressKey& key : rules_.keys_of(rules_.groups_[number])) {
        groups[key].push_back(static_cast<std::uint32_t>(number));
      }
    }
    EgressRules list;
    for (auto each = groups.begin(); each != groups.end();) {
      const EgressKey& key = each->first;
      Window members;
      for (const std::uint32_t group : each->second) {
        members.add(rules_.members_[group]);
      }
      list.push_back({key.services, std::make_shared<const Window>(std::move(members))});
      ++each;
      EgressKey next = each == groups.end() ? EgressKey{} : each->first;
      next.services = key.services;
      if (each == groups.end() || next != key) {
        rules_.set_list(key, std::make_shared<const EgressRules>(std::move(list)));
        list.clear();
      }
    }
  }

  Rules& rules_;
  const GroupContext& context_;
  const Classes& classes_;
  HostsByAddress by_address_;
  std::vector<CompiledGroup> groups_;
};

Rules::Rules(const GroupContext& context) { Compiler(*this, context).run(); }

// edits

/// Groups that are named for the first time are not known until their rows come.
void Rules::grow(std::size_t groups) {
  while (groups_.size() < groups) {
    CompiledGroup unknown;
    unknown.is_understood = false;
    groups_.push_back(std::move(unknown));
    members_.push_back({});
  }
}

void Rules::set_group(std::uint32_t number, const SecurityGroup* before_row,
                      const SecurityGroup& group, const GroupContext& context) {
  const HostFinder find = [&](const IpPrefix& block) { return hosts_in(context.classes, block); };
  CompiledGroup after;
  if (before_row != nullptr) {
    after = groups_[number];
    after.is_understood = is_understood(context.snapshot, group);
    replace_rules(after, *before_row, group, context, find);
  } else {
    after = compile(group, context, find);
  }
  grow(context.groups.size());
  const CompiledGroup before = groups_[number];
  const std::vector<EgressKey> old_keys = keys_of(before);
  const std::vector<EgressKey> new_keys = keys_of(after);
  const bool is_filtering_changed = before.is_understood != after.is_understood ||
                                    lets_all_out(before, 0) != lets_all_out(after, 0) ||
                                    lets_all_out(before, 1) != lets_all_out(after, 1);
  groups_.set(number, std::move(after));
  std::vector<EgressKey> changed;
  std::set_symmetric_difference(old_keys.begin(), old_keys.end(), new_keys.begin(), new_keys.end(),
                                std::back_inserter(changed));
  for (const EgressKey& key : changed) {
    refresh(key, members_[number], context.classes);
  }
  if (is_filtering_changed) {
    refresh_filtering(members_[number], context.classes);
  }
}

void Rules::add_class(const Classes& classes) {
  const auto position = static_cast<std::uint32_t>(classes.hosts.size() - 1);
  const HostClass& host = classes.hosts[position];
  const auto& set = classes.group_sets[host.groups];
  const Window itself(std::vector<std::uint32_t>{position});
  for (const std::uint32_t group : set) {
    grow(group + 1);
    Window members = members_[group];
    members.set(position, true);
    members_.set(group, std::move(members));
    for (const EgressKey& key : keys_of(groups_[group])) {
      refresh(key, itself, classes);
    }
  }
  refresh_filtering(itself, classes);
  for (std::size_t number = 0; number < peers_.size(); ++number) {
    for (std::size_t family = 0; family < kFamilies; ++family) {
      const RulePeerSet& peer = peers_[number];
      if (host.stretch[family] != kNone && peer.contains(host.address[family])) {
        RulePeerSet wider = peer;
        add_position(wider.hosts[family], position);
        peers_.set(number, std::move(wider));
      }
    }
  }
}

void Rules::add_sender(const Classes& classes) {
  const auto position = static_cast<std::uint32_t>(classes.senders.size() - 1);
  const IpPrefix& block = classes.senders[position].block;
  for (std::size_t number = 0; number < peers_.size(); ++number) {
    const RulePeerSet& peer = peers_[number];
    if (std::any_of(peer.blocks.begin(), peer.blocks.end(),
                    [&](const IpPrefix& each) { return each.contains(block); })) {
      RulePeerSet wider = peer;
      add_position(wider.senders, position);
      peers_.set(number, std::move(wider));
    }
  }
}

}  // namespace portolan::reach
