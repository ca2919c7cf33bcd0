#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/assert.h"
#include "core/layered_map.h"

namespace portolan {

template <class Resource>
class Table;

/// How a table keeps its rows: pointers in chunks, so that an edit copies one chunk of pointers.
/// Private to `Table` and `Rows`.
template <class Resource>
struct TableRows {
  using Pointer = std::shared_ptr<const Resource>;  // shared by all tables that have the row
  struct Chunk {
    std::shared_ptr<std::vector<Pointer>> rows;  // sorted by id, never empty
    std::size_t first = 0;                       // number of its first row
  };
  std::vector<Chunk> chunks;
  std::size_t size = 0;
  /// The rows as they were loaded, while each row that is among them still has its number there.
  std::shared_ptr<const std::vector<Resource>> loaded;
};

/// The rows of a table, by id. A view: it is good as long as a table with these rows is, and is
/// passed by value.
template <class Resource>
class Rows {
 public:
  using Pointer = typename TableRows<Resource>::Pointer;
  using Chunk = typename TableRows<Resource>::Chunk;

  class Iterator {
   public:
    using value_type = Resource;
    using difference_type = std::ptrdiff_t;
    using pointer = const Resource*;
    using reference = const Resource&;
    using iterator_category = std::forward_iterator_tag;

    Iterator() = default;
    Iterator(const Chunk* chunk, const Chunk* end) : chunk_(chunk), end_(end) { enter(); }
    const Resource& operator*() const { return **at_; }
    const Resource* operator->() const { return at_->get(); }
    /// The row with its shared ownership.
    [[nodiscard]] const Pointer& shared() const { return *at_; }
    Iterator& operator++() {
      if (++at_ == last_) {
        ++chunk_;
        enter();
      }
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

    /// If both stand at the beginning of one and the same chunk, puts them behind it.
    static bool skip_shared(Iterator& a, Iterator& b) {
      if (a.at_ == nullptr || b.at_ == nullptr || a.chunk_->rows != b.chunk_->rows ||
          a.at_ != a.chunk_->rows->data() || b.at_ != a.at_) {
        return false;
      }
      ++a.chunk_;
      ++b.chunk_;
      a.enter();
      b.enter();
      return true;
    }

   private:
    void enter() {
      const bool is_end = chunk_ == end_;
      at_ = is_end ? nullptr : chunk_->rows->data();
      last_ = is_end ? nullptr : at_ + chunk_->rows->size();
    }

    const Pointer* at_ = nullptr;  // null at the end
    const Pointer* last_ = nullptr;
    const Chunk* chunk_ = nullptr;
    const Chunk* end_ = nullptr;
  };
  using value_type = Resource;
  using iterator = Iterator;
  using const_iterator = Iterator;

  Rows() = default;
  explicit Rows(const TableRows<Resource>* rows) : rows_(rows) {}

  [[nodiscard]] std::size_t size() const { return rows_ == nullptr ? 0 : rows_->size; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] const Resource& front() const {
    PORTOLAN_ASSERT(!empty());
    return *rows_->chunks.front().rows->front();
  }
  [[nodiscard]] Iterator begin() const {
    return rows_ == nullptr ? Iterator() : Iterator(chunks_begin(), chunks_end());
  }
  [[nodiscard]] Iterator end() const {
    return rows_ == nullptr ? Iterator() : Iterator(chunks_end(), chunks_end());
  }
  /// The number of the row with the id of `row`; asserts that there is one. Cost: constant for rows
  /// that were loaded, until one was added or taken away; then log n.
  [[nodiscard]] std::size_t position(const Resource& row) const;

 private:
  [[nodiscard]] const Chunk* chunks_begin() const { return rows_->chunks.data(); }
  [[nodiscard]] const Chunk* chunks_end() const { return chunks_begin() + rows_->chunks.size(); }

  const TableRows<Resource>* rows_ = nullptr;
};

/// All resources of one noun, sorted by id, found by id. Copies share what they have in common: a
/// copy costs a few pointers, an edit some hundred, and a row that is not edited stays where it is.
/// INVARIANT: ids are unique.
template <class Resource>
class Table {
 public:
  using Pointer = typename TableRows<Resource>::Pointer;

  Table() = default;
  /// Asserts nothing: of two rows with one id the first in input order stays, the decoder having
  /// merged and reported them before. Cost: n log n; the rows stay together in memory.
  explicit Table(std::vector<Resource> rows);

  [[nodiscard]] portolan::Rows<Resource> rows() const {
    return portolan::Rows<Resource>(rows_.get());
  }
  /// Null if there is no such resource. Cost: one or two hash look-ups.
  [[nodiscard]] const Resource* find(std::string_view id) const {
    const Pointer* found = index_.find(id);
    return found == nullptr ? nullptr : found->get();
  }
  /// The same, with its shared ownership.
  [[nodiscard]] Pointer shared(std::string_view id) const {
    const Pointer* found = index_.find(id);
    return found == nullptr ? nullptr : *found;
  }

  /// Adds the row, or puts it in the place of the one with its id.
  void set(Pointer row);
  /// Takes the row away, if there is one.
  void erase(std::string_view id);

 private:
  static constexpr std::size_t kMostInChunk = 128;
  using Chunk = typename TableRows<Resource>::Chunk;
  using Chunks = std::vector<Chunk>;

  void own_rows();
  void split_if_full(std::size_t number);
  typename Chunks::iterator chunk_for(std::string_view id);
  static std::vector<Pointer>& own(Chunk& chunk);
  static typename std::vector<Pointer>::iterator place_in(std::vector<Pointer>& rows,
                                                          std::string_view id);

  std::shared_ptr<TableRows<Resource>> rows_;  // shared by copies until one is edited
  LayeredMap<std::string_view, Pointer> index_;
};

/// Calls `visit(before, after)` with every row that only one table has (the other is null), or that
/// differs by value. Cost: linear, but what both share is skipped.
template <class Resource, class Visit>
void for_each_difference(const Rows<Resource>& before, const Rows<Resource>& after,
                         const Visit& visit) {
  using Pointer = typename Rows<Resource>::Pointer;
  using Iterator = typename Rows<Resource>::Iterator;
  Iterator old_row = before.begin();
  Iterator new_row = after.begin();
  while (old_row != before.end() || new_row != after.end()) {
    if (Iterator::skip_shared(old_row, new_row)) {
      continue;
    }
    if (new_row == after.end() || (old_row != before.end() && old_row->id < new_row->id)) {
      visit(old_row++.shared(), Pointer());
    } else if (old_row == before.end() || new_row->id < old_row->id) {
      visit(Pointer(), new_row++.shared());
    } else {
      if (old_row.shared() != new_row.shared() && !(*old_row == *new_row)) {
        visit(old_row.shared(), new_row.shared());
      }
      ++old_row;
      ++new_row;
    }
  }
}

template <class Resource>
std::size_t Rows<Resource>::position(const Resource& row) const {
  PORTOLAN_ASSERT(!empty());
  if (rows_->loaded != nullptr) {
    const Resource* first = rows_->loaded->data();
    const Resource* end = first + rows_->loaded->size();
    if (!std::less<>{}(&row, first) && std::less<>{}(&row, end)) {
      return static_cast<std::size_t>(&row - first);
    }
  }
  const Chunk* next = std::upper_bound(
      chunks_begin(), chunks_end(), row,
      [](const Resource& a, const Chunk& b) { return a.id < b.rows->front()->id; });
  PORTOLAN_ASSERT(next != chunks_begin());
  const auto& rows = *(next - 1)->rows;
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), row,
                       [](const Pointer& a, const Resource& b) { return a->id < b.id; });
  PORTOLAN_ASSERT(found != rows.end());
  PORTOLAN_ASSERT((*found)->id == row.id);
  return (next - 1)->first + static_cast<std::size_t>(found - rows.begin());
}

template <class Resource>
Table<Resource>::Table(std::vector<Resource> rows) {
  const auto is_before = [](const Resource& a, const Resource& b) { return a.id < b.id; };
  if (!std::is_sorted(rows.begin(), rows.end(), is_before)) {  // moving rows costs most
    std::stable_sort(rows.begin(), rows.end(), is_before);
  }
  rows.erase(std::unique(rows.begin(), rows.end(),
                         [](const Resource& a, const Resource& b) { return a.id == b.id; }),
             rows.end());
  if (rows.empty()) {
    return;
  }
  rows_ = std::make_shared<TableRows<Resource>>();
  rows_->size = rows.size();
  rows_->loaded = std::make_shared<const std::vector<Resource>>(std::move(rows));
  typename LayeredMap<std::string_view, Pointer>::Base index;
  index.reserve(rows_->size);
  for (std::size_t first = 0; first < rows_->size; first += kMostInChunk) {
    const std::size_t end = std::min(rows_->size, first + kMostInChunk);
    auto chunk = std::make_shared<std::vector<Pointer>>();
    chunk->reserve(end - first);
    for (std::size_t row = first; row < end; ++row) {
      const Resource& resource = (*rows_->loaded)[row];
      chunk->emplace_back(rows_->loaded, &resource);
      index.emplace(resource.id.value, chunk->back());
    }
    rows_->chunks.push_back({.rows = std::move(chunk), .first = first});
  }
  index_ = LayeredMap<std::string_view, Pointer>(std::move(index));
}

template <class Resource>
void Table<Resource>::set(Pointer row) {
  PORTOLAN_ASSERT(row != nullptr);
  own_rows();
  index_.set(row->id.value, row);
  if (rows_->chunks.empty()) {
    rows_->chunks.push_back({.rows = std::make_shared<std::vector<Pointer>>(), .first = 0});
  }
  const auto chunk = chunk_for(row->id.value);
  std::vector<Pointer>& rows = own(*chunk);
  const auto place = place_in(rows, row->id.value);
  if (place != rows.end() && (*place)->id == row->id) {
    *place = std::move(row);
    return;
  }
  rows.insert(place, std::move(row));
  rows_->loaded = nullptr;
  ++rows_->size;
  for (auto later = chunk + 1; later != rows_->chunks.end(); ++later) {
    ++later->first;
  }
  split_if_full(static_cast<std::size_t>(chunk - rows_->chunks.begin()));
}

template <class Resource>
void Table<Resource>::erase(std::string_view id) {
  if (find(id) == nullptr) {
    return;
  }
  own_rows();
  const auto chunk = chunk_for(id);
  std::vector<Pointer>& rows = own(*chunk);
  const auto place = place_in(rows, id);
  PORTOLAN_ASSERT(place != rows.end());
  const Pointer kept = *place;  // `id` and the index may view into the row
  rows.erase(place);
  index_.erase(kept->id.value);
  rows_->loaded = nullptr;
  --rows_->size;
  for (auto later = chunk + 1; later != rows_->chunks.end(); ++later) {
    --later->first;
  }
  if (rows.empty()) {
    rows_->chunks.erase(chunk);
  }
}

template <class Resource>
void Table<Resource>::own_rows() {
  if (rows_ == nullptr) {
    rows_ = std::make_shared<TableRows<Resource>>();
  } else if (rows_.use_count() != 1) {
    rows_ = std::make_shared<TableRows<Resource>>(*rows_);
  }
}

/// The chunk that has the id, or that it belongs into; there must be one.
template <class Resource>
typename Table<Resource>::Chunks::iterator Table<Resource>::chunk_for(std::string_view id) {
  Chunks& chunks = rows_->chunks;
  PORTOLAN_ASSERT(!chunks.empty());
  return std::upper_bound(
             chunks.begin() + 1, chunks.end(), id,
             [](std::string_view a, const Chunk& b) { return a < b.rows->front()->id.value; }) -
         1;
}

template <class Resource>
std::vector<typename Table<Resource>::Pointer>& Table<Resource>::own(Chunk& chunk) {
  if (chunk.rows.use_count() != 1) {
    chunk.rows = std::make_shared<std::vector<Pointer>>(*chunk.rows);
  }
  return *chunk.rows;
}

template <class Resource>
typename std::vector<typename Table<Resource>::Pointer>::iterator Table<Resource>::place_in(
    std::vector<Pointer>& rows, std::string_view id) {
  return std::lower_bound(rows.begin(), rows.end(), id,
                          [](const Pointer& a, std::string_view b) { return a->id.value < b; });
}

template <class Resource>
void Table<Resource>::split_if_full(std::size_t number) {
  Chunks& chunks = rows_->chunks;
  std::vector<Pointer>& rows = *chunks[number].rows;
  if (rows.size() <= kMostInChunk) {
    return;
  }
  const std::size_t half = rows.size() / 2;
  const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(half);
  auto rest = std::make_shared<std::vector<Pointer>>(std::make_move_iterator(middle),
                                                     std::make_move_iterator(rows.end()));
  rows.erase(middle, rows.end());
  const std::size_t first = chunks[number].first + half;
  chunks.insert(chunks.begin() + static_cast<std::ptrdiff_t>(number) + 1,
                {.rows = std::move(rest), .first = first});
}

}  // namespace portolan
