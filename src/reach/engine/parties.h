#pragma once

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "reach/connection_map.h"

/// Private to the engine: classes as people call and choose them.
namespace portolan::reach {

/// Calls classes by what their members have in common.
class Labels {
 public:
  explicit Labels(const Network& network);

  /// A host out there is called by its block.
  [[nodiscard]] Party party_of(const EndClass& end) const;

 private:
  [[nodiscard]] std::string of_interface(const NetworkInterface& interface) const;
  [[nodiscard]] std::string of_place(const Place& place) const;

  const Snapshot& snapshot_;
  const NetworkIndex& index_;
  bool has_vpcs_;
};

/// Which members of each class a selector means; all if there is none. A balancer stands for its
/// nodes. What AWS serves every host with by itself is never meant.
class Choice {
 public:
  /// Errors as `resolve`.
  static Result<Choice> of(const Network& network, const std::optional<Selector>& selector);

  /// The ids of the members that are meant; a host out there by its party's label.
  [[nodiscard]] std::vector<std::string> members(const EndClass& end, const Party& party) const;

 private:
  explicit Choice(const NetworkIndex& index) : index_(&index) {}
  [[nodiscard]] bool means_outside(const EndClass& end) const;
  [[nodiscard]] bool means_alone(const Place& place) const;

  const NetworkIndex* index_;
  std::optional<Selector> selector_;
  std::unordered_set<std::string> ids_;
  std::vector<IpAddress> hosts_;
};

}  // namespace portolan::reach
