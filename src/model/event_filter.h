#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace portolan {

/// Whether something lets an event through.
enum class Takes : std::uint8_t { No, Yes, Unclear };

/// What two conditions come to if both have to hold, and if one of them is enough.
Takes both(Takes a, Takes b);
Takes either(Takes a, Takes b);

/// The pattern of a metric filter of CloudWatch Logs, as far as it tells which calls it is for:
/// order, quotes, spaces and brackets do not matter.
///
/// Example: `{ ($.eventName = CreateVpc) || ($.eventName = "Delete*") }` takes DeleteVpc.
/// SOURCE: CloudWatch Logs User Guide, "Filter pattern syntax for metric filters", JSON log events.
class EventFilter {
 public:
  /// Error `bad_pattern` for what is no filter of JSON log events, or nested too deep. The empty
  /// pattern takes everything.
  static Result<EventFilter> parse(std::string_view text);

  /// Whether it takes each successful call of EC2 with that name, whoever makes it. Unclear if that
  /// hangs on members of the event that are not known.
  [[nodiscard]] Takes takes(std::string_view call) const;

 private:
  class Parser;

  enum class Kind : std::uint8_t { And, Or, Equal, Unequal, Exists, Missing, True, False, Other };
  /// A condition, or two nodes joined. INVARIANT: `left` and `right` stand before the node.
  struct Node {
    Kind kind = Kind::Other;
    std::size_t left = 0;
    std::size_t right = 0;
    std::string member;  // `eventName` of `$.eventName`
    std::string value;
  };

  static Takes judge(const Node& condition, std::string_view call);

  std::vector<Node> nodes_;  // the last one is the root; none: it takes everything
};

}  // namespace portolan
