#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "checks/check.h"
#include "checks/each.h"
#include "checks/openings.h"
#include "checks/public_sources.h"
#include "checks/services.h"

namespace portolan::checks {

extern const Check prefix_list_world_entry;

namespace {

constexpr std::string_view kReferences[] = {
    "VPC User Guide: Group CIDR blocks using managed prefix lists"};
constexpr std::string_view kYieldsTo[] = {"sg-ingress-prefix-list", "sg-ingress-split-world",
                                          "sg-ingress-wide-public-cidr", "sg-ingress-world-*"};

/// Ingress rules that name a list, and the accounts whose groups have them.
struct ListUse {
  std::vector<FindingRule> rules;
  std::vector<AccountId> accounts;  // sorted, without repeats
};
using Uses = std::unordered_map<PrefixListId, ListUse>;

Uses uses_of_lists(const Snapshot& snapshot) {
  Uses uses;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    for (const SecurityGroupRule& rule : group.rules) {
      const auto* list = std::get_if<PrefixListId>(&rule.peer);
      if (list == nullptr || rule.is_egress) {
        continue;
      }
      ListUse& use = uses[*list];
      use.rules.push_back(name_rule(group, rule));
      if (use.accounts.empty() || use.accounts.back() != group.owned.account) {
        use.accounts.push_back(group.owned.account);
      }
    }
  }
  for (auto& [list, use] : uses) {
    std::sort(use.accounts.begin(), use.accounts.end());
    use.accounts.erase(std::unique(use.accounts.begin(), use.accounts.end()), use.accounts.end());
  }
  return uses;
}

std::string entry_text(const PrefixList& list) {
  std::vector<IpPrefix> blocks;
  for (const PrefixListEntry& entry : *list.entries) {
    blocks.push_back(entry.cidr);
  }
  return widest_of(blocks).text();
}

void judge_entries(const Context& context, const PrefixList& list, const ListUse& use,
                   std::vector<Finding>& findings) {
  std::vector<IpPrefix> blocks;
  for (const PrefixListEntry& entry : *list.entries) {
    blocks.push_back(entry.cidr);
  }
  const IpSet all(blocks);
  const bool opens_world = std::any_of(kFamilies.begin(), kFamilies.end(),
                                       [&](IpFamily family) { return is_world(all, family); });
  const auto strange = widest_strange(context, blocks);
  if (!opens_world && !(strange && is_wide(*strange))) {
    return;
  }
  Finding finding = about(prefix_list_world_entry.id, list);
  finding.name = list.list_name;
  finding.risk = opens_world ? Risk::High : Risk::Medium;
  finding.rules = use.rules;
  finding.message = fmt::format(
      "the list holds {}{}", entry_text(list),
      opens_world ? ", so it stands for the world" : ", more addresses than one owner has");
  if (use.rules.empty()) {
    finding.is_latent = true;
    finding.risk = lower(finding.risk);
    finding.message += ", but no inbound rule of the snapshot names it";
  } else {
    finding.message += fmt::format(", and {} inbound rule{} it", use.rules.size(),
                                   use.rules.size() == 1 ? " names" : "s name");
  }
  finding.fix =
      fmt::format("aws ec2 modify-managed-prefix-list --prefix-list-id {} --remove-entries Cidr={}",
                  list.id.value, entry_text(list));
  findings.push_back(std::move(finding));
}

/// Shared by another account than those that use it, so a stranger may change what the rules say.
void judge_owner(const Context& context, const PrefixList& list, const ListUse& use,
                 std::vector<Finding>& findings) {
  const AccountId& owner = list.owned.account;
  const auto& trusted = context.config().trusted_accounts;
  if (!owner.known() || use.rules.empty() ||
      std::find(trusted.begin(), trusted.end(), owner) != trusted.end() ||
      std::binary_search(use.accounts.begin(), use.accounts.end(), owner)) {
    return;
  }
  Finding finding = about(prefix_list_world_entry.id, list);
  finding.name = list.list_name;
  finding.risk = Risk::Medium;
  finding.message =
      fmt::format("account {} owns the list, and can change what {} inbound rule{}", owner.text(),
                  use.rules.size(), use.rules.size() == 1 ? " lets in" : "s let in");
  finding.fix = fmt::format(
      "add {} to trusted_accounts of portolan.yaml if it is yours, or copy "
      "the entries to a list of your own",
      owner.text());
  findings.push_back(std::move(finding));
}

std::vector<Finding> run(const Context& context) {
  const Uses uses = uses_of_lists(context.snapshot());
  const ListUse unused;
  return judge_each<PrefixList>(
      context, prefix_list_world_entry.id, "no entry is the world or a large public range",
      [&](const PrefixList& list, std::vector<Finding>& findings) {
        if (list.is_aws_managed) {
          return;
        }
        const auto found = uses.find(list.id);
        const ListUse& use = found == uses.end() ? unused : found->second;
        if (!list.entries) {
          const std::string gap = fmt::format("the entries of {} were not collected: {}",
                                              list.id.value, call_of(Noun::PrefixLists));
          findings.push_back(unknown(about(prefix_list_world_entry.id, list), Risk::High,
                                     "what the list holds is not known", {gap}));
        } else if (!list.entries->empty()) {
          judge_entries(context, list, use, findings);
        }
        judge_owner(context, list, use, findings);
      });
}

}  // namespace

const Check prefix_list_world_entry = {
    .id = "prefix-list-world-entry",
    .title = "Prefix list holds the world or very large public ranges",
    .risk = Risk::High,
    .resources = "PrefixList",
    .why =
        "A list is read where it is edited, not where it is used: one wide entry opens every "
        "rule that names the list, in all accounts that it is shared with. Who owns the list "
        "decides who gets in.",
    .fix =
        "Find out which rules name the list with aws ec2 get-managed-prefix-list- "
        "associations. Remove the entry with aws ec2 modify-managed-prefix-list.",
    .references = kReferences,
    .run = run,
    .yields_to = kYieldsTo,
    .remedy = no_remedy};

}  // namespace portolan::checks
