#include "server/past_moments.h"

#include <algorithm>
#include <utility>

#include "model/change.h"
#include "model/row_changes.h"
#include "server/estate.h"

namespace portolan::server {
namespace {

constexpr std::size_t kKeptMost = 4;

/// A drawing, and the connections that it is of.
struct DrawnMoment {
  template <class MakeChart>
  DrawnMoment(MomentPtr of, const MakeChart& make)
      : moment(std::move(of)), drawing(moment->connections(), kThreads, make) {}

  MomentPtr moment;
  Drawing drawing;
};

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

Result<PastMoments::Kept*> PastMoments::keep(Time time) const {
  const auto known =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& each) { return each.time == time; });
  if (known != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, known);
    return &kept_.front();
  }
  Snapshot snapshot = TRY(past_->at(time));
  const MomentPtr other = kept_.empty() ? nullptr : kept_.front().moment;
  Kept kept{.time = time, .moment = moment_beside(other, std::move(snapshot))};
  if (kept.moment == other) {  // nothing has changed between the two
    kept = kept_.front();
    kept.time = time;
  }
  kept_.push_front(std::move(kept));
  if (kept_.size() > kKeptMost) {
    kept_.pop_back();
  }
  return &kept_.front();
}

Result<MomentPtr> PastMoments::at(Time time) const {
  const std::scoped_lock lock(mutex_);
  return TRY(keep(time))->moment;
}

Result<PastMoments::Kept*> PastMoments::judge(Time time, const Estate& now) const {
  Kept* const kept = TRY(keep(time));
  if (kept->findings == nullptr || kept->directory != now.shared_directory()) {
    kept->findings = std::make_shared<const std::vector<Finding>>(
        answers::findings_at(*kept->moment, now.authority(), now.setting().judging));
    kept->directory = now.shared_directory();
    kept->drawing = nullptr;
  }
  return kept;
}

Result<FindingsPtr> PastMoments::findings_at(Time time, const Estate& now) const {
  const std::scoped_lock lock(mutex_);
  return TRY(judge(time, now))->findings;
}

Result<DrawingPtr> PastMoments::drawing_at(Time time, const Estate& now) const {
  const ChartPtr& chart = now.drawing().shared_chart();
  const std::scoped_lock lock(mutex_);
  Kept* const kept = TRY(judge(time, now));
  if (kept->drawing == nullptr || kept->chart != chart) {
    const auto make = [&](const chart::Traffic& traffic) {
      return chart::as_of(*chart, {.traffic = traffic,
                                   .findings = *kept->findings,
                                   .config = now.setting().judging.config});
    };
    const auto drawn = std::make_shared<const DrawnMoment>(kept->moment, make);
    kept->drawing = DrawingPtr(drawn, &drawn->drawing);
    kept->chart = chart;
  }
  return kept->drawing;
}

}  // namespace portolan::server
