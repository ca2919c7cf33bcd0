#pragma once

#include <array>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "core/assert.h"

namespace portolan {

/// A vector whose copies share what they have in common: copying costs a pointer, the first edit of
/// a copy a pointer for each 128 elements. An element stays where it is for as long as some copy
/// holds it. What nobody shares is edited in place.
///
/// Example:
///     SharedVector<Rules> before(std::move(rules));
///     SharedVector<Rules> after = before;
///     after.set(7, changed);   // before[7] is as it was
template <class T>
class SharedVector {
 public:
  SharedVector() = default;
  /// Cost: linear; the elements stay together in memory.
  explicit SharedVector(std::vector<T> elements) : size_(elements.size()) {
    const auto all = std::make_shared<const std::vector<T>>(std::move(elements));
    for (std::size_t first = 0; first < size_; first += kChunk) {
      auto chunk = std::make_shared<Chunk>();
      for (std::size_t i = first; i < size_ && i < first + kChunk; ++i) {
        (*chunk)[i - first] = std::shared_ptr<const T>(all, &(*all)[i]);
      }
      chunks_->push_back(std::move(chunk));
    }
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const T& operator[](std::size_t i) const {
    return *(*(*chunks_)[i / kChunk])[i % kChunk];
  }

  void set(std::size_t i, T element) {
    PORTOLAN_ASSERT(i < size_);
    own_chunk(i / kChunk)[i % kChunk] = std::make_shared<const T>(std::move(element));
  }

  void push_back(T element) {
    if (size_ % kChunk == 0) {
      own_chunks().push_back(std::make_shared<Chunk>());
    }
    ++size_;
    set(size_ - 1, std::move(element));
  }

  class Iterator {
   public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;
    using iterator_category = std::forward_iterator_tag;

    Iterator() = default;
    Iterator(const SharedVector& vector, std::size_t at) : vector_(&vector), at_(at) {}
    const T& operator*() const { return (*vector_)[at_]; }
    const T* operator->() const { return &(*vector_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++at_;
      return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const SharedVector* vector_ = nullptr;
    std::size_t at_ = 0;
  };
  [[nodiscard]] Iterator begin() const { return {*this, 0}; }
  [[nodiscard]] Iterator end() const { return {*this, size_}; }

 private:
  static constexpr std::size_t kChunk = 128;
  using Chunk = std::array<std::shared_ptr<const T>, kChunk>;

  using Chunks = std::vector<std::shared_ptr<Chunk>>;

  Chunks& own_chunks() {
    if (chunks_.use_count() != 1) {
      chunks_ = std::make_shared<Chunks>(*chunks_);
    }
    return *chunks_;
  }

  Chunk& own_chunk(std::size_t number) {
    std::shared_ptr<Chunk>& chunk = own_chunks()[number];
    if (chunk.use_count() != 1) {
      chunk = std::make_shared<Chunk>(*chunk);
    }
    return *chunk;
  }

  std::shared_ptr<Chunks> chunks_ = std::make_shared<Chunks>();
  std::size_t size_ = 0;
};

}  // namespace portolan
