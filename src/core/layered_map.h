#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace portolan {

/// A hash map whose copies share what they have in common. Edits are kept apart from the many old
/// entries, and are joined with them when they are more than 256: copying costs nothing, an edit a
/// copy of the few recent ones, which lie in a row, and one in 256 a pass over all. What nobody
/// shares is edited in place.
///
/// A key may be a view into its value: `set` takes the key of the newest value, and the entry below
/// it stays as long as it is seen by anyone.
template <class Key, class Value>
class LayeredMap {
 public:
  using Base = std::unordered_map<Key, Value>;

  LayeredMap() = default;
  explicit LayeredMap(Base entries) : base_(std::make_shared<Base>(std::move(entries))) {}

  /// Null if there is none. Cost: one hash look-up, and a short search once there was an edit.
  [[nodiscard]] const Value* find(const Key& key) const {
    if (recent_ != nullptr) {
      const Edit* edit = edit_of(key);
      if (edit != nullptr) {
        return edit->value ? &*edit->value : nullptr;
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
    put({.hash = std::hash<Key>()(key), .key = key, .value = std::move(value)});
    join_if_many();
  }

  void erase(const Key& key) {
    if (is_base_own()) {
      base_->erase(key);
      return;
    }
    own_recent();
    if (const auto below = base_->find(key); below != base_->end()) {
      put({.hash = std::hash<Key>()(key), .key = below->first, .value = std::nullopt});
    } else if (const Edit* edit = edit_of(key); edit != nullptr) {
      recent_->erase(recent_->begin() + (edit - recent_->data()));
    }
    join_if_many();
  }

  /// Visits all entries: key and value, in no particular order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    if (recent_ != nullptr) {
      for (const Edit& edit : *recent_) {
        if (edit.value) {
          visit(edit.key, *edit.value);
        }
      }
    }
    if (base_ != nullptr) {
      for (const auto& [key, value] : *base_) {
        if (recent_ == nullptr || edit_of(key) == nullptr) {
          visit(key, value);
        }
      }
    }
  }

 private:
  static constexpr std::size_t kMostRecent = 256;
  struct Edit {
    std::size_t hash = 0;
    Key key;
    std::optional<Value> value;  // nothing: the entry below is gone
  };
  using Recent = std::vector<Edit>;  // by hash

  /// Null if the key was not edited lately.
  [[nodiscard]] const Edit* edit_of(const Key& key) const {
    const std::size_t hash = std::hash<Key>()(key);
    auto place = std::partition_point(recent_->begin(), recent_->end(),
                                      [&](const Edit& edit) { return edit.hash < hash; });
    for (; place != recent_->end() && place->hash == hash; ++place) {
      if (place->key == key) {
        return &*place;
      }
    }
    return nullptr;
  }

  /// Adds the edit, or puts it in the place of the one of its key.
  void put(Edit edit) {
    if (const Edit* known = edit_of(edit.key); known != nullptr) {
      (*recent_)[static_cast<std::size_t>(known - recent_->data())] = std::move(edit);
      return;
    }
    const auto place = std::partition_point(
        recent_->begin(), recent_->end(), [&](const Edit& each) { return each.hash < edit.hash; });
    recent_->insert(place, std::move(edit));
  }

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
      auto copy = std::make_shared<Recent>();
      copy->reserve(recent_->size() + 1);
      *copy = *recent_;
      recent_ = std::move(copy);
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
