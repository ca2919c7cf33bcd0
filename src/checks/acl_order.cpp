#include "checks/acl_order.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "checks/each.h"
#include "checks/missing.h"
#include "checks/world.h"

namespace portolan::checks {

namespace {

constexpr int kLastNumber = 32767;  // of what a person can write: 32766
/// More than twice what AWS allows: the work grows with the square of it.
constexpr std::size_t kEntriesMax = 200;

/// The points where a part may begin: one after the other, `kEnd` last.
std::vector<ServiceSet::Point> cuts_of(std::span<const NetworkAclEntry> entries) {
  std::vector<ServiceSet::Point> cuts = {0, ServiceSet::kEnd};
  for (const NetworkAclEntry& entry : entries) {
    for (const ServiceSet::Segment& segment : entry.services.segments()) {
      cuts.push_back(segment.first);
      cuts.push_back(segment.last + 1);
    }
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

void add_new(std::vector<const NetworkAclEntry*>& entries,
             const std::vector<const NetworkAclEntry*>& more) {
  entries.insert(entries.end(), more.begin(), more.end());
  std::sort(entries.begin(), entries.end(),
            [](const auto* a, const auto* b) { return a->number < b->number; });
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

}  // namespace

std::span<const NetworkAclEntry> entries_of(const NetworkAcl& acl, bool is_egress) {
  const auto first =
      std::partition_point(acl.entries.begin(), acl.entries.end(),
                           [](const NetworkAclEntry& entry) { return !entry.is_egress; });
  return is_egress ? std::span<const NetworkAclEntry>(first, acl.entries.end())
                   : std::span<const NetworkAclEntry>(acl.entries.begin(), first);
}

bool is_last_deny(const NetworkAclEntry& entry) {
  return entry.number >= kLastNumber && !entry.allows;
}

std::vector<ServiceSet> parts_of(std::span<const NetworkAclEntry> entries,
                                 const ServiceSet& wanted) {
  const std::vector<ServiceSet::Point> cuts = cuts_of(entries);
  // By which entries match: what the same entries match is one part.
  std::map<std::vector<bool>, std::vector<ServiceSet::Segment>> parts;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const std::vector<ServiceSet::Segment> slice = {{cuts[i], cuts[i + 1] - 1}};
    const ServiceSet part = ServiceSet::of_segments(slice).intersected(wanted);
    std::vector<bool> matching;
    for (const NetworkAclEntry& entry : entries) {
      matching.push_back(entry.services.overlaps(part));
    }
    auto& segments = parts[std::move(matching)];
    segments.insert(segments.end(), part.segments().begin(), part.segments().end());
  }
  std::vector<ServiceSet> sets;
  for (const auto& [matching, segments] : parts) {
    if (!segments.empty()) {
      sets.push_back(ServiceSet::of_segments(segments));
    }
  }
  return sets;
}

std::vector<AclOpening> public_openings(const NetworkAcl& acl, bool is_egress, IpFamily family,
                                        const ServiceSet& wanted) {
  const auto entries = entries_of(acl, is_egress);
  std::vector<AclOpening> openings;
  for (ServiceSet& services : parts_of(entries, wanted)) {
    AclOpening opening{.services = std::move(services), .addresses = {}, .entries = {}};
    IpSet rest = IpSet::public_space(family);
    for (const NetworkAclEntry& entry : entries) {
      if (entry.cidr.family() != family || !entry.services.overlaps(opening.services)) {
        continue;
      }
      const IpSet block({entry.cidr});
      const IpSet decided = rest.intersected(block);
      if (entry.allows && !decided.empty()) {
        opening.addresses = opening.addresses.united(decided);
        opening.entries.push_back(&entry);
      }
      rest = rest.without(block);
    }
    if (!opening.addresses.empty()) {
      openings.push_back(std::move(opening));
    }
  }
  return openings;
}

WorldAccess world_access(const NetworkAcl& acl, bool is_egress, const ServiceSet& wanted) {
  WorldAccess access;
  for (const IpFamily family : kFamilies) {
    for (const AclOpening& opening : public_openings(acl, is_egress, family, wanted)) {
      if (is_world(opening.addresses, family)) {
        access.services = access.services.united(opening.services);
        add_new(access.entries, opening.entries);
      }
    }
  }
  return access;
}

bool is_as_made(const NetworkAcl& acl) {
  // One direction may not be empty: AWS makes an entry that allows all for each.
  std::array<bool, 2> has_allow = {false, false};
  for (const NetworkAclEntry& entry : acl.entries) {
    if (is_last_deny(entry)) {
      continue;
    }
    if (!entry.allows || !entry.cidr.is_everything() || !entry.services.is_all()) {
      return false;
    }
    has_allow[entry.is_egress ? 1 : 0] = true;
  }
  return acl.is_default && has_allow[0] && has_allow[1];
}

FindingRule name_entry(const NetworkAcl& acl, const NetworkAclEntry& entry) {
  return {.id = fmt::format("{}/{}/{}", acl.id.value, entry.is_egress ? "egress" : "ingress",
                            entry.number),
          .holder = acl.id.value,
          .peer = entry.cidr.text(),
          .services = entry.services.text()};
}

std::string entry_text(const NetworkAclEntry& entry) {
  return fmt::format("{} rule {} ({} {} {} {})", entry.is_egress ? "outbound" : "inbound",
                     entry.number, entry.allows ? "allow" : "deny", services_text(entry.services),
                     entry.is_egress ? "to" : "from", entry.cidr.text());
}

std::string deletion(const NetworkAcl& acl, const NetworkAclEntry& entry) {
  return fmt::format("aws ec2 delete-network-acl-entry --network-acl-id {} --{} --rule-number {}",
                     acl.id.value, entry.is_egress ? "egress" : "ingress", entry.number);
}

std::string entry_gap(const Context& context, const NetworkAcl& acl) {
  if (acl.entries.size() > kEntriesMax) {
    return fmt::format("{} has more entries than AWS allows", acl.id.value);
  }
  return has_gap(context.snapshot(), "entry_not_understood", acl.id.value)
             ? fmt::format("an entry of {} could not be understood", acl.id.value)
             : std::string();
}

std::vector<Finding> judge_acls(const Context& context, const AclQuestion& question,
                                void (*judge)(const NetworkAcl& acl,
                                              std::vector<Finding>& findings)) {
  auto findings = judge_each<NetworkAcl>(
      context, question.check, question.praise,
      [&](const NetworkAcl& acl, std::vector<Finding>& found) {
        if (const std::string gap = entry_gap(context, acl); !gap.empty()) {
          found.push_back(unknown(about(question.check, acl), question.risk,
                                  fmt::format("{}: {}", question.unsaid, gap), {gap}));
        } else {
          judge(acl, found);
        }
      });
  ask_for<Vpc>(context,
               {.check = question.check,
                .noun = Noun::NetworkAcls,
                .risk = question.risk,
                .unsaid = question.unsaid},
               findings);
  return findings;
}

}  // namespace portolan::checks
