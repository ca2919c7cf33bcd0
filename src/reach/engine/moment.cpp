#include "reach/moment.h"

#include <utility>

#include "reach/engine/update.h"

namespace portolan::reach {

namespace {

std::shared_ptr<const Compiled> compiled_of(const std::shared_ptr<const Update>& update,
                                            const Network& network, int threads) {
  return update != nullptr ? update->after
                           : std::make_shared<const Compiled>(compile(network, threads));
}

}  // namespace

Moment::Moment(Snapshot snapshot, int threads)
    : snapshot_(std::move(snapshot)), network_(snapshot_), connections_(network_, threads) {}

Moment::Moment(const Moment& before, Snapshot snapshot, const RowChanges& rows, int threads)
    : snapshot_(std::move(snapshot)),
      network_(before.network_, snapshot_, rows),
      update_(follow(before.connections_.compiled(), before.network_, network_, rows, threads)),
      connections_(network_, compiled_of(update_, network_, threads)) {}

bool Moment::follows(const Moment& other) const {
  return update_ != nullptr && update_->origin == other.connections_.compiled();
}

std::shared_ptr<const Moment> Moment::of(Snapshot snapshot, int threads) {
  return std::shared_ptr<const Moment>(new Moment(std::move(snapshot), threads));
}

std::shared_ptr<const Moment> Moment::next(Snapshot snapshot, const RowChanges& rows,
                                           int threads) const {
  return std::shared_ptr<const Moment>(new Moment(*this, std::move(snapshot), rows, threads));
}

}  // namespace portolan::reach
