#include "reach/moment.h"

#include <utility>

namespace portolan::reach {

Moment::Moment(Snapshot snapshot, int threads)
    : snapshot_(std::move(snapshot)), network_(snapshot_), connections_(network_, threads) {}

std::shared_ptr<const Moment> Moment::of(Snapshot snapshot, int threads) {
  return std::shared_ptr<const Moment>(new Moment(std::move(snapshot), threads));
}

}  // namespace portolan::reach
