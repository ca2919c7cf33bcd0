#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/snapshot.h"

/// Private to the module: what the rules of a group permit, however they are written down.
namespace portolan::checks {

/// What one direction of a group permits, read once.
class RuleSet {
 public:
  RuleSet(const Snapshot& snapshot, const SecurityGroup& group, bool is_egress);

  /// True if a prefix list stands for addresses that were not collected.
  [[nodiscard]] bool has_unread_list() const { return has_unread_list_; }
  /// Equal for two groups that permit the same; so it is for some that do not, but it costs less.
  [[nodiscard]] std::string outline() const;
  /// Equal for two groups exactly if they permit the same: order, split and overlap of rules do not
  /// count. Groups, and lists without entries, are what they are called.
  [[nodiscard]] std::string canonical_text() const;

 private:
  struct Permission {
    const ServiceSet* services;
    std::vector<IpPrefix> blocks;
  };

  [[nodiscard]] std::string names_text() const;

  std::vector<Permission> permissions_;      // from or to addresses
  std::map<std::string, ServiceSet> named_;  // from or to what has a name only
  bool has_unread_list_ = false;
};

}  // namespace portolan::checks
