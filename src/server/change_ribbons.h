#pragma once

#include <cstddef>

#include <boost/json.hpp>

#include "chart/chart.h"
#include "reach/difference.h"

/// Private to the module.
namespace portolan::server {

/// What opened and closed as ribbons between nodes of the charts before and after, with `is_open`:
/// those of one state between two nodes together, at most `most` of them. Ends that are on one of
/// the charts only are drawn there alone: the numbers are those of `chart`.
boost::json::array change_ribbons(const chart::Chart& chart, const reach::Difference& difference,
                                  std::size_t most);

}  // namespace portolan::server
