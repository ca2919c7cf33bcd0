#include <algorithm>

#include <fmt/format.h>

#include "checks/acl_order.h"
#include "checks/check.h"
#include "checks/finding_text.h"

namespace portolan::checks {

extern const Check nacl_rule_ineffective;

namespace {

constexpr std::string_view kReferences[] = {"VPC User Guide: Network ACLs, rule evaluation order"};

/// An entry that decides nothing, and the first of those before it that decides otherwise.
struct Shadowed {
  const NetworkAclEntry* entry = nullptr;
  const NetworkAclEntry* overruled_by = nullptr;  // null: it only says again what others say
};

/// Entries before number `index` that match something of it.
std::vector<NetworkAclEntry> before(std::span<const NetworkAclEntry> entries, std::size_t index) {
  std::vector<NetworkAclEntry> earlier;
  for (std::size_t i = 0; i < index; ++i) {
    if (entries[i].cidr.overlaps(entries[index].cidr) &&
        entries[i].services.overlaps(entries[index].services)) {
      earlier.push_back(entries[i]);
    }
  }
  return earlier;
}

bool is_covered(const NetworkAclEntry& entry, std::span<const NetworkAclEntry> earlier) {
  const auto parts = parts_of(earlier, entry.services);
  return std::all_of(parts.begin(), parts.end(), [&](const ServiceSet& part) {
    std::vector<IpPrefix> blocks;
    for (const NetworkAclEntry& one : earlier) {
      if (one.services.overlaps(part)) {
        blocks.push_back(one.cidr);
      }
    }
    return IpSet({entry.cidr}).without(IpSet(blocks)).empty();
  });
}

std::vector<Shadowed> shadowed(std::span<const NetworkAclEntry> entries) {
  std::vector<Shadowed> found;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto earlier = before(entries, i);
    if (is_last_deny(entries[i]) || entries[i].services.empty() || earlier.empty() ||
        !is_covered(entries[i], earlier)) {
      continue;
    }
    Shadowed one{.entry = &entries[i]};
    for (std::size_t k = 0; k < i && one.overruled_by == nullptr; ++k) {
      if (entries[k].allows != entries[i].allows && entries[k].cidr.overlaps(entries[i].cidr) &&
          entries[k].services.overlaps(entries[i].services)) {
        one.overruled_by = &entries[k];
      }
    }
    found.push_back(one);
  }
  return found;
}

std::string message_of(const Shadowed& worst, std::size_t count) {
  const std::string others = count == 1 ? "" : fmt::format(" (and {} more)", count - 1);
  if (worst.overruled_by == nullptr) {
    return fmt::format("{}{} says again what entries before it say", entry_text(*worst.entry),
                       others);
  }
  return fmt::format("{}{} never matches: {} comes first", entry_text(*worst.entry), others,
                     entry_text(*worst.overruled_by));
}

/// A deny that never denies is worst, an entry that only says something again is harmless.
int badness(const Shadowed& one) {
  return one.overruled_by == nullptr ? 0 : one.entry->allows ? 1 : 2;
}

void judge(const NetworkAcl& acl, std::vector<Finding>& findings) {
  std::vector<Shadowed> all = shadowed(entries_of(acl, false));
  const std::vector<Shadowed> egress = shadowed(entries_of(acl, true));
  all.insert(all.end(), egress.begin(), egress.end());
  if (all.empty()) {
    return;
  }
  const Shadowed& worst = *std::max_element(
      all.begin(), all.end(),
      [](const Shadowed& a, const Shadowed& b) { return badness(a) < badness(b); });
  Finding finding = about(nacl_rule_ineffective.id, acl);
  finding.risk = badness(worst) == 0 ? Risk::Info : Risk::Low;
  for (const Shadowed& one : all) {
    finding.rules.push_back(name_entry(acl, *one.entry));
  }
  finding.message = message_of(worst, all.size());
  finding.fix = badness(worst) == 2
                    ? fmt::format("give the deny a number below {}", worst.overruled_by->number)
                    : deletion(acl, *worst.entry);
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  return judge_acls(context,
                    {.check = nacl_rule_ineffective.id,
                     .risk = Risk::Low,
                     .praise = "each of its entries decides something",
                     .unsaid = "whether all entries decide something is not known"},
                    judge);
}

}  // namespace

const Check nacl_rule_ineffective = {
    .id = "nacl-rule-ineffective",
    .title = "NACL entry can never match",
    .risk = Risk::Low,
    .resources = "NetworkAcl",
    .why =
        "Entries are read by number and the first that matches decides. A deny below entries "
        "that already allow all that it names denies nothing, however good it looks in a "
        "review; an allow below a deny leaves a service down.",
    .fix =
        "Decide which of the two entries is meant. Replace the one that never matches by one "
        "with a lower number, or delete it: aws ec2 delete-network-acl-entry.",
    .references = kReferences,
    .run = run};

}  // namespace portolan::checks
