#include "reach/engine/column.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>

#include "reach/engine/door.h"
#include "reach/engine/verdicts.h"

namespace portolan::reach {

namespace {

using Point = ServiceSet::Point;
using Segment = ServiceSet::Segment;

}  // namespace

ServiceSet sure_services(const Passage& passage, Level level) {
  switch (level) {
    case Level::Yes:
      return passage.yes;
    case Level::Depends:
      return passage.yes.united(passage.depends);
    case Level::Unknown:
      return passage.possible();
  }
  return {};
}

class ColumnMaker::Maker {
 public:
  explicit Maker(const Compiled& compiled)
      : compiled_(compiled),
        doors_(compiled),
        host_ingress_(compiled.host_words()),
        sender_ingress_(compiled.sender_words()) {}

  const Column& make(const ColumnTarget& target, const Limits& limits) {
    limits_ = &limits;
    is_limited_ = !limits.services.is_all();
    narrow_facts_.is_made = false;
    column_.beside.clear();
    if (target.kind == ColumnTarget::Kind::Host) {
      to_host(target.number);
    } else {
      to_receiver(compiled_.classes->receivers[target.number]);
    }
    return column_;
  }

 private:
  /// One family's part of the question: who comes how, and what is asked of them.
  struct Approach {
    std::size_t family = 0;
    IpAddress address;  // of the target
    const Door* hosts = nullptr;
    const Door* senders = nullptr;
  };

  void to_host(std::uint32_t number) {
    const HostClass& host = compiled_.classes->hosts[number];
    approaches_.clear();
    for (std::size_t family = 0; family < kFamilies; ++family) {
      if (host.inner[family] != kNone && !host.members.empty()) {
        approaches_.push_back({.family = family,
                               .address = host.address[family],
                               .hosts = &hosts_door(host, family),
                               .senders = &doors_.from_outside(host, family)});
      }
    }
    target_groups_ = &compiled_.classes->group_sets[host.groups];
    set_number_ = host.groups;
    fill();
    without_itself(number, host);
  }

  const Door& hosts_door(const HostClass& host, std::size_t family) {
    const Window* wanted = limits_->hosts;
    return wanted == nullptr || wanted->end() - wanted->first() > 1
               ? doors_.of(host, family)
               : doors_.of(host, family, *wanted);
  }

  void to_receiver(const OutsideClass& receiver) {
    approaches_ = {{.family = number_of(receiver.host.family()),
                    .address = receiver.host,
                    .hosts = &doors_.out_to(receiver),
                    .senders = nullptr}};
    target_groups_ = nullptr;
    set_number_ = 0;
    fill();
  }

  void without_itself(std::uint32_t number, const HostClass& host) {
    if (host.members.size() == 1) {
      remove(number);
    }
    if (host.host == kNone || host.members.empty()) {
      return;
    }
    for (const std::uint32_t other : compiled_.on_host[host.host]) {
      if (other != number) {
        remove(other);
        column_.beside.push_back(other);
      }
    }
  }

  void remove(std::uint32_t source) {
    for (auto& planes : column_.hosts.planes) {
      for (Plane& plane : planes) {
        plane.remove(source);
      }
    }
  }

  // segments

  [[nodiscard]] bool is_filtered() const {
    return target_groups_ != nullptr && !target_groups_->empty();
  }

  void fill() {
    find_narrow();
    find_doubt();
    cut_segments();
    start_planes(column_.hosts, compiled_.host_words());
    start_planes(column_.senders, compiled_.sender_words());
    for (const Approach& approach : approaches_) {
      judge_hosts(approach);
      judge_senders(approach);
    }
  }

  [[nodiscard]] bool is_meant(const DoorGroup& group) const {
    return limits_->hosts == nullptr || group.meets(*limits_->hosts);
  }

  /// Whether only rules that name some of the sources that are asked for can matter.
  void find_narrow() {
    is_narrow_ = limits_->hosts != nullptr;
    for (const Approach& approach : approaches_) {
      const bool has_senders = limits_->wants_senders && approach.senders != nullptr &&
                               !approach.senders->groups.empty();
      const auto& groups = approach.hosts->groups;
      is_narrow_ = is_narrow_ && !has_senders &&
                   std::none_of(groups.begin(), groups.end(), [&](const DoorGroup& group) {
                     return group.way->to_target.address && is_meant(group);
                   });
    }
  }

  /// True if no source that is asked for is the peer.
  [[nodiscard]] bool is_beside(const RulePeerSet& peer) const {
    const Window& wanted = *limits_->hosts;
    if (peer.kind == RulePeerSet::Kind::Group) {
      return peer.is_collected && !wanted.meets(compiled_.rules.members(peer.group));
    }
    return peer.kind == RulePeerSet::Kind::Blocks &&
           std::none_of(peer.hosts.begin(), peer.hosts.end(), [&](const std::vector<Run>& runs) {
             return std::any_of(runs.begin(), runs.end(),
                                [&](const Run& run) { return wanted.meets(run); });
           });
  }

  /// Whether all that counts is known for sure, so that one level says all.
  void find_doubt() {
    const Rules& rules = compiled_.rules;
    bool is_certain = rules.undetermined().empty() && rules.egress_to_unknown().empty() &&
                      rules.egress_to_missing().empty();
    for (const Approach& approach : approaches_) {
      is_certain = is_certain && approach.hosts->is_certain &&
                   (approach.senders == nullptr || approach.senders->is_certain);
    }
    column_.is_certain = is_certain && (!is_filtered() || set_facts().is_certain);
  }

  /// What is the same for all targets with one set of groups.
  struct SetFacts {
    bool is_made = false;
    bool is_certain = true;
    bool is_understood = true;
    std::vector<Point> borders;
  };

  const SetFacts& set_facts() {
    if (is_narrow_) {
      if (!narrow_facts_.is_made) {
        narrow_facts_.borders.clear();
        find_facts(narrow_facts_);
      }
      return narrow_facts_;
    }
    SetFacts& facts = facts_[set_number_];
    if (!facts.is_made) {
      find_facts(facts);
    }
    return facts;
  }

  void find_facts(SetFacts& facts) const {
    facts.is_made = true;
    facts.is_certain = true;
    facts.is_understood = true;
    for (const std::uint32_t number : *target_groups_) {
      const CompiledGroup& group = compiled_.rules.group(number);
      facts.is_understood = facts.is_understood && group.is_understood;
      for (const CompiledRule& rule : group.ingress) {
        const RulePeerSet& peer = compiled_.rules.peer(rule.peer);
        const bool is_sure = peer.kind == RulePeerSet::Kind::Blocks ||
                             (peer.kind == RulePeerSet::Kind::Group && peer.is_collected);
        facts.is_certain = facts.is_certain && is_sure;
        if (!is_narrow_ || !is_beside(peer)) {
          add_borders(compiled_.rules.services(rule.services), facts.borders);
        }
      }
    }
    facts.is_certain = facts.is_certain && facts.is_understood;
    sort_unique(facts.borders);
  }

  static void add_borders(const ServiceSet& services, std::vector<Point>& borders) {
    for (const Segment& segment : services.segments()) {
      borders.push_back(segment.first);
      borders.push_back(segment.last + 1);
    }
  }

  static bool has(const ServiceSet& services, Point point) {
    const auto& segments = services.segments();
    return std::any_of(segments.begin(), segments.end(), [&](const Segment& part) {
      return part.first <= point && point <= part.last;
    });
  }

  /// Those beside the services that are asked for do not matter.
  void drop_far_borders() {
    const auto& wanted = limits_->services.segments();
    if (wanted.empty()) {
      borders_.clear();
      return;
    }
    const Point first = wanted.front().first;
    const Point end = wanted.back().last + 1;
    borders_.erase(std::remove_if(borders_.begin(), borders_.end(),
                                  [&](Point border) { return border < first || border > end; }),
                   borders_.end());
    add_borders(limits_->services, borders_);
  }

  static void sort_unique(std::vector<Point>& borders) {
    std::sort(borders.begin(), borders.end());
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
  }

  void cut_segments() {
    static const ServiceSet kAll = ServiceSet::all();
    borders_.clear();
    bool is_open = !is_filtered();
    if (is_filtered()) {
      borders_ = set_facts().borders;
      is_open = !set_facts().is_understood || !set_facts().is_certain;
    }
    for (const Approach& approach : approaches_) {
      for (const Door* door : {approach.hosts, approach.senders}) {
        if (door == nullptr) {
          continue;
        }
        for (const DoorGroup& group : door->groups) {
          if (is_narrow_ && (door != approach.hosts || !is_meant(group))) {
            continue;
          }
          is_open = is_open || !group.way->to_target.counts;
          for (const ServiceSet* services : {&group.way->passage.yes, &group.way->passage.depends,
                                             &group.way->passage.unknown}) {
            if (!services->is_all()) {
              add_borders(*services, borders_);
            }
          }
        }
      }
      for_each_egress(approach, [&](const EgressRule& rule) {
        const ServiceSet& services = compiled_.rules.services(rule.services);
        if (!services.is_all()) {
          add_borders(services, borders_);
        }
      });
    }
    if (is_open) {
      add_borders(kAll, borders_);
    }
    if (is_limited_) {
      drop_far_borders();
    }
    sort_unique(borders_);
    column_.segments.clear();
    is_wanted_.clear();
    for (std::size_t i = 0; i + 1 < borders_.size(); ++i) {
      column_.segments.push_back({borders_[i], borders_[i + 1] - 1});
      is_wanted_.push_back(!is_limited_ || has(limits_->services, borders_[i]) ? 1 : 0);
    }
  }

  template <class Visit>
  void for_each_egress(const Approach& approach, const Visit& each) const {
    const Rules& rules = compiled_.rules;
    const auto visit = [&](const EgressRule& rule) {
      if (limits_->hosts == nullptr || limits_->hosts->meets(*rule.members)) {
        each(rule);
      }
    };
    rules.for_each_egress_to(approach.address, visit);
    if (target_groups_ != nullptr) {
      for (const std::uint32_t group : *target_groups_) {
        std::for_each(rules.egress_to_group(group).begin(), rules.egress_to_group(group).end(),
                      visit);
      }
    }
    for (const auto* list : {&rules.egress_to_unknown(), &rules.egress_to_missing()}) {
      std::for_each(list->begin(), list->end(), visit);
    }
  }

  /// The segments that a set of services covers: it is made of whole ones.
  template <class Visit>
  void for_each_segment_of(const ServiceSet& services, const Visit& visit) const {
    for (const Segment& part : services.segments()) {
      auto border = std::lower_bound(borders_.begin(), borders_.end(), part.first);
      for (; border != borders_.end() && *border <= part.last; ++border) {
        const auto segment = static_cast<std::size_t>(border - borders_.begin());
        if (segment < column_.segments.size() && is_wanted_[segment] != 0) {
          visit(segment);
        }
      }
    }
  }

  void start_planes(SourcePlanes& planes, std::size_t words) const {
    for (std::size_t level = 0; level < kLevels; ++level) {
      auto& list = planes.planes[level];
      while (list.size() < column_.segments.size()) {
        list.emplace_back().resize(words);
      }
      for (Plane& plane : list) {
        plane.clear();
      }
    }
  }

  // what rules say

  void judge_hosts(const Approach& approach) {
    if (approach.hosts->groups.empty()) {
      return;
    }
    gather_ingress(host_ingress_, [&](const RulePeerSet& peer) {
      return std::span<const Run>(peer.hosts[approach.family]);
    });
    gather_egress(approach);
    for (const DoorGroup& group : approach.hosts->groups) {
      if (!is_meant(group)) {
        continue;
      }
      for (const Level level : kAllLevels) {
        if (level == Level::Yes || !column_.is_certain) {
          pass(approach, group, level, host_ingress_, true, column_.hosts);
        }
      }
    }
  }

  void judge_senders(const Approach& approach) {
    if (approach.senders == nullptr || approach.senders->groups.empty() ||
        !limits_->wants_senders) {
      return;
    }
    gather_ingress(sender_ingress_,
                   [&](const RulePeerSet& peer) { return std::span<const Run>(peer.senders); });
    for (const DoorGroup& group : approach.senders->groups) {
      for (const Level level : kAllLevels) {
        if (level == Level::Yes || !column_.is_certain) {
          pass(approach, group, level, sender_ingress_, false, column_.senders);
        }
      }
    }
  }

  template <class RunsOf>
  void gather_ingress(Verdicts& verdicts, const RunsOf& runs_of) {
    verdicts.start(column_.segments.size());
    if (!is_filtered()) {
      return;
    }
    const bool are_hosts = &verdicts == &host_ingress_;
    for (const std::uint32_t number : *target_groups_) {
      for (const CompiledRule& rule : compiled_.rules.group(number).ingress) {
        const RulePeerSet& peer = compiled_.rules.peer(rule.peer);
        if (is_narrow_ && is_beside(peer)) {
          continue;
        }
        for_each_segment_of(compiled_.rules.services(rule.services), [&](std::size_t segment) {
          switch (peer.kind) {
            case RulePeerSet::Kind::Blocks:
              for (const Run& run : runs_of(peer)) {
                verdicts.blocks[segment].add(clipped(run, are_hosts));
              }
              break;
            case RulePeerSet::Kind::Group:
              if (are_hosts) {
                add_members(compiled_.rules.members(peer.group), verdicts.references[segment]);
              }
              if (!peer.is_collected) {
                verdicts.missing[segment] = 1;
              }
              break;
            case RulePeerSet::Kind::UnknownList:
              verdicts.anyone[segment] = 1;
              break;
          }
        });
      }
    }
  }

  /// What of it is asked for: by whole words.
  [[nodiscard]] Run clipped(Run run, bool are_hosts) const {
    if (are_hosts && limits_->hosts != nullptr) {
      const auto first = static_cast<std::uint32_t>(limits_->hosts->first() * kWordBits);
      const auto end = static_cast<std::uint32_t>(limits_->hosts->end() * kWordBits);
      return {std::max(run.first, first), std::min(run.end, end)};
    }
    return run;
  }

  void add_members(const Window& members, Plane& plane) const {
    const Window* wanted = limits_->hosts;
    if (wanted == nullptr) {
      plane.add(members);
    } else {
      plane.add(members, wanted->first(), wanted->end());
    }
  }

  void gather_egress(const Approach& approach) {
    const Rules& rules = compiled_.rules;
    for (LetOut* list : {&out_by_block_, &out_by_group_, &out_unknown_, &out_missing_}) {
      list->start(column_.segments.size());
    }
    const auto let_out = [&](LetOut& list, const EgressRule& rule) {
      if (limits_->hosts == nullptr || limits_->hosts->meets(*rule.members)) {
        for_each_segment_of(rules.services(rule.services),
                            [&](std::size_t segment) { list.add(segment, *rule.members); });
      }
    };
    rules.for_each_egress_to(approach.address,
                             [&](const EgressRule& rule) { let_out(out_by_block_, rule); });
    if (target_groups_ != nullptr) {
      for (const std::uint32_t group : *target_groups_) {
        for (const EgressRule& rule : rules.egress_to_group(group)) {
          let_out(out_by_group_, rule);
        }
      }
    }
    for (const EgressRule& rule : rules.egress_to_unknown()) {
      let_out(out_unknown_, rule);
    }
    for (const EgressRule& rule : rules.egress_to_missing()) {
      let_out(out_missing_, rule);
    }
  }

  // both together

  /// True if the address that all of these sources are seen by is admitted in the segment.
  [[nodiscard]] bool admits(const IpAddress& address, std::size_t segment) const {
    const Point point = column_.segments[segment].first;
    for (const std::uint32_t number : *target_groups_) {
      for (const CompiledRule& rule : compiled_.rules.group(number).ingress) {
        const RulePeerSet& peer = compiled_.rules.peer(rule.peer);
        if (has(compiled_.rules.services(rule.services), point) && peer.contains(address)) {
          return true;
        }
      }
    }
    return false;
  }

  /// True if everyone of the group is let in whatever the rules that are known say.
  [[nodiscard]] bool lets_all_in(const DoorGroup& group, Level level, std::size_t segment,
                                 const Verdicts& ingress) {
    const Shown& shown = group.way->to_target;
    if (!is_filtered() || !shown.counts) {
      return true;
    }
    if (shown.address && admits(*shown.address, segment)) {
      return true;
    }
    if (level != Level::Unknown) {
      return false;
    }
    const bool is_private = shown.address ? !shown.address->is_public() : group.is_private;
    const bool may_be_member =
        !shown.is_host && is_private && shown.references != ReferenceMatch::No;
    return ingress.anyone[segment] != 0 || !set_facts().is_understood ||
           (may_be_member && ingress.missing[segment] != 0);
  }

  /// The line of services has no points for protocols that have blocks of their own.
  static bool exists(Point point) {
    const Point protocol = point - ServiceSet::kOther;
    return point < ServiceSet::kOther || (protocol != kProtocolIcmp && protocol != kProtocolTcp &&
                                          protocol != kProtocolUdp && protocol != kProtocolIcmpV6);
  }

  void pass(const Approach& approach, const DoorGroup& group, Level level, Verdicts& ingress,
            bool asks_egress, SourcePlanes& result) {
    std::vector<Plane>& planes = result.planes[static_cast<std::size_t>(level)];
    if (group.way->passage.yes.is_all()) {  // nearly always
      for (std::size_t segment = 0; segment < column_.segments.size(); ++segment) {
        if (is_wanted_[segment] != 0 && exists(column_.segments[segment].first)) {
          pass_segment(approach, group, level, segment, ingress, asks_egress, planes[segment]);
        }
      }
      return;
    }
    for_each_segment_of(sure_services(group.way->passage, level), [&](std::size_t segment) {
      pass_segment(approach, group, level, segment, ingress, asks_egress, planes[segment]);
    });
  }

  static bool references_count(const Shown& shown, Level level) {
    return shown.is_host &&
           (shown.references == ReferenceMatch::Yes ||
            (level == Level::Unknown && shown.references == ReferenceMatch::Unknown));
  }

  void pass_segment(const Approach& approach, const DoorGroup& group, Level level,
                    std::size_t segment, Verdicts& ingress, bool asks_egress, Plane& result) {
    const bool all_in = lets_all_in(group, level, segment, ingress);
    const Shown& to_target = group.way->to_target;
    const Plane* blocks = to_target.address ? nullptr : &ingress.blocks[segment];
    const Plane* references =
        references_count(to_target, level) ? &ingress.references[segment] : nullptr;
    const bool is_filtered_out = asks_egress && group.way->to_source.counts;
    const Window* wanted = asks_egress ? limits_->hosts : nullptr;  // hosts alone are asked
    const std::size_t first =
        wanted == nullptr ? group.first : std::max(group.first, wanted->first());
    const std::size_t end = wanted == nullptr ? group.end() : std::min(group.end(), wanted->end());
    const auto pass_word = [&](std::size_t word, Word bits) {
      if (wanted != nullptr) {
        bits &= wanted->word(word);
      }
      if (bits != 0 && is_filtered_out) {
        bits &= let_out(approach, group.way->to_source, level, segment, word);
      }
      result.add_word(word, bits);
    };
    if (all_in) {
      for (std::size_t word = first; word < end; ++word) {
        pass_word(word, group.word(word));
      }
      return;
    }
    for (std::size_t block = first / kWordBits; block * kWordBits < end; ++block) {
      Word left = (blocks == nullptr ? 0 : blocks->touched(block)) |
                  (references == nullptr ? 0 : references->touched(block));
      for (; left != 0; left &= left - 1) {
        const std::size_t word =
            block * kWordBits + static_cast<std::size_t>(std::countr_zero(left));
        if (word >= first && word < end) {
          const Word admitted = (blocks == nullptr ? 0 : blocks->word(word)) |
                                (references == nullptr ? 0 : references->word(word));
          pass_word(word, group.word(word) & admitted);
        }
      }
    }
  }

  Word let_out(const Approach& approach, const Shown& shown, Level level, std::size_t segment,
               std::size_t word) {
    const Rules& rules = compiled_.rules;
    Word bits =
        rules.unfiltered(approach.address.family()).word(word) | out_by_block_.word(segment, word);
    if (references_count(shown, level)) {
      bits |= out_by_group_.word(segment, word);
    }
    if (level == Level::Unknown) {
      bits |= rules.undetermined().word(word) | out_unknown_.word(segment, word);
      const bool may_be_member =
          !shown.is_host && !approach.address.is_public() && shown.references != ReferenceMatch::No;
      if (may_be_member) {
        bits |= out_missing_.word(segment, word);
      }
    }
    return bits;
  }

  const Compiled& compiled_;
  const Limits* limits_ = nullptr;
  bool is_limited_ = false;  // not all services are asked for
  std::vector<char> is_wanted_;
  Doors doors_;
  bool is_narrow_ = false;  // only rules that name some of limits_->hosts matter
  std::unordered_map<std::uint32_t, SetFacts> facts_;  // by number of the set
  SetFacts narrow_facts_;
  std::vector<Approach> approaches_;
  const std::vector<std::uint32_t>* target_groups_ = nullptr;
  std::uint32_t set_number_ = 0;
  std::vector<Point> borders_;
  Verdicts host_ingress_;
  Verdicts sender_ingress_;
  LetOut out_by_block_;
  LetOut out_by_group_;
  LetOut out_unknown_;
  LetOut out_missing_;
  Column column_;
};

ColumnMaker::ColumnMaker(const Compiled& compiled) : maker_(std::make_unique<Maker>(compiled)) {}
ColumnMaker::ColumnMaker(ColumnMaker&&) noexcept = default;
ColumnMaker::~ColumnMaker() = default;

const Column& ColumnMaker::make(const ColumnTarget& target, const Limits& limits) {
  return maker_->make(target, limits);
}

}  // namespace portolan::reach
