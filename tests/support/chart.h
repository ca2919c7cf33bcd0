#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "reach/connections.h"
#include "tests/support/compare_engine.h"

namespace portolan::tests {

/// All connections by place, for to compare them with others that are cut into other classes.
class Chart {
 public:
  /// The connections must outlive it.
  explicit Chart(const reach::Connections& connections);

  /// Nothing passes from or to an interface or a balancer that is no end. Not known of two hosts
  /// out there, of a host that is in no class, and from a place to itself.
  [[nodiscard]] std::optional<reach::Passage> passage(const reach::Place& from,
                                                      const reach::Place& to) const;

  /// Every interface and balancer that is an end, and a host of each class out there.
  [[nodiscard]] std::vector<reach::Place> sources() const { return sources_.places(); }
  [[nodiscard]] std::vector<reach::Place> targets() const { return targets_.places(); }

 private:
  /// Sources or targets.
  class Ends {
   public:
    explicit Ends(const std::vector<reach::EndClass>& classes);
    [[nodiscard]] std::vector<reach::Place> places() const;
    /// The number of the place's class.
    [[nodiscard]] std::optional<std::uint32_t> find(const reach::Place& place) const;

   private:
    const std::vector<reach::EndClass>* classes_;
    std::map<std::string, std::uint32_t> by_id_;
  };

  Ends sources_;
  Ends targets_;
  std::vector<std::vector<reach::Passage>> columns_;  // by target, then by source
};

/// Whether both say the same of all pairs of their ends. Adds up the pairs, and those of which
/// something passes as `open`.
void compare_charts(const Chart& one, const Chart& other, Compared& compared);

}  // namespace portolan::tests
