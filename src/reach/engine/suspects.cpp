#include "reach/engine/suspects.h"

#include <algorithm>
#include <iterator>

namespace portolan::reach {

namespace {

std::vector<CompiledRule> changed_rules(std::vector<CompiledRule> before,
                                        std::vector<CompiledRule> after) {
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  std::vector<CompiledRule> changed;
  std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                std::back_inserter(changed));
  return changed;
}

void add_runs(const std::vector<Run>& runs, Window& window) {
  for (const Run& run : runs) {
    for (std::uint32_t position = run.first; position < run.end; ++position) {
      window.set(position, true);
    }
  }
}

/// What differs between two ways: all services if sources or targets are seen otherwise.
ServiceSet changed_services(const Way& before, const Way& after) {
  if (before == after) {
    return {};
  }
  if (before.to_source != after.to_source || before.to_target != after.to_target) {
    return before.passage.possible().united(after.passage.possible());
  }
  ServiceSet services;
  for (const auto plane : {&Passage::yes, &Passage::depends, &Passage::unknown}) {
    const ServiceSet& was = before.passage.*plane;
    const ServiceSet& is = after.passage.*plane;
    services = services.united(was.without(is)).united(is.without(was));
  }
  return services;
}

/// Visits the kinds of sources that come to `to` by other ways now.
template <class Visit>
void for_each_changed(const Ways& before, const Ways& after, std::size_t from_count,
                      std::uint32_t to, const Visit& visit) {
  for (std::uint32_t from = 0; from < from_count; ++from) {
    const ServiceSet services =
        changed_services(before.way(before.number(from, to)), after.way(after.number(from, to)));
    if (!services.empty()) {
      visit(from, services);
    }
  }
}

/// Which targets can let some of these sources in at all, before or after: what the rules of each
/// group say is looked at once. Says yes too often rather than too seldom.
class Admission {
 public:
  Admission(const Compiled& before, const Compiled& after, const Window& sources,
            const ServiceSet& services)
      : networks_{&before, &after},
        sources_(sources),
        services_(services),
        shown_(united(*before.inner, *after.inner)),
        is_unfiltered_(before.inner->pass_unfiltered() || after.inner->pass_unfiltered()) {}

  bool may_enter(std::uint32_t target) {
    for (std::size_t side = 0; side < networks_.size(); ++side) {
      const Classes& classes = *networks_[side]->classes;
      const HostClass& host = classes.hosts[target];
      const auto& set = classes.group_sets[host.groups];
      const bool has_others = host.host != kNone;  // on its instance
      if (is_unfiltered_ || has_others || set.empty() ||
          std::any_of(set.begin(), set.end(),
                      [&](std::uint32_t group) { return admits(side, group); })) {
        return true;
      }
    }
    return false;
  }

 private:
  static std::vector<IpAddress> united(const Ways& before, const Ways& after) {
    std::vector<IpAddress> shown = before.shown_addresses();
    const std::vector<IpAddress> more = after.shown_addresses();
    shown.insert(shown.end(), more.begin(), more.end());
    return shown;
  }

  bool admits(std::size_t side, std::uint32_t group) {
    auto& known = known_[side];
    if (group >= known.size()) {
      known.resize(group + 1, Answer::NotAsked);
    }
    if (known[group] == Answer::NotAsked) {
      known[group] = find(networks_[side]->rules, group) ? Answer::Yes : Answer::No;
    }
    return known[group] == Answer::Yes;
  }

  [[nodiscard]] bool find(const Rules& rules, std::uint32_t number) const {
    const CompiledGroup& group = rules.group(number);
    return !group.is_understood ||
           std::any_of(group.ingress.begin(), group.ingress.end(), [&](const CompiledRule& rule) {
             return rules.services(rule.services).overlaps(services_) &&
                    may_be_peer(rules, rules.peer(rule.peer));
           });
  }

  [[nodiscard]] bool may_be_peer(const Rules& rules, const RulePeerSet& peer) const {
    switch (peer.kind) {
      case RulePeerSet::Kind::UnknownList:
        return true;
      case RulePeerSet::Kind::Group:
        return !peer.is_collected || sources_.meets(rules.members(peer.group));
      case RulePeerSet::Kind::Blocks:
        break;
    }
    return std::any_of(peer.hosts.begin(), peer.hosts.end(),
                       [&](const std::vector<Run>& runs) {
                         return std::any_of(runs.begin(), runs.end(),
                                            [&](const Run& run) { return sources_.meets(run); });
                       }) ||
           std::any_of(shown_.begin(), shown_.end(),
                       [&](const IpAddress& address) { return peer.contains(address); });
  }

  enum class Answer : std::uint8_t { NotAsked, No, Yes };
  std::array<const Compiled*, 2> networks_;
  const Window& sources_;
  const ServiceSet& services_;
  std::vector<IpAddress> shown_;
  bool is_unfiltered_;
  std::array<std::vector<Answer>, 2> known_;  // by group
};

}  // namespace

void SuspectFinder::add_group(std::uint32_t number) {
  const CompiledGroup& old_group = before_.rules.group(number);
  const CompiledGroup& new_group = after_.rules.group(number);
  const auto ingress = changed_rules(old_group.ingress, new_group.ingress);
  const auto egress = changed_rules(old_group.egress, new_group.egress);
  const bool is_new_doubt = old_group.is_understood != new_group.is_understood;
  const Window& members = after_.rules.members(number);
  if (!ingress.empty() || is_new_doubt) {
    suspect_ingress(members, ingress, is_new_doubt);
    result_.alone.targets.add(members);
  }
  if (!egress.empty() || is_new_doubt) {
    suspect_egress(members, egress, is_new_doubt);
    result_.alone.sources.add(members);
  }
  if (!ingress.empty() || !egress.empty() || is_new_doubt) {
    result_.alone.groups.push_back(number);
  }
}

ServiceSet SuspectFinder::services_of(const std::vector<CompiledRule>& rules,
                                      bool is_new_doubt) const {
  ServiceSet services = is_new_doubt ? ServiceSet::all() : ServiceSet{};
  for (const CompiledRule& rule : rules) {
    services = services.united(after_.rules.services(rule.services));
  }
  return services;
}

void SuspectFinder::suspect_ingress(const Window& members, const std::vector<CompiledRule>& rules,
                                    bool is_new_doubt) {
  const Rules& all = after_.rules;
  Window sources;
  bool is_anyone = is_new_doubt;
  bool wants_senders = is_new_doubt;
  for (const CompiledRule& rule : rules) {
    const RulePeerSet& peer = all.peer(rule.peer);
    switch (peer.kind) {
      case RulePeerSet::Kind::Blocks:
        add_runs(peer.hosts[0], sources);
        add_runs(peer.hosts[1], sources);
        wants_senders = wants_senders || !peer.senders.empty();
        is_anyone = is_anyone || shows_someone(peer);
        break;
      case RulePeerSet::Kind::Group:
        sources.add(all.members(peer.group));
        is_anyone = is_anyone || !peer.is_collected;
        break;
      case RulePeerSet::Kind::UnknownList:
        is_anyone = true;
        break;
    }
  }
  wants_senders = wants_senders || is_anyone;
  const ServiceSet services = services_of(rules, is_new_doubt);
  const Window* from = is_anyone ? nullptr : keep(std::move(sources));
  members.for_each([&](std::size_t target) {
    suspect({ColumnTarget::Kind::Host, static_cast<std::uint32_t>(target)}, services, from,
            wants_senders);
  });
}

/// True if some way lets its sources be seen by an address of the peer's: a NAT gateway's.
bool SuspectFinder::shows_someone(const RulePeerSet& peer) const {
  const auto is_shown = [&](const Ways& ways) {
    const auto shown = ways.shown_addresses();
    return std::any_of(shown.begin(), shown.end(),
                       [&](const IpAddress& address) { return peer.contains(address); });
  };
  return is_shown(*after_.inner) || is_shown(*after_.inbound);
}

/// Those whom some egress rule holds back, before or after.
Window SuspectFinder::held_back(const Window& members) const {
  Window held;
  for (std::size_t word = members.first(); word < members.end(); ++word) {
    Word free = ~Word{0};
    for (const Compiled* each : {&before_, &after_}) {
      for (const IpFamily family : {IpFamily::V4, IpFamily::V6}) {
        const Word speak = each->speak[number_of(family)].word(word);
        free &= each->rules.unfiltered(family).word(word) | ~speak;
      }
    }
    if ((members.word(word) & ~free) != 0) {
      held.add_word(word, members.word(word) & ~free);
    }
  }
  return held;
}

void SuspectFinder::suspect_egress(const Window& all_members,
                                   const std::vector<CompiledRule>& rules, bool is_new_doubt) {
  const Window members = is_new_doubt ? all_members : held_back(all_members);
  if (members.none()) {
    return;
  }
  const Rules& all = after_.rules;
  Window targets;
  bool is_anyone = is_new_doubt;
  std::vector<IpPrefix> blocks;
  for (const CompiledRule& rule : rules) {
    const RulePeerSet& peer = all.peer(rule.peer);
    switch (peer.kind) {
      case RulePeerSet::Kind::Blocks:
        add_runs(peer.hosts[0], targets);
        add_runs(peer.hosts[1], targets);
        blocks.insert(blocks.end(), peer.blocks.begin(), peer.blocks.end());
        break;
      case RulePeerSet::Kind::Group:
        targets.add(all.members(peer.group));
        is_anyone = is_anyone || !peer.is_collected;
        break;
      case RulePeerSet::Kind::UnknownList:
        is_anyone = true;
        break;
    }
  }
  const ServiceSet services = services_of(rules, is_new_doubt);
  const Window* from = keep(members);
  const Classes& classes = *after_.classes;
  for (std::uint32_t number = 0; is_anyone && number < classes.hosts.size(); ++number) {
    targets.set(number, true);
  }
  Admission admission(before_, after_, members, services);
  targets.for_each([&](std::size_t number) {
    const auto target = static_cast<std::uint32_t>(number);
    if (admission.may_enter(target)) {
      suspect({ColumnTarget::Kind::Host, target}, services, from, false);
    }
  });
  for (std::uint32_t number = 0; number < classes.receivers.size(); ++number) {
    const IpPrefix& each = classes.receivers[number].block;
    if (is_anyone || std::any_of(blocks.begin(), blocks.end(),
                                 [&](const IpPrefix& block) { return block.contains(each); })) {
      suspect({ColumnTarget::Kind::Receiver, number}, services, from, false);
    }
  }
}

void SuspectFinder::add_parts(const std::vector<std::uint32_t>& parts) {
  Window window;
  for (const std::uint32_t part : parts) {
    window.set(part, true);
  }
  result_.alone.sources.add(window);
  result_.alone.targets.add(window);
  const Window* from = keep(std::move(window));
  const ServiceSet all = ServiceSet::all();
  const Classes& classes = *after_.classes;
  Admission admission(before_, after_, *from, all);
  for (std::uint32_t number = 0; number < classes.hosts.size(); ++number) {
    const bool is_part = from->has(number);
    if (is_part || admission.may_enter(number)) {
      suspect({ColumnTarget::Kind::Host, number}, all, is_part ? nullptr : from, is_part);
    }
  }
  for (std::uint32_t number = 0; number < classes.receivers.size(); ++number) {
    suspect({ColumnTarget::Kind::Receiver, number}, all, from, false);
  }
}

std::vector<SuspectFinder::Part> SuspectFinder::changed_parts(const Ways& before, const Ways& after,
                                                              std::size_t from_count,
                                                              std::size_t to_count,
                                                              const SharedVector<Window>* members) {
  std::vector<Part> parts(to_count);
  for (std::uint32_t to = 0; to < to_count; ++to) {
    Window window;
    for_each_changed(before, after, from_count, to,
                     [&](std::uint32_t from, const ServiceSet& services) {
                       parts[to].services = parts[to].services.united(services);
                       if (members != nullptr) {
                         window.add((*members)[from]);
                       }
                     });
    if (!parts[to].services.empty()) {
      parts[to].from = keep(std::move(window));
    }
  }
  return parts;
}

void SuspectFinder::add_ways() {
  result_.alone.is_everyone = true;
  const Compiled& was = before_;
  const Compiled& is = after_;
  const Classes& classes = *is.classes;
  const Classes& known = *was.classes;  // kinds that are new have other members only
  const auto inner = changed_parts(*was.inner, *is.inner, known.inner.size(), known.inner.size(),
                                   &is.inner_members);
  const auto inbound =
      changed_parts(*was.inbound, *is.inbound, known.outside.size(), known.outer.size(), nullptr);
  const auto outbound = changed_parts(*was.outbound, *is.outbound, known.outer.size(),
                                      known.outside.size(), &is.outer_members);
  for (std::uint32_t number = 0; number < classes.hosts.size(); ++number) {
    const HostClass& host = classes.hosts[number];
    for (std::size_t family = 0; family < kFamilies; ++family) {
      if (host.inner[family] == kNone || host.inner[family] >= inner.size() ||
          host.outer[family] >= inbound.size()) {
        continue;
      }
      const Part& near = inner[host.inner[family]];
      const Part& far = inbound[host.outer[family]];
      if (!near.services.empty()) {
        suspect({ColumnTarget::Kind::Host, number}, near.services, near.from, false);
      }
      if (!far.services.empty()) {
        suspect({ColumnTarget::Kind::Host, number}, far.services, far.from, true);
      }
    }
  }
  for (std::uint32_t number = 0; number < classes.receivers.size(); ++number) {
    const std::uint32_t kind = classes.receivers[number].kind;
    if (kind != kNone && !outbound[kind].services.empty()) {
      suspect({ColumnTarget::Kind::Receiver, number}, outbound[kind].services, outbound[kind].from,
              false);
    }
  }
}

const Window* SuspectFinder::keep(Window window) {
  result_.windows.push_back(std::move(window));
  return &result_.windows.back();
}

/// Adds to what is asked of a target.
void SuspectFinder::suspect(ColumnTarget target, const ServiceSet& services, const Window* hosts,
                            bool wants_senders) {
  if (services.empty()) {
    return;
  }
  const std::uint64_t key =
      std::uint64_t{target.number} * 2 + (target.kind == ColumnTarget::Kind::Host ? 0 : 1);
  const auto [place, is_new] = places_.emplace(key, result_.list.size());
  if (is_new) {
    result_.list.push_back(
        {.target = target,
         .limits = {.services = services, .hosts = hosts, .wants_senders = wants_senders}});
    return;
  }
  Limits& limits = result_.list[place->second].limits;
  limits.services = limits.services.united(services);
  limits.wants_senders = limits.wants_senders || wants_senders;
  if (limits.hosts != nullptr && hosts != limits.hosts) {
    if (hosts == nullptr) {
      limits.hosts = nullptr;
    } else {
      Window both = *limits.hosts;
      both.add(*hosts);
      limits.hosts = keep(std::move(both));
    }
  }
}

}  // namespace portolan::reach
