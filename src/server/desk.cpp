#include "server/desk.h"

#include <utility>

#include <boost/json.hpp>

#include "server/change_event.h"

namespace portolan::server {

std::shared_ptr<const Estate> Desk::now() const {
  const std::scoped_lock lock(mutex_);
  return now_;
}

void Desk::show(Reading reading, Time now) {
  const std::shared_ptr<const Estate> before = this->now();
  if (before->hash() == reading.hash) {
    return;
  }
  auto after = before->next(std::move(reading), feed_.latest() + 1);
  const RowChanges rows = compare(before->snapshot(), after->snapshot());
  publish(*before, std::move(after), as_changes(rows), {.time = now});
}

Result<void> Desk::apply(const std::vector<Change>& changes, const Cause& cause) {
  const std::shared_ptr<const Estate> before = now();
  auto after = TRY(before->after(changes, feed_.latest() + 1));
  publish(*before, std::move(after), changes, cause);
  return {};
}

void Desk::publish(const Estate& before, std::shared_ptr<const Estate> after,
                   const std::vector<Change>& changes, const Cause& cause) {
  const std::string data = boost::json::serialize(change_event(before, *after, changes, cause));
  {
    const std::scoped_lock lock(mutex_);
    now_ = std::move(after);
  }
  feed_.publish("change", data);
}

}  // namespace portolan::server
