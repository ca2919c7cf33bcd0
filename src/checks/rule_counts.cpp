#include "checks/rule_counts.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace portolan::checks {

namespace {

struct Weight {
  std::string_view ending;  // of the list's name
  int rules;
};
/// SOURCE: VPC User Guide, "AWS-managed prefix list weight".
constexpr std::array kWeights = {Weight{".cloudfront.origin-facing", 55},
                                 Weight{".dynamodb", 1},
                                 Weight{".ec2-instance-connect", 2},
                                 Weight{".groundstation", 5},
                                 Weight{".route53-healthchecks", 25},
                                 Weight{".s3", 1},
                                 Weight{".s3express", 6},
                                 Weight{".vpc-lattice", 10}};

/// How many rules a list stands for: nothing where that is not known.
std::optional<int> weight_of(const PrefixList& list) {
  if (!list.is_aws_managed) {
    return list.max_entries;
  }
  for (const Weight& weight : kWeights) {
    if (list.list_name.ends_with(weight.ending)) {
      return weight.rules;
    }
  }
  return std::nullopt;
}

struct ListSize {
  int rules = 0;  // at least, if there is a gap
  bool is_v4 = true;
  bool is_v6 = true;
  std::string gap;
};

ListSize size_of(const Snapshot& snapshot, const PrefixListId& id) {
  const PrefixList* list = snapshot.find(id);
  ListSize size;
  const std::optional<int> weight = list == nullptr ? std::nullopt : weight_of(*list);
  const bool has_entries = list != nullptr && list->entries && !list->entries->empty();
  // What is in a list says nothing of the room that it takes, but no list takes less.
  size.rules = weight.value_or(
      has_entries && !list->is_aws_managed ? static_cast<int>(list->entries->size()) : 1);
  if (has_entries) {
    size.is_v4 = list->entries->front().cidr.family() == IpFamily::V4;
    size.is_v6 = !size.is_v4;
  } else if (list != nullptr && list->is_aws_managed) {
    size.is_v6 = list->list_name.find(".ipv6.") != std::string::npos;
    size.is_v4 = !size.is_v6;
  }
  if (!weight) {
    size.gap = fmt::format(
        "how many rules {} counts for was not collected: ec2 "
        "describe-managed-prefix-lists",
        id.value);
  }
  return size;
}

void add(const Snapshot& snapshot, const SecurityGroupRule& rule, RuleCount& count) {
  count.rules.push_back(&rule);
  if (const IpPrefix* block = std::get_if<IpPrefix>(&rule.peer)) {
    ++(block->family() == IpFamily::V4 ? count.v4 : count.v6);
    ++count.all;
    return;
  }
  const PrefixListId* list = std::get_if<PrefixListId>(&rule.peer);
  if (list == nullptr) {
    ++count.v4;
    ++count.v6;
    ++count.all;
    return;
  }
  ListSize size = size_of(snapshot, *list);
  count.v4 += size.is_v4 ? size.rules : 0;
  count.v6 += size.is_v6 ? size.rules : 0;
  count.all += size.rules;
  if (!size.gap.empty()) {
    count.gaps.push_back(std::move(size.gap));
  }
}

}  // namespace

RuleCount count_rules(const Snapshot& snapshot, const SecurityGroup& group, bool is_egress) {
  RuleCount count;
  for (const SecurityGroupRule& rule : group.rules) {
    if (rule.is_egress == is_egress) {
      add(snapshot, rule, count);
    }
  }
  std::sort(count.gaps.begin(), count.gaps.end());
  count.gaps.erase(std::unique(count.gaps.begin(), count.gaps.end()), count.gaps.end());
  return count;
}

}  // namespace portolan::checks
