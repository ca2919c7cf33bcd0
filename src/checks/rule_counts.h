#pragma once

#include <string>
#include <vector>

#include "model/snapshot.h"

/// Private to the module: how many rules AWS counts.
namespace portolan::checks {

/// The rules of one direction of a group as the quota counts them: a CIDR once, in its family; a
/// group once in each family; a prefix list as often as its largest size allows.
/// SOURCE: VPC User Guide, "Amazon VPC quotas", "AWS-managed prefix list weight".
struct RuleCount {
  int v4 = 0;  // at least, if there are gaps
  int v6 = 0;
  int all = 0;  // a rule of both families counts once
  std::vector<const SecurityGroupRule*> rules;
  std::vector<std::string> gaps;  // the lists of which the size is not known
};

RuleCount count_rules(const Snapshot& snapshot, const SecurityGroup& group, bool is_egress);

}  // namespace portolan::checks
