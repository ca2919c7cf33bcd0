#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "chart/chart.h"
#include "chart/traffic.h"
#include "core/result.h"

/// Part of the door of the chart module: what the search box means.
namespace portolan::chart {

struct Selection {
  std::vector<NodeNumber> nodes;        // sorted
  std::optional<std::string> question;  // in its one text form, if it is one
};

/// What of a chart `query` is about: `exposed:internet`, `exposed:perhaps`, `finding:high` (or
/// worse), `check:ID`, `kind:subnet`, the key of a node, one end of a question (`sg:web`,
/// `tag:env=prod`, `10.0.0.0/8`), or a question, which is about both its ends.
/// Errors `bad_query`, and those of `parse_question` and `resolve`.
Result<Selection> select(const Chart& chart, const Traffic& traffic,
                         const std::vector<Finding>& findings, std::string_view query);

/// As of `/select`.
boost::json::object json_of(const Selection& selection);

}  // namespace portolan::chart
