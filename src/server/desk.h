#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "server/estate.h"
#include "server/feed.h"

/// Private to the module: what is served now, and what becomes of it.
namespace portolan::server {

class Desk {
 public:
  explicit Desk(std::shared_ptr<const Estate> first) : now_(std::move(first)) {}

  /// Stays as it is while somebody answers from it.
  [[nodiscard]] std::shared_ptr<const Estate> now() const;
  [[nodiscard]] Feed& feed() { return feed_; }

  /// As of `Server`. From one thread at a time.
  void show(Reading reading, Time now);
  Result<void> apply(const std::vector<Change>& changes, const Cause& cause);

 private:
  void publish(const Estate& before, std::shared_ptr<const Estate> after,
               const std::vector<Change>& changes, const Cause& cause);

  Feed feed_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Estate> now_;  // also of those who answer from it
};

}  // namespace portolan::server
