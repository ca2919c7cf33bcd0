#pragma once

#include <cstddef>

#include <boost/json.hpp>

#include "chart/chart.h"
#include "reach/difference.h"

/// Private to the module.
namespace portolan::server {

/// Some of what opened and closed as ribbons, the most dangerous first.
struct ChangeRibbons {
  boost::json::array list;
  std::size_t hidden = 0;  // not in the list; of more than 20,000 about so many
};

/// What opened and closed as ribbons between nodes of the charts before and after, with `is_open`:
/// those of one state between two nodes together. Ends that are on one of the charts only are drawn
/// there alone: the numbers are those of `chart`.
ChangeRibbons change_ribbons(const chart::Chart& chart, const reach::Difference& difference);

}  // namespace portolan::server
