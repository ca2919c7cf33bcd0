#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "chart/chart.h"
#include "model/snapshot.h"

/// Private to the module: where on the chart a resource is that has no node of its own.
namespace portolan::chart {

class Homes {
 public:
  /// Both must outlive it. Cost: linear in the snapshot.
  Homes(const Chart& chart, const Snapshot& snapshot);

  /// The nodes that a resource is, or is part of: an instance its interfaces, a subnet its pad, a
  /// group or a route table its VPC. None if it is nowhere.
  [[nodiscard]] const std::vector<NodeNumber>& of(const std::string& id) const;

  /// What a finding is about: its resource, and what is affected; else its region or account.
  [[nodiscard]] std::vector<NodeNumber> of(const Finding& finding) const;

 private:
  template <class Resource>
  void add_all();
  void add(const std::string& id, const std::string& key);

  const Chart& chart_;
  const Snapshot& snapshot_;
  std::unordered_map<std::string, std::vector<NodeNumber>> homes_;
  std::vector<NodeNumber> none_;
};

}  // namespace portolan::chart
