#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

namespace portolan {

/// A hash map whose copies share what they have in common. Edits are kept apart from the many old
/// entries, and are joined with them when they are more than 256: copying costs nothing, an edit
/// the number of recent ones, and one in 256 a pass over all. What nobody shares is edited in
/// place.
///
/// A key may be a view into its value: `set` takes the key of the newest value, and the entry below
/// it stays as long as it is seen by anyone.
template <class Key, class Value>
class LayeredMap {
 public:
  using Base = std::unordered_map<Key, Value>;

  LayeredMap() = default;
  explicit LayeredMap(Base entries) : base_(std::make_shared<Base>(std::move(entries))) {}

  /// Null if there is none. Cost: one hash look-up, or two once there was an edit.
  [[nodiscard]] const Value* find(const Key& key) const {
    if (recent_ != nullptr) {
      const auto found = recent_->find(key);
      if (found != recent_->end()) {
        return found->second ? &*found->second : nullptr;
      }
    }
    if (base_ == nullptr) {
      return nullptr;
    }
    const auto found = base_->find(key);
    return found == base_->end() ? nullptr : &found->second;
  }

  void set(const Key& key, Value value) {
    if (is_base_own()) {
      base_->erase(key);  // an old key may be a view into the old value
      base_->emplace(key, std::move(value));
      return;
    }
    own_recent();
    recent_->erase(key);
    recent_->emplace(key, std::move(value));
    join_if_many();
  }

  void erase(const Key& key) {
    if (is_base_own()) {
      base_->erase(key);
      return;
    }
    own_recent();
    recent_->erase(key);
    if (const auto below = base_->find(key); below != base_->end()) {
      recent_->emplace(below->first, std::nullopt);
    }
    join_if_many();
  }

  /// Visits all entries: key and value, in no particular order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    if (recent_ != nullptr) {
      for (const auto& [key, value] : *recent_) {
        if (value) {
          visit(key, *value);
        }
      }
    }
    if (base_ != nullptr) {
      for (const auto& [key, value] : *base_) {
        if (recent_ == nullptr || !recent_->contains(key)) {
          visit(key, value);
        }
      }
    }
  }

 private:
  static constexpr std::size_t kMostRecent = 256;
  using Recent = std::unordered_map<Key, std::optional<Value>>;

  /// True if entries can go right where the many are: nobody else sees them.
  [[nodiscard]] bool is_base_own() {
    if (base_ == nullptr) {
      base_ = std::make_shared<Base>();
    }
    return recent_ == nullptr && base_.use_count() == 1;
  }

  void own_recent() {
    if (recent_ == nullptr) {
      recent_ = std::make_shared<Recent>();
    } else if (recent_.use_count() != 1) {
      recent_ = std::make_shared<Recent>(*recent_);
    }
  }

  void join_if_many() {
    if (recent_->size() <= kMostRecent) {
      return;
    }
    Base joined;
    for_each([&](const Key& key, const Value& value) { joined.emplace(key, value); });
    base_ = std::make_shared<Base>(std::move(joined));
    recent_ = nullptr;
  }

  std::shared_ptr<Base> base_;
  std::shared_ptr<Recent> recent_;
};

}  // namespace portolan
