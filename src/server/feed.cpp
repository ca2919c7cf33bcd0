#include "server/feed.h"

#include <fmt/format.h>

namespace portolan::server {

void Feed::call(std::function<void()> wake) {
  const std::scoped_lock lock(mutex_);
  wake_ = std::move(wake);
}

std::uint64_t Feed::publish(std::string_view name, const std::string& data) {
  std::function<void()> wake;
  std::uint64_t number = 0;
  {
    const std::scoped_lock lock(mutex_);
    number = ++latest_;
    events_.push_back(fmt::format("id: {}\nevent: {}\ndata: {}\n\n", number, name, data));
    bytes_ += events_.back().size();
    while (events_.size() > kEventsMost || (bytes_ > kBytesMost && events_.size() > 1)) {
      bytes_ -= events_.front().size();
      events_.pop_front();
    }
    wake = wake_;
  }
  if (wake) {
    wake();
  }
  return number;
}

std::uint64_t Feed::latest() const {
  const std::scoped_lock lock(mutex_);
  return latest_;
}

std::optional<Feed::Next> Feed::after(std::uint64_t last) const {
  const std::scoped_lock lock(mutex_);
  if (last == latest_) {
    return std::nullopt;
  }
  const std::uint64_t first = latest_ - events_.size() + 1;
  if (last > latest_ || last + 1 < first) {
    return Next{.text = fmt::format("id: {}\nevent: reload\ndata: {{}}\n\n", latest_),
                .last = latest_};
  }
  return Next{.text = events_[static_cast<std::size_t>(last + 1 - first)], .last = last + 1};
}

}  // namespace portolan::server
