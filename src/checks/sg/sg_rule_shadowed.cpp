#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each_group.h"
#include "checks/openings.h"

namespace portolan::checks {

extern const Check sg_rule_shadowed;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Security group rules",
                                            "stelligent/cfn_nag#543"};

using Point = ServiceSet::Point;

/// A rule with what it takes to compare it quickly.
struct Entry {
  const SecurityGroupRule* rule = nullptr;
  std::vector<IpPrefix> blocks;  // none: a group, or a list that is known by name only
  bool is_unread = false;        // such a list, whose addresses were not collected
  int length = 0;                // of its widest block: wide ones are judged last
  Point first = 0;               // the ends of its services
  Point last = 0;
  bool is_shadowed = false;
};

Entry entry_of(const Snapshot& snapshot, const SecurityGroupRule& rule) {
  Entry entry;
  entry.rule = &rule;
  auto blocks = peer_blocks(snapshot, rule.peer);
  entry.is_unread = !blocks;
  entry.blocks = std::move(blocks).value_or(std::vector<IpPrefix>{});
  entry.length = 128;
  for (const IpPrefix& block : entry.blocks) {
    entry.length = std::min(entry.length, block.length());
  }
  entry.first = rule.services.segments().front().first;
  entry.last = rule.services.segments().back().last;
  return entry;
}

bool contains_blocks(const std::vector<IpPrefix>& wide, const std::vector<IpPrefix>& narrow) {
  if (wide.size() == 1) {
    return std::all_of(narrow.begin(), narrow.end(),
                       [&](const IpPrefix& block) { return wide.front().contains(block); });
  }
  return IpSet(narrow).without(IpSet(wide)).empty();
}

bool blocks_overlap(const std::vector<IpPrefix>& a, const std::vector<IpPrefix>& b) {
  if (a.size() == 1 && b.size() == 1) {
    return a.front().overlaps(b.front());
  }
  return !IpSet(a).intersected(IpSet(b)).empty();
}

bool is_same_name(const RulePeer& a, const RulePeer& b) {
  const auto* mine = std::get_if<GroupReference>(&a);
  const auto* theirs = std::get_if<GroupReference>(&b);
  return mine != nullptr && theirs != nullptr ? mine->group == theirs->group : a == b;
}

/// Whether rules that each admit a part of the addresses together permit all of `rest`.
bool cover_together(const std::vector<const Entry*>& parts, const Entry& entry,
                    const ServiceSet& rest) {
  std::vector<Point> bounds;
  for (const Entry* part : parts) {
    for (const ServiceSet::Segment& segment : part->rule->services.segments()) {
      bounds.push_back(segment.first);
      bounds.push_back(segment.last + 1);
    }
  }
  for (const ServiceSet::Segment& segment : rest.segments()) {
    bounds.push_back(segment.first);
    bounds.push_back(segment.last + 1);
  }
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  const IpSet wanted(entry.blocks);
  for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
    const ServiceSet cut = ServiceSet::of_segments({{bounds[i], bounds[i + 1] - 1}});
    if (!rest.overlaps(cut)) {
      continue;
    }
    std::vector<IpPrefix> blocks;
    for (const Entry* part : parts) {
      if (part->rule->services.overlaps(cut)) {
        blocks.insert(blocks.end(), part->blocks.begin(), part->blocks.end());
      }
    }
    if (!wanted.without(IpSet(blocks)).empty()) {
      return false;
    }
  }
  return true;
}

/// Whether the other rules, but for those that are shadowed themselves, permit all that one does.
bool is_covered(const std::vector<Entry>& entries, const Entry& entry) {
  ServiceSet rest = entry.rule->services;
  ServiceSet all_v4;
  ServiceSet all_v6;
  std::vector<const Entry*> parts;
  for (const Entry& other : entries) {
    if (&other == &entry || other.is_shadowed || other.first > entry.last ||
        other.last < entry.first) {
      continue;
    }
    const ServiceSet& services = other.rule->services;
    if (is_same_name(other.rule->peer, entry.rule->peer)) {
      rest = rest.without(services);
    } else if (entry.blocks.empty()) {
      // Whoever is meant by the name has an address of some family.
      for (const IpPrefix& block : other.blocks) {
        if (block.is_everything()) {
          ServiceSet& all = block.family() == IpFamily::V4 ? all_v4 : all_v6;
          all = all.united(services);
        }
      }
    } else if (!other.blocks.empty() && contains_blocks(other.blocks, entry.blocks)) {
      rest = rest.without(services);
    } else if (!other.blocks.empty() && blocks_overlap(other.blocks, entry.blocks)) {
      parts.push_back(&other);
    }
  }
  rest = rest.without(all_v4.intersected(all_v6));
  return rest.empty() || (!parts.empty() && cover_together(parts, entry, rest));
}

/// The rules of one direction. Narrow ones come first: of two of which each covers the other it is
/// the first that is in vain.
std::vector<Entry> judged(const Snapshot& snapshot, const SecurityGroup& group, bool is_egress) {
  std::vector<Entry> entries;
  for (const SecurityGroupRule& rule : group.rules) {
    if (rule.is_egress == is_egress && !rule.services.empty()) {
      entries.push_back(entry_of(snapshot, rule));
    }
  }
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(-a.length, a.last - a.first) < std::tuple(-b.length, b.last - b.first);
  });
  for (Entry& entry : entries) {
    entry.is_shadowed = is_covered(entries, entry);
  }
  return entries;
}

/// The list that may cover another rule; empty if none may.
std::string gap_of(const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    const auto touches = [&](const Entry& other) {
      return &other != &entry && !other.is_shadowed &&
             other.rule->services.overlaps(entry.rule->services);
    };
    if (entry.is_unread && !entry.is_shadowed &&
        std::any_of(entries.begin(), entries.end(), touches)) {
      return missing_entries(*entry.rule);
    }
  }
  return {};
}

void judge(const Context& context, const SecurityGroup& group, std::vector<Finding>& findings) {
  Finding finding = about(sg_rule_shadowed.id, group);
  finding.risk = Risk::Low;
  for (const bool is_egress : {false, true}) {
    const std::vector<Entry> entries = judged(context.snapshot(), group, is_egress);
    for (const Entry& entry : entries) {
      if (!entry.is_shadowed) {
        continue;
      }
      finding.rules.push_back(name_rule(group, *entry.rule));
      if (finding.fix.empty()) {
        finding.fix = revocation(finding.rules.back(), is_egress);
      }
    }
    if (std::string gap = gap_of(entries); !gap.empty()) {
      finding.gaps.push_back(std::move(gap));
    }
  }
  if (finding.rules.empty()) {
    if (!finding.gaps.empty()) {
      std::vector<std::string> gaps = finding.gaps;
      findings.push_back(unknown(std::move(finding), Risk::Low,
                                 "whether other rules cover one of its rules is not known",
                                 std::move(gaps)));
    }
    return;
  }
  const FindingRule& first = finding.rules.front();
  finding.message = fmt::format(
      "other rules of the group cover {} {}{}", first.services, first.peer,
      finding.rules.size() == 1 ? std::string()
                                : fmt::format(" and {} more", finding.rules.size() - 1));
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_rules(context, sg_rule_shadowed, "each rule permits what no other does",
                     [&](const SecurityGroup& group, std::vector<Finding>& findings) {
                       judge(context, group, findings);
                     });
}

constexpr std::string_view kYieldsTo[] = {"sg-ingress-*", "sg-stale-reference", "sg-rule-expired"};

}  // namespace

const Check sg_rule_shadowed = {
    .id = "sg-rule-shadowed",
    .title = "Rule is fully covered by other rules of its group",
    .risk = Risk::Low,
    .resources = "SecurityGroup",
    .why =
        "Whoever revokes such a rule believes that something is closed, and nothing is: the wider "
        "rule still permits it. Often the narrow one was meant and the wide one should be gone.",
    .fix =
        "Decide which of the two is meant. If it is the wide one, the narrow one can go without "
        "effect. If not, narrow the wide one first. Revoke the rule that is in vain.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo};

}  // namespace portolan::checks
