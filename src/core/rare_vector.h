#pragma once

#include <compare>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace portolan {

/// A vector that nearly always stays empty: until something is in it, it costs a pointer. It reads
/// like the `std::vector` that it turns into.
template <class Item>
class RareVector {
 public:
  using value_type = Item;
  using iterator = typename std::vector<Item>::iterator;
  using const_iterator = typename std::vector<Item>::const_iterator;

  RareVector() = default;
  RareVector(std::vector<Item> items)
      : items_(items.empty() ? nullptr : std::make_unique<std::vector<Item>>(std::move(items))) {}
  RareVector(std::initializer_list<Item> items) : RareVector(std::vector<Item>(items)) {}
  RareVector(const RareVector& other) : RareVector(other.all()) {}
  RareVector(RareVector&& other) noexcept = default;
  RareVector& operator=(const RareVector& other) { return *this = RareVector(other); }
  RareVector& operator=(RareVector&& other) noexcept = default;
  ~RareVector() = default;

  [[nodiscard]] const std::vector<Item>& all() const { return items_ ? *items_ : none(); }
  operator const std::vector<Item>&() const { return all(); }
  /// For what changes it in a way that is not here.
  std::vector<Item>& edit() {
    if (!items_) {
      items_ = std::make_unique<std::vector<Item>>();
    }
    return *items_;
  }

  [[nodiscard]] bool empty() const { return all().empty(); }
  [[nodiscard]] std::size_t size() const { return all().size(); }
  [[nodiscard]] const_iterator begin() const { return all().begin(); }
  [[nodiscard]] const_iterator end() const { return all().end(); }
  [[nodiscard]] iterator begin() { return items_ ? items_->begin() : iterator(); }
  [[nodiscard]] iterator end() { return items_ ? items_->end() : iterator(); }
  [[nodiscard]] const Item& operator[](std::size_t index) const { return all()[index]; }
  [[nodiscard]] Item& operator[](std::size_t index) { return edit()[index]; }
  [[nodiscard]] const Item& front() const { return all().front(); }
  [[nodiscard]] const Item& back() const { return all().back(); }
  [[nodiscard]] Item& front() { return edit().front(); }
  [[nodiscard]] Item& back() { return edit().back(); }

  void push_back(Item item) { edit().push_back(std::move(item)); }
  template <class Iterator>
  void assign(Iterator first, Iterator last) {
    *this = RareVector(std::vector<Item>(first, last));
  }
  void clear() { items_.reset(); }

  friend bool operator==(const RareVector& a, const RareVector& b) { return a.all() == b.all(); }
  friend auto operator<=>(const RareVector& a, const RareVector& b) { return a.all() <=> b.all(); }

 private:
  static const std::vector<Item>& none() {
    static const std::vector<Item> empty;
    return empty;
  }

  std::unique_ptr<std::vector<Item>> items_;
};

}  // namespace portolan
