#pragma once

#include <list>
#include <memory>
#include <mutex>

#include "core/result.h"
#include "core/time.h"
#include "events/network_past.h"
#include "reach/moment.h"

/// Private to the module: what was served at other moments.
namespace portolan::server {

using MomentPtr = std::shared_ptr<const reach::Moment>;

/// The network of the past with its connections; the moments last asked for are kept, as whoever
/// drags a handle asks for its neighbours. May be asked by several threads, one after the other.
class PastMoments {
 public:
  explicit PastMoments(std::shared_ptr<const events::NetworkPast> past) : past_(std::move(past)) {}

  /// Error `outside_logs`. Cost: what differs from the last one that was asked for; all
  /// connections where what is not known differs.
  [[nodiscard]] Result<MomentPtr> at(Time time) const;
  [[nodiscard]] std::vector<Gap> gaps_at(Time time) const { return past_->gaps_at(time); }

 private:
  struct Kept {
    Time time;
    MomentPtr moment;
  };

  std::shared_ptr<const events::NetworkPast> past_;
  mutable std::mutex mutex_;
  mutable std::list<Kept> kept_;  // the last one asked for first
};

}  // namespace portolan::server
