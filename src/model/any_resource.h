#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>

#include "core/assert.h"
#include "core/name.h"
#include "model/resources.h"

namespace portolan {

/// The kinds of resource as types, in the order of the list: `std::type_identity<Vpc>` and so on.
using ResourceKinds = ForEachResource<std::tuple, std::type_identity>;

/// The number of a kind of resource in the list of all.
template <class Resource>
constexpr std::size_t kind_number() {
  return []<class... Kinds>(std::type_identity<std::tuple<Kinds...>>) {
    constexpr bool kIsIt[] = {std::is_same_v<Kinds, std::type_identity<Resource>>...};
    std::size_t number = 0;
    while (!kIsIt[number]) {
      ++number;
    }
    return number;
  }(std::type_identity<ResourceKinds>{});
}

/// Calls `visit` with the `std::type_identity` of the kind with that number.
template <class Visit>
decltype(auto) visit_kind(std::size_t number, const Visit& visit) {
  return [&]<class... Kinds>(std::type_identity<std::tuple<Kinds...>>) -> decltype(auto) {
    using Call = decltype(visit(std::type_identity<Vpc>{})) (*)(const Visit&);
    static constexpr Call kCalls[] = {[](const Visit& each) { return each(Kinds{}); }...};
    PORTOLAN_ASSERT(number < sizeof...(Kinds));
    return kCalls[number](visit);
  }(std::type_identity<ResourceKinds>{});
}

/// The id of a resource of any kind. (A variant of all ids would take each compiled file seconds.)
class AnyId {
 public:
  /// An empty id.
  AnyId() = default;
  template <class Resource>
  AnyId(Id<Resource> id)  // NOLINT(google-explicit-constructor): as a variant of all ids
      : kind_(kind_number<Resource>()), value_(std::move(id.value)) {}

  [[nodiscard]] const std::string& text() const { return value_; }
  template <class Resource>
  [[nodiscard]] bool is() const {
    return kind_ == kind_number<Resource>();
  }
  /// Asserts that it is the id of such a resource.
  template <class Resource>
  [[nodiscard]] Id<Resource> as() const {
    PORTOLAN_ASSERT(is<Resource>());
    return {value_};
  }
  /// Calls `visit(id)` with the `Id` of its kind.
  template <class Visit>
  decltype(auto) visit(const Visit& visit) const {
    return visit_kind(kind_, [&]<class Resource>(std::type_identity<Resource>) {
      return visit(Id<Resource>{value_});
    });
  }
  friend bool operator==(const AnyId&, const AnyId&) = default;

 private:
  std::size_t kind_ = 0;
  std::string value_;
};

/// A row of any table.
class AnyResource {
 public:
  /// Asserts that there is a row.
  template <class Resource>
  AnyResource(std::shared_ptr<const Resource> row)  // NOLINT(google-explicit-constructor): as above
      : kind_(kind_number<Resource>()), row_(std::move(row)) {
    PORTOLAN_ASSERT(row_ != nullptr);
  }

  /// Calls `visit(row)` with the shared pointer of its kind.
  template <class Visit>
  decltype(auto) visit(const Visit& visit) const {
    return visit_kind(kind_, [&]<class Resource>(std::type_identity<Resource>) {
      return visit(std::static_pointer_cast<const Resource>(row_));
    });
  }
  [[nodiscard]] AnyId id() const;
  /// By value.
  friend bool operator==(const AnyResource& a, const AnyResource& b);

 private:
  std::size_t kind_;
  std::shared_ptr<const void> row_;  // shared with snapshots
};

}  // namespace portolan
