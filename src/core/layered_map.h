#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace portolan {

/// A hash map whose copies share what they have in common. Edits are kept apart from the many old
/// entries, in rows: the last 32 in one, some 1,000 before them in another. Copying costs nothing,
/// an edit a copy of the first row, one in 32 of the second, and one in 1,000 a pass over all. What
/// nobody shares is edited in place.
///
/// A key may be a view into its value: `set` takes the key of the newest value, and the entry below
/// it stays as long as it is seen by anyone.
template <class Key, class Value>
class LayeredMap {
 public:
  using Base = std::unordered_map<Key, Value>;

  LayeredMap() = default;
  explicit LayeredMap(Base entries) : base_(std::make_shared<Base>(std::move(entries))) {}

  /// Null if there is none. Cost: one hash look-up, and short searches once there was an edit.
  [[nodiscard]] const Value* find(const Key& key) const {
    if (recent_ != nullptr || earlier_ != nullptr) {
      const std::size_t hash = std::hash<Key>()(key);
      for (const auto* row : {&recent_, &earlier_}) {
        if (const Edit* edit = edit_in(row->get(), key, hash)) {
          return edit->value ? &*edit->value : nullptr;
        }
      }
    }
    return find_in_base(key);
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
    const std::size_t hash = std::hash<Key>()(key);
    const Edit* earlier = edit_in(earlier_.get(), key, hash);
    const auto below = base_->find(key);
    if (earlier != nullptr && earlier->value) {
      put({.hash = hash, .key = earlier->key, .value = std::nullopt});
    } else if (earlier == nullptr && below != base_->end()) {
      put({.hash = hash, .key = below->first, .value = std::nullopt});
    } else if (const Edit* edit = edit_in(recent_.get(), key, hash); edit != nullptr) {
      recent_->erase(recent_->begin() + (edit - recent_->data()));
    }
    join_if_many();
  }

  /// Visits all entries: key and value, in no particular order.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const auto* row : {&recent_, &earlier_}) {
      for (std::size_t i = 0; *row != nullptr && i < (*row)->size(); ++i) {
        const Edit& edit = (**row)[i];
        const bool is_hidden = row == &earlier_ && is_in(recent_, edit);
        if (edit.value && !is_hidden) {
          visit(edit.key, *edit.value);
        }
      }
    }
    if (base_ != nullptr) {
      for (const auto& [key, value] : *base_) {
        if (!is_edited(key)) {
          visit(key, value);
        }
      }
    }
  }

 private:
  static constexpr std::size_t kMostRecent = 32;
  static constexpr std::size_t kMostEarlier = 1024;
  struct Edit {
    std::size_t hash = 0;
    Key key;
    std::optional<Value> value;  // nothing: the entry below is gone
  };
  using Edits = std::vector<Edit>;  // by hash

  static const Edit* edit_in(const Edits* edits, const Key& key, std::size_t hash) {
    if (edits == nullptr) {
      return nullptr;
    }
    auto place = std::partition_point(edits->begin(), edits->end(),
                                      [&](const Edit& edit) { return edit.hash < hash; });
    for (; place != edits->end() && place->hash == hash; ++place) {
      if (place->key == key) {
        return &*place;
      }
    }
    return nullptr;
  }

  static bool is_in(const std::shared_ptr<Edits>& edits, const Edit& edit) {
    return edit_in(edits.get(), edit.key, edit.hash) != nullptr;
  }

  /// True if there is something above the base.
  [[nodiscard]] bool is_edited(const Key& key) const {
    if (recent_ == nullptr && earlier_ == nullptr) {
      return false;
    }
    const std::size_t hash = std::hash<Key>()(key);
    return edit_in(recent_.get(), key, hash) != nullptr ||
           edit_in(earlier_.get(), key, hash) != nullptr;
  }

  [[nodiscard]] const Value* find_in_base(const Key& key) const {
    if (base_ == nullptr) {
      return nullptr;
    }
    const auto found = base_->find(key);
    return found == base_->end() ? nullptr : &found->second;
  }

  /// Adds the edit, or puts it in the place of the one of its key.
  void put(Edit edit) {
    if (const Edit* known = edit_in(recent_.get(), edit.key, edit.hash); known != nullptr) {
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
    return recent_ == nullptr && earlier_ == nullptr && base_.use_count() == 1;
  }

  void own_recent() {
    if (recent_ == nullptr) {
      recent_ = std::make_shared<Edits>();
    } else if (recent_.use_count() != 1) {
      auto copy = std::make_shared<Edits>();
      copy->reserve(recent_->size() + 1);
      *copy = *recent_;
      recent_ = std::move(copy);
    }
  }

  void join_if_many() {
    if (recent_->size() <= kMostRecent) {
      return;
    }
    join_rows();
    if (earlier_->size() > kMostEarlier) {
      Base joined;
      joined.reserve(base_->size() + earlier_->size());
      for_each([&](const Key& key, const Value& value) { joined.emplace(key, value); });
      base_ = std::make_shared<Base>(std::move(joined));
      earlier_ = nullptr;
    }
  }

  /// Makes one row of both. Of what is gone only what the base has needs to be told, by the key
  /// that it has there: the one that was seen last may be a view into a value that goes now.
  void join_rows() {
    Edits fresh;
    fresh.reserve(recent_->size());
    for (const Edit& edit : *recent_) {
      const auto below = base_->find(edit.key);
      if (edit.value) {
        fresh.push_back(edit);
      } else if (below != base_->end()) {
        fresh.push_back({.hash = edit.hash, .key = below->first, .value = std::nullopt});
      }
    }
    Edits old;
    old.reserve(earlier_ == nullptr ? 0 : earlier_->size());
    for (std::size_t i = 0; earlier_ != nullptr && i < earlier_->size(); ++i) {
      if (!is_in(recent_, (*earlier_)[i])) {
        old.push_back((*earlier_)[i]);
      }
    }
    auto both = std::make_shared<Edits>();
    both->reserve(fresh.size() + old.size());
    std::merge(std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()),
               std::make_move_iterator(old.begin()), std::make_move_iterator(old.end()),
               std::back_inserter(*both),
               [](const Edit& a, const Edit& b) { return a.hash < b.hash; });
    earlier_ = std::move(both);
    recent_ = nullptr;
  }

  std::shared_ptr<Base> base_;
  std::shared_ptr<Edits> earlier_;
  std::shared_ptr<Edits> recent_;
};

}  // namespace portolan
