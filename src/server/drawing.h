#pragma once

#include <memory>
#include <string>

#include "chart/chart.h"
#include "chart/columns.h"
#include "chart/ribbons.h"
#include "server/body.h"
#include "server/squeeze.h"

/// Private to the module.
namespace portolan::server {

using ChartPtr = std::shared_ptr<const chart::Chart>;  // also of the moment after

/// The chart of one moment, as it is sent, and the traffic between its nodes.
class Drawing {
 public:
  /// `make(traffic)` gives the chart. The connections must outlive it. Cost: see `make_chart`.
  template <class MakeChart>
  Drawing(const reach::Connections& connections, int threads, const MakeChart& make)
      : traffic_(connections, threads),
        chart_(std::make_shared<const chart::Chart>(make(traffic_))),
        lifter_(*chart_, traffic_),
        columns_(chart::columns_of(*chart_)) {
    if (auto packed = gzipped(columns_.bytes())) {
      packed_columns_ = Body(*std::move(packed));
    }
  }
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;

  [[nodiscard]] const chart::Chart& chart() const { return *chart_; }
  [[nodiscard]] const ChartPtr& shared_chart() const { return chart_; }
  [[nodiscard]] const chart::Traffic& traffic() const { return traffic_; }
  [[nodiscard]] const chart::Lifter& lifter() const { return lifter_; }
  [[nodiscard]] const Body& columns() const { return columns_; }
  /// As gzip; empty where that is no smaller.
  [[nodiscard]] const Body& packed_columns() const { return packed_columns_; }

 private:
  chart::Traffic traffic_;
  ChartPtr chart_;
  chart::Lifter lifter_;
  Body columns_;
  Body packed_columns_;
};

}  // namespace portolan::server
