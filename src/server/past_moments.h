#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "events/network_past.h"
#include "iam/iam.h"
#include "model/finding.h"
#include "reach/moment.h"
#include "server/drawing.h"

/// Private to the module: what was served at other moments.
namespace portolan::server {

class Estate;

using MomentPtr = std::shared_ptr<const reach::Moment>;
using FindingsPtr = std::shared_ptr<const std::vector<Finding>>;
using DirectoryPtr = std::shared_ptr<const iam::Directory>;
using DrawingPtr = std::shared_ptr<const Drawing>;

/// The network of the past with its connections and findings; the moments last asked for are kept,
/// as whoever drags a handle asks for its neighbours. May be asked by several threads, one after
/// the other.
class PastMoments {
 public:
  explicit PastMoments(std::shared_ptr<const events::NetworkPast> past) : past_(std::move(past)) {}

  /// Error `outside_logs`. Cost: what differs from the last one that was asked for; all
  /// connections where what is not known differs.
  [[nodiscard]] Result<MomentPtr> at(Time time) const;
  /// What was wrong then, judged as what `now` is. Cost: an audit as well, once.
  [[nodiscard]] Result<FindingsPtr> findings_at(Time time, const Estate& now) const;
  /// What was open and wrong then, on the chart that is drawn now. Cost: all connections read as
  /// well, once.
  [[nodiscard]] Result<DrawingPtr> drawing_at(Time time, const Estate& now) const;
  [[nodiscard]] std::vector<Gap> gaps_at(Time time) const { return past_->gaps_at(time); }

 private:
  struct Kept {
    Time time;
    MomentPtr moment;
    FindingsPtr findings;    // null: nobody has asked for them
    DirectoryPtr directory;  // that they were judged by
    DrawingPtr drawing;      // null: nobody has asked for it
    ChartPtr chart;          // that it was drawn on
  };

  /// The front of those that are kept.
  [[nodiscard]] Result<Kept*> keep(Time time) const;
  [[nodiscard]] Result<Kept*> judge(Time time, const Estate& now) const;

  std::shared_ptr<const events::NetworkPast> past_;
  mutable std::mutex mutex_;
  mutable std::list<Kept> kept_;  // the last one asked for first
};

}  // namespace portolan::server
