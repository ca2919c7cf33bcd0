#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "chart/chart.h"
#include "core/result.h"

/// Part of the door of the chart module: the chart over the wire. docs/API.md tells the format.
namespace portolan::chart {

/// The chart as binary columns. Same chart, same bytes.
std::string columns_of(const Chart& chart);

/// Reads them back. Error `bad_columns` of bytes that are not such: nothing out of bounds is read,
/// and every parent stands before its children.
Result<Chart> read_columns(std::string_view bytes);

/// The same as JSON: `{"nodes": […]}`.
boost::json::object json_of(const Chart& chart);

}  // namespace portolan::chart
