#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "core/ip.h"

/// Private to the module: address space cut at the borders of blocks.
namespace portolan::reach {

/// Numbers the stretches of address space inside which no block begins or ends, in order of
/// address.
class Stretches {
 public:
  explicit Stretches(const std::vector<IpPrefix>& blocks) {
    borders_.reserve(blocks.size() * 2);
    for (const IpPrefix& block : blocks) {
      borders_.push_back(block.first());
      if (const auto after = block.last().next()) {
        borders_.push_back(*after);
      }
    }
    std::sort(borders_.begin(), borders_.end());
    borders_.erase(std::unique(borders_.begin(), borders_.end()), borders_.end());
  }

  [[nodiscard]] std::uint32_t of(const IpAddress& address) const {
    const auto after = std::upper_bound(borders_.begin(), borders_.end(), address);
    return static_cast<std::uint32_t>(std::distance(borders_.begin(), after));
  }

 private:
  std::vector<IpAddress> borders_;
};

}  // namespace portolan::reach
