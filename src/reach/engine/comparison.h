#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "reach/difference.h"
#include "reach/engine/column.h"

/// Private to the engine: two networks whose classes stand for the same, compared column by column.
namespace portolan::reach {

/// What of the target's column can differ.
struct Suspect {
  ColumnTarget target;
  Limits limits;
};

/// Compares columns; each thread has its own.
class ColumnComparer {
 public:
  ColumnComparer(const Compiled& before, const Compiled& after);

  /// Appends what differs; targets and sources are numbered as in `Connections`.
  void compare(const Suspect& suspect, std::vector<ConnectionChange>& changes);

 private:
  void compare_piece(const Column& before, const Column& after, bool are_hosts,
                     ServiceSet::Segment piece);
  void compare_beside(const std::vector<std::uint32_t>& old_list,
                      const std::vector<ServiceSet::Segment>& pieces, const Column& before,
                      const Column& after, const Limits& limits);
  void note_beside(std::uint32_t source, bool was_beside, Verdict otherwise, ServiceSet services);
  void note(ConnectionChange change);

  ColumnMaker before_;
  ColumnMaker after_;
  std::uint32_t host_count_;
  std::vector<std::uint32_t> beside_;    // of one column only
  std::vector<ConnectionChange> found_;  // of the target at hand, not yet joined
  std::size_t host_words_;
  std::size_t sender_words_;
};

}  // namespace portolan::reach
