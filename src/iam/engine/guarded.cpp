#include "iam/engine/guarded.h"

#include <algorithm>
#include <utility>

namespace portolan::iam::engine {

void GuardedRows::add(Bits rows, Guard guard) {
  if (guard == kNever || rows.none()) {
    return;
  }
  const auto same = std::ranges::find(pieces_, guard, &Piece::guard);
  if (same != pieces_.end()) {
    same->rows |= rows;
  } else {
    pieces_.push_back({std::move(rows), guard});
  }
}

Guard GuardedRows::guard_of(std::size_t row) const {
  const auto piece =
      std::ranges::find_if(pieces_, [row](const Piece& each) { return each.rows.test(row); });
  return piece == pieces_.end() ? kNever : piece->guard;
}

GuardedRows GuardedRows::either(GuardedRows a, const GuardedRows& b, Guards& guards) {
  if (a.empty() || b.empty()) {
    return a.empty() ? b : a;
  }
  GuardedRows result;
  std::vector<Piece> rest = b.pieces_;  // what of b no piece of a has met
  for (const Piece& left : a.pieces_) {
    Bits alone = left.rows;
    for (Piece& right : rest) {
      if (left.rows.meets(right.rows)) {
        Bits common = left.rows & right.rows;
        alone -= common;
        right.rows -= common;
        result.add(std::move(common), guards.either(left.guard, right.guard));
      }
    }
    result.add(std::move(alone), left.guard);
  }
  for (Piece& right : rest) {
    result.add(std::move(right.rows), right.guard);
  }
  return result;
}

GuardedRows GuardedRows::both(const GuardedRows& a, const GuardedRows& b, Guards& guards) {
  GuardedRows result;
  for (const Piece& left : a.pieces_) {
    for (const Piece& right : b.pieces_) {
      if (left.rows.meets(right.rows)) {
        result.add(left.rows & right.rows, guards.both(left.guard, right.guard));
      }
    }
  }
  return result;
}

GuardedRows GuardedRows::without(GuardedRows a, const GuardedRows& b, Guards& guards) {
  if (b.empty()) {
    return a;
  }
  GuardedRows result;
  for (const Piece& left : a.pieces_) {
    Bits alone = left.rows;
    for (const Piece& right : b.pieces_) {
      if (left.rows.meets(right.rows)) {
        Bits common = left.rows & right.rows;
        alone -= common;
        result.add(std::move(common), guards.both(left.guard, guards.negated(right.guard)));
      }
    }
    result.add(std::move(alone), left.guard);
  }
  return result;
}

}  // namespace portolan::iam::engine
