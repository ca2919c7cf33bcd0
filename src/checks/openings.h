#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checks/check.h"
#include "checks/world.h"
#include "model/snapshot.h"

/// Private to the module: which rules let in the public internet, or parts of it.
namespace portolan::checks {

/// An ingress rule that lets in public addresses: a CIDR, or a prefix list with its entries.
struct OpenRule {
  const SecurityGroup* group = nullptr;
  const SecurityGroupRule* rule = nullptr;
  IpSet sources;                     // all its addresses
  std::vector<IpFamily> everything;  // families of which one entry is all addresses

  [[nodiscard]] bool opens_all(IpFamily family) const;
};

/// What the ingress rules of one group let in.
struct GroupOpenings {
  std::vector<OpenRule> rules;
  /// Rules of which nobody can say: the entries of their prefix list were not collected.
  std::vector<const SecurityGroupRule*> unresolved;
};

class Openings {
 public:
  explicit Openings(const Snapshot& snapshot);

  /// `group` must be a row of the snapshot.
  [[nodiscard]] const GroupOpenings& of(const SecurityGroup& group) const;

 private:
  Rows<SecurityGroup> groups_;
  std::vector<GroupOpenings> by_row_;
};

/// The addresses of a rule's peer: none of a reference to a group, nothing where the entries of a
/// prefix list were not collected. A list of AWS whose entries are missing holds addresses of that
/// AWS service only, which is not the world: it counts as empty.
std::optional<std::vector<IpPrefix>> peer_blocks(const Snapshot& snapshot, const RulePeer& peer);

/// How a finding names the rule.
FindingRule name_rule(const SecurityGroup& group, const SecurityGroupRule& rule);

/// The missing entries of the list that the rule names, as a gap.
std::string missing_entries(const SecurityGroupRule& rule);

}  // namespace portolan::checks
