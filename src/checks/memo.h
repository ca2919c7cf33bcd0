#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

/// Private to the module: answers that are worked out when first asked for.
namespace portolan::checks {

/// Answers about numbered things. May be asked by several threads: two of them may work out the
/// same one, the first to be ready stays. An answer keeps its place.
/// Cost: one load for what is known.
template <class Value>
class Memo {
 public:
  explicit Memo(std::size_t size) : known_(size) {}

  template <class Make>
  const Value& of(std::size_t number, const Make& make) const {
    const Value* known = known_[number].load(std::memory_order_acquire);
    if (known != nullptr) {
      return *known;
    }
    Value made = make();
    const std::lock_guard lock(mutex_);
    known = known_[number].load(std::memory_order_relaxed);
    if (known == nullptr) {
      known = &values_.emplace_back(std::move(made));
      known_[number].store(known, std::memory_order_release);
    }
    return *known;
  }

 private:
  mutable std::vector<std::atomic<const Value*>> known_;
  mutable std::mutex mutex_;
  mutable std::deque<Value> values_;
};

/// One value, made by the first who asks, in whatever thread.
template <class Value>
class Lazy {
 public:
  template <class... Arguments>
  const Value& of(Arguments&&... arguments) {
    std::call_once(once_, [&] { value_.emplace(std::forward<Arguments>(arguments)...); });
    return *value_;
  }

 private:
  std::once_flag once_;
  std::optional<Value> value_;
};

}  // namespace portolan::checks
