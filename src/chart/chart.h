#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chart/traffic.h"
#include "checks/check.h"
#include "model/finding.h"

/// The door of the chart module: what the console draws, worked out from a snapshot, all of its
/// connections and its findings. docs/API.md says how it goes over the wire.
///
/// Example:
///     const chart::Traffic traffic(moment->connections());
///     const chart::Chart chart = chart::make_chart({.traffic = traffic, .findings = findings,
///     .config = config}); const std::optional<chart::NodeNumber> vpc = chart.find("vpc-0a…");
namespace portolan::chart {

enum class NodeKind : std::uint8_t {
  Organisation,
  Account,
  Region,
  Vpc,
  Zone,
  Subnet,
  Class,  // interfaces of a VPC with the same set of groups
  Interface,
  Balancer,
  Gateway,
  Outside,
  Internet,
};

/// `organisation`, `vpc`, …
std::string_view text(NodeKind kind);

/// A rectangle on the ground: x and y of the corner nearest 0,0. The default is none at all.
struct Rect {
  static constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  float x = kNone;
  float y = kNone;
  float width = kNone;
  float height = kNone;

  [[nodiscard]] bool exists() const { return width == width; }
};

/// What a node's flags say; of a container, that something in it has the flag.
enum Flag : std::uint16_t {
  kReachable = 1,         // from the internet, for sure
  kPerhapsReachable = 2,  // from the internet, or not known
  kHasPublicAddress = 4,  //
  kBehindBalancer = 8,    // a registered target
  kReachesInternet = 16,  // may connect to the internet
  kInProduction = 32,     // by its tags
  kNotAllKnown = 64,      // depends on what is not known
  kNotCollected = 128,    // its own document was not collected, whatever connections tell
};

/// Those that connections tell.
inline constexpr std::uint16_t kOfTraffic =
    kReachable | kPerhapsReachable | kReachesInternet | kNotAllKnown;

/// The key of the block on the ring for private addresses out there that nothing names.
inline constexpr std::string_view kPrivateKey = "private";

inline constexpr std::uint8_t kNoRisk = 255;
using NodeNumber = std::uint32_t;
inline constexpr std::int32_t kNoNode = -1;

struct Node {
  std::string key;   // an id or ARN; for what AWS has no id for, see docs/API.md
  std::string name;  // printable; empty where nobody named it
  NodeKind kind = NodeKind::Organisation;
  std::int32_t parent = kNoNode;         // in the location lens; none of a class
  std::int32_t policy_parent = kNoNode;  // in the policy lens; none of zones and subnets
  Rect rect;                             // in the location lens, where it stands in it
  Rect policy_rect;
  std::uint16_t flags = 0;
  std::uint8_t risk = kNoRisk;  // of the worst finding about the node or below it
  std::uint32_t findings = 0;   // that fail, about it or below it
  std::uint16_t services = 0;   // how many the internet reaches on it, or somewhere in it
};

enum class Lens : std::uint8_t { Location, Policy };

/// Error `bad_lens` unless it is `location` or `policy`.
Result<Lens> parse_lens(std::string_view text);

/// A list of nodes; the number of a node is its place. A parent stands before its children.
class Chart {
 public:
  Chart() = default;
  explicit Chart(std::vector<Node> nodes);

  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] const Node& operator[](NodeNumber number) const { return nodes_[number]; }
  /// The node with that key; nothing if there is none.
  [[nodiscard]] std::optional<NodeNumber> find(std::string_view key) const;
  [[nodiscard]] std::int32_t parent_of(NodeNumber number, Lens lens) const {
    return lens == Lens::Location ? nodes_[number].parent : nodes_[number].policy_parent;
  }
  [[nodiscard]] const Rect& rect_of(NodeNumber number, Lens lens) const {
    return lens == Lens::Location ? nodes_[number].rect : nodes_[number].policy_rect;
  }
  /// The node of hosts with addresses that nobody gave a name.
  [[nodiscard]] NodeNumber internet() const { return internet_; }
  /// The node that stands for hosts out there which have public addresses in that block, or private
  /// ones: on the ring, or the internet.
  [[nodiscard]] NodeNumber outside_of(const IpPrefix& block, bool is_public) const;

 private:
  struct Ring {
    IpPrefix block;
    NodeNumber node = 0;
  };
  std::vector<Node> nodes_;
  std::unordered_map<std::string_view, NodeNumber> by_key_;
  std::vector<Ring> ring_;  // sorted by block
  NodeNumber internet_ = 0;
  NodeNumber private_ = 0;  // on the ring, of private addresses that nobody named; 0: none

 public:
  // Views point into the nodes: moved with them, never copied.
  Chart(Chart&&) noexcept = default;
  Chart& operator=(Chart&&) noexcept = default;
  Chart(const Chart&) = delete;
  Chart& operator=(const Chart&) = delete;
  ~Chart() = default;
};

/// What a chart is made of. All must outlive only the call.
struct Material {
  const Traffic& traffic;
  const std::vector<Finding>& findings;
  const checks::Config& config;
  /// The chart of the moment before: what is in both stays where it was, if there is room; what
  /// went leaves a gap. Null: everything is laid out anew.
  const Chart* before = nullptr;
};

/// The same material gives the same chart. Cost: linear in the nodes, a column of all connections
/// for each class, and the resources that findings name.
Chart make_chart(const Material& material);

/// The same nodes at their places, with what connections and findings of another moment say of
/// them. What the chart has no node for is left out.
Chart as_of(const Chart& chart, const Material& then);

}  // namespace portolan::chart
