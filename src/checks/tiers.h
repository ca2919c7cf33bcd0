#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/check.h"
#include "checks/egress_needs.h"
#include "checks/narrower.h"

/// Private to the module: what of the egress of a group is for no tier that its members need.
namespace portolan::checks {

/// The outbound rules of a group that let out more than its members need.
struct BeyondNeed {
  RulePointers rules;
  RulePointers undecided;  // it is not known where these lead
  std::string gap;         // why; the last one
};
/// A rule for another group is beyond the need where it opens ports that this group does not let
/// in; one for addresses where it covers an interface that is not needed on all of its services, or
/// wide public ranges of strangers. Addresses of nobody, and rules that lead to a group that lets
/// none of it in, are for other checks.
BeyondNeed beyond_need(const Context& context, const SecurityGroup& group);

/// A connection that members have, and do not need.
struct Trespass {
  const NetworkInterface* from = nullptr;
  const NetworkInterface* to = nullptr;
  reach::Answer way;
};

/// Looks for such connections. Since a group that lets members in by name is needed, they can lead
/// only to groups that let in blocks which hold the members. What the world may reach is no tier.
class TrespassSearch {
 public:
  explicit TrespassSearch(const Context& context);

  struct Found {
    std::optional<Trespass> trespass;
    std::string gap;  // where none was found: why there may be one
  };
  [[nodiscard]] Found find(const SecurityGroup& group, const RulePointers& wide) const;

 private:
  /// A rule that lets in a block.
  struct Door {
    const SecurityGroup* group = nullptr;
    const SecurityGroupRule* rule = nullptr;
    std::vector<IpPrefix> blocks;
  };

  /// A rule that lets out, with the blocks that it leads to.
  struct Exit {
    const SecurityGroupRule* rule = nullptr;
    std::vector<IpPrefix> blocks;
  };
  using Exits = std::vector<Exit>;

  [[nodiscard]] Found try_door(const SecurityGroup& group, const Exits& exits,
                               const Door& door) const;
  /// The members of the other group to which the rules lead, by the offered services that are not
  /// needed of them.
  [[nodiscard]] std::map<ServiceSet, Interfaces> idle_targets(const SecurityGroup& group,
                                                              const Exits& exits,
                                                              const SecurityGroup& other,
                                                              const ServiceSet& offered) const;

  const Context& context_;
  std::unordered_map<VpcId, std::vector<Door>> doors_;  // widest first
};
// Of each group: doors that are looked at, and those whose members are asked for.
inline constexpr std::size_t kDoorsMax = 256;
inline constexpr std::size_t kTriesMax = 16;

}  // namespace portolan::checks
