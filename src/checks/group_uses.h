#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "checks/estate.h"
#include "model/snapshot.h"

/// Private to the module: what each group is used by, the question behind "unattached".
namespace portolan::checks {

/// The best evidence of use, best first.
enum class Use : std::uint8_t {
  Attached,    // an interface of any status has it
  Configured,  // no interface, but a document outside the rules names it: it is dormant
  Referenced,  // only rules of groups in use name it; they match no traffic by it
  Orphan,      // none of these
  Unknown,     // documents that would tell were not collected: interfaces, or what names groups
};

struct GroupUse {
  Use use = Use::Orphan;
  std::vector<std::string> evidence;  // interfaces, `file#pointer`, groups; the first few
  std::string gap;                    // if unknown: what is missing
};

/// Groups without any use that name one another: none can be deleted before the rules are revoked.
struct OrphanCluster {
  std::vector<const SecurityGroup*> groups;  // by id, at least two
};

/// Found by mark and sweep over the references: a rule of a group that is not used itself proves
/// nothing, nor does a group's own reference to itself.
class GroupUses {
 public:
  explicit GroupUses(const Estate& estate);

  /// `group` must be a row of the snapshot.
  [[nodiscard]] const GroupUse& of(const SecurityGroup& group) const;
  [[nodiscard]] const std::vector<OrphanCluster>& clusters() const { return clusters_; }
  [[nodiscard]] bool is_in_cluster(const SecurityGroup& group) const;
  /// The groups with a rule that names it, itself left out, by id. `id` need be no group.
  [[nodiscard]] std::span<const SecurityGroup* const> named_by(const SecurityGroupId& id) const;

 private:
  [[nodiscard]] std::size_t row_of(const SecurityGroup& group) const;
  void judge_rows(const Estate& estate);
  void mark_referenced(const Snapshot& snapshot);
  void gather_clusters(const Snapshot& snapshot);

  Rows<SecurityGroup> groups_;
  std::vector<GroupUse> uses_;              // by row
  std::vector<std::uint8_t> is_clustered_;  // by row
  std::vector<OrphanCluster> clusters_;
  std::unordered_map<SecurityGroupId, std::vector<const SecurityGroup*>> named_by_;
};

/// The groups that the rules of `group` name, itself left out, by id without repeats.
std::vector<SecurityGroupId> referenced_groups(const SecurityGroup& group);

}  // namespace portolan::checks
