#pragma once

#include <memory>

#include "model/snapshot.h"
#include "reach/connections.h"
#include "reach/reach.h"

/// Part of the reachability module's door.
namespace portolan::reach {

/// A snapshot, its look-ups and all of its connections: immutable. Those that follow each other
/// share what they have in common.
class Moment {
 public:
  /// Cost: see `Connections`.
  static std::shared_ptr<const Moment> of(Snapshot snapshot, int threads);

  Moment(const Moment&) = delete;  // the network refers to the snapshot in it
  Moment& operator=(const Moment&) = delete;

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }
  [[nodiscard]] const Network& network() const { return network_; }
  [[nodiscard]] const Connections& connections() const { return connections_; }

 private:
  Moment(Snapshot snapshot, int threads);

  Snapshot snapshot_;
  Network network_;
  Connections connections_;
};

}  // namespace portolan::reach
