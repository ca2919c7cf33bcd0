#pragma once

#include <vector>

#include "iam/engine/bits.h"
#include "iam/engine/guard.h"

namespace portolan::iam::engine {

/// A condition for each row: what is allowed, or denied, when.
///
/// INVARIANT: the pieces are disjoint and not empty, no two have the same guard, none has kNever,
/// which is what holds for all other rows.
class GuardedRows {
 public:
  struct Piece {
    Bits rows;
    Guard guard = kNever;

    friend bool operator==(const Piece&, const Piece&) = default;
  };

  /// Rows that no piece has yet.
  void add(Bits rows, Guard guard);
  [[nodiscard]] Guard guard_of(std::size_t row) const;
  [[nodiscard]] const std::vector<Piece>& pieces() const { return pieces_; }
  [[nodiscard]] bool empty() const { return pieces_.empty(); }

  /// Either, both, or the first without the second. Cost: pieces x pieces x rows / 64.
  static GuardedRows either(GuardedRows a, const GuardedRows& b, Guards& guards);
  static GuardedRows both(const GuardedRows& a, const GuardedRows& b, Guards& guards);
  static GuardedRows without(GuardedRows a, const GuardedRows& b, Guards& guards);
  friend bool operator==(const GuardedRows&, const GuardedRows&) = default;

 private:
  std::vector<Piece> pieces_;
};

}  // namespace portolan::iam::engine
