#include "server/past_moments.h"

#include <algorithm>
#include <utility>

#include "model/change.h"
#include "model/row_changes.h"
#include "server/estate.h"

namespace portolan::server {
namespace {

constexpr std::size_t kKeptMost = 4;

/// The moment of a snapshot that shares rows with that of another one; `other` may be null.
MomentPtr moment_beside(const MomentPtr& other, Snapshot snapshot) {
  if (other != nullptr) {
    const RowChanges rows = compare(other->snapshot(), snapshot);
    if (!rows.is_known_differently && rows.empty()) {
      return other;
    }
    if (!rows.is_known_differently) {
      if (auto applied = apply_changes(other->snapshot(), as_changes(rows))) {
        return other->next(std::move(applied->snapshot), applied->rows, kThreads);
      }
    }
  }
  return reach::Moment::of(std::move(snapshot), kThreads);
}

}  // namespace

Result<MomentPtr> PastMoments::at(Time time) const {
  const std::scoped_lock lock(mutex_);
  const auto known =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& each) { return each.time == time; });
  if (known != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, known);
    return kept_.front().moment;
  }
  Snapshot snapshot = TRY(past_->at(time));
  const MomentPtr other = kept_.empty() ? nullptr : kept_.front().moment;
  kept_.push_front({.time = time, .moment = moment_beside(other, std::move(snapshot))});
  if (kept_.size() > kKeptMost) {
    kept_.pop_back();
  }
  return kept_.front().moment;
}

}  // namespace portolan::server
