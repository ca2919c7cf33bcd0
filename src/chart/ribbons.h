#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <boost/json.hpp>

#include "chart/chart.h"
#include "chart/traffic.h"
#include "core/result.h"
#include "core/service.h"

/// Part of the door of the chart module: connections between what is seen.
namespace portolan::chart {

/// How far apart the ends are; of many pairs, of those farthest apart.
enum class Exposure : std::uint8_t {
  Internet,  // one end has a public address that the snapshot does not own
  Outside,   // or a private one
  Account,   // two accounts
  Vpc,       // two VPCs of one account
  Intra,     // one VPC
};
std::string_view text(Exposure exposure);

enum class RibbonState : std::uint8_t { Open, Depends, Unknown };
std::string_view text(RibbonState state);

/// What members of one node may open to members of another.
struct Ribbon {
  NodeNumber from = 0;
  NodeNumber to = 0;
  reach::Passage passage;  // of all pairs together: open where some pair is
  Exposure exposure = Exposure::Intra;
  /// Ordered pairs of two different ends. Hosts out there count as one for each node of theirs.
  std::uint64_t pairs = 0;
  bool is_risky = false;  // some of it should not be seen by strangers

  /// The best news that it bears.
  [[nodiscard]] RibbonState state() const;
};

enum class RibbonMode : std::uint8_t { Risky, All };

/// A cut of the chart and what is asked about it.
struct Frontier {
  Lens lens = Lens::Location;
  std::vector<NodeNumber> nodes;  // none stands above another
  RibbonMode mode = RibbonMode::Risky;
  std::optional<NodeNumber> from;  // only from what is this node or below it
  std::optional<NodeNumber> to;
  std::size_t most = 600;
};

struct Ribbons {
  std::vector<Ribbon> ribbons;  // the most dangerous first
  std::size_t hidden = 0;       // how many more there are
};

/// Lifts connections to the nodes of a cut. Made once for a chart; immutable; may be called from
/// several threads. Chart and traffic must outlive it.
class Lifter {
 public:
  Lifter(const Chart& chart, const Traffic& traffic);
  Lifter(Lifter&&) noexcept;
  Lifter& operator=(Lifter&&) noexcept;
  ~Lifter();

  /// The internet is seen always; blocks on the ring and all else if it is in the cut. Error
  /// `bad_frontier` if a number is of no node, or a node stands above another.
  [[nodiscard]] Result<Ribbons> lift(const Frontier& frontier) const;

  [[nodiscard]] const Chart& chart() const;

 private:
  class Impl;
  std::unique_ptr<const Impl> impl_;
};

/// `{"ribbons": […], "hidden": n}` as of `/frontier`.
boost::json::object json_of(const Ribbons& ribbons);
boost::json::object json_of(const Ribbon& ribbon);

/// Reads the body of `/frontier`. Error `bad_frontier`.
Result<Frontier> read_frontier(std::string_view body, const Chart& chart);

}  // namespace portolan::chart
