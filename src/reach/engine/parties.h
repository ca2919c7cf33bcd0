#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
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

/// Calls hosts out there by the blocks they are in.
class OutsideLabels {
 public:
  /// `ends`: all that there are.
  explicit OutsideLabels(const std::vector<EndClass>& ends);

  using Part = std::pair<bool, IpFamily>;  // public, family
  static Part part_of(const EndClass& end) {
    return {end.place.address->is_public(), end.place.address->family()};
  }

  /// `internet`, `internet without 3.5.64.0/21`, `internet 203.0.113.0/24`, `outside 10.9.0.0/16`.
  [[nodiscard]] std::string of(const Part& part, const std::set<IpPrefix>& blocks) const;

 private:
  std::map<Part, std::set<IpPrefix>> all_;
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
