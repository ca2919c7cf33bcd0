#pragma once

#include <memory>

#include "model/row_changes.h"
#include "model/snapshot.h"
#include "reach/connections.h"
#include "reach/reach.h"

/// Part of the reachability module's door.
namespace portolan::reach {

struct Update;

/// A snapshot, its look-ups and all of its connections: immutable. Those that follow each other
/// share what they have in common.
class Moment {
 public:
  /// Cost: see `Connections`.
  static std::shared_ptr<const Moment> of(Snapshot snapshot, int threads = 1);

  /// The one that comes of this one: `snapshot` differs from its snapshot by `rows`, all other rows
  /// being the same ones in memory. Every answer about it is right at once.
  /// Cost: for rules, tags, interfaces, NACL entries and routes what they touch; for other changes,
  /// and for blocks that routes or NACLs did not name before, that of `of`.
  [[nodiscard]] std::shared_ptr<const Moment> next(Snapshot snapshot, const RowChanges& rows,
                                                   int threads = 1) const;

  Moment(const Moment&) = delete;  // the network refers to the snapshot in it
  Moment& operator=(const Moment&) = delete;

  /// True if it was made from `other` step by step, so that what changed is quickly told.
  [[nodiscard]] bool follows(const Moment& other) const;

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }
  [[nodiscard]] const Network& network() const { return network_; }
  [[nodiscard]] const Connections& connections() const { return connections_; }

 private:
  Moment(Snapshot snapshot, int threads);
  Moment(const Moment& before, Snapshot snapshot, const RowChanges& rows, int threads);

  friend class Comparer;
  Snapshot snapshot_;
  Network network_;
  std::shared_ptr<const Update> update_;  // how it came of the one before; null: from nothing
  Connections connections_;
};

}  // namespace portolan::reach
