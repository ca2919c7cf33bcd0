#pragma once

namespace portolan {

/// Values of different types, each found by its type: a `std::tuple` for long lists. (The standard
/// one nests a class in a class for each value, which takes every file that includes it a second.)
///
/// Example:
///     FlatTuple<std::vector<Vpc>, std::vector<Subnet>> rows;
///     rows.get<std::vector<Vpc>>().push_back(vpc);
///     rows.apply([](const auto&... each) { return (each.size() + ...); });
template <class... Values>
class FlatTuple : private FlatTuple<Values>... {
 public:
  template <class Value>
  [[nodiscard]] Value& get() {
    return FlatTuple<Value>::value;
  }
  template <class Value>
  [[nodiscard]] const Value& get() const {
    return FlatTuple<Value>::value;
  }
  /// Calls `visit` with all values, in the order of the list.
  template <class Visit>
  decltype(auto) apply(const Visit& visit) {
    return visit(get<Values>()...);
  }
  template <class Visit>
  decltype(auto) apply(const Visit& visit) const {
    return visit(get<Values>()...);
  }
};

/// Where one of the values is.
template <class Value>
class FlatTuple<Value> {
 protected:
  template <class...>
  friend class FlatTuple;
  Value value{};
};

}  // namespace portolan
