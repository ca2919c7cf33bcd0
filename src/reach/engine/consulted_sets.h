#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "reach/consulted.h"

/// Private to the engine: what ways were decided by, kept once each.
namespace portolan::reach {

/// Ids, sorted.
struct Consulted {
  std::vector<std::string> route_tables;  // of subnets and gateways
  std::vector<std::string> network_acls;
  std::vector<std::string> transit_route_tables;
  std::vector<std::string> prefix_lists;  // that those route tables name, collected or not
  friend bool operator==(const Consulted&, const Consulted&) = default;
};

/// Numbers sets of ids 0, 1, 2 … in the order they come; the set 0 is empty.
class ConsultedSets {
 public:
  ConsultedSets();

  std::uint32_t number_of(ConsultedKind kind, const std::string& id);
  /// `ids`: numbers, sorted, each once.
  std::uint32_t set_of(std::span<const std::uint32_t> ids);

  [[nodiscard]] Consulted consulted(std::uint32_t set) const;
  /// By number of set: whether it holds one of the ids.
  [[nodiscard]] std::vector<bool> holding(std::span<const std::string> ids) const;

 private:
  struct Name {
    ConsultedKind kind;
    std::string id;
  };
  [[nodiscard]] std::span<const std::uint32_t> ids_of(std::uint32_t set) const {
    return std::span(pool_).subspan(ends_[set], ends_[set + 1] - ends_[set]);
  }
  [[nodiscard]] std::uint32_t& slot_of(std::span<const std::uint32_t> ids);
  void grow();

  std::vector<Name> names_;
  std::unordered_map<std::string, std::uint32_t>
      numbers_;                       // of ids; kinds have prefixes of their own
  std::vector<std::uint32_t> pool_;   // all sets, one after the other
  std::vector<std::uint32_t> ends_;   // set n is in the pool from ends_[n] to ends_[n + 1]
  std::vector<std::uint32_t> slots_;  // sets by hash, open addressing: few bytes, cheap to copy
};

}  // namespace portolan::reach
