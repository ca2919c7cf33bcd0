#pragma once

namespace portolan {

/// One value of a `FlatTuple`, and private to it.
template <class Value>
struct FlatTupleValue {
  Value value{};
};

/// Values of different types, each found by its type: a `std::tuple` for long lists. (The standard
/// one nests a class in a class for each value, which takes every file that includes it a second.)
///
/// Example:
///     FlatTuple<std::vector<Vpc>, std::vector<Subnet>> rows;
///     rows.get<std::vector<Vpc>>().push_back(vpc);
///     rows.apply([](const auto&... each) { return (each.size() + ...); });
template <class... Values>
class FlatTuple : private FlatTupleValue<Values>... {
 public:
  template <class Value>
  [[nodiscard]] Value& get() {
    return FlatTupleValue<Value>::value;
  }
  template <class Value>
  [[nodiscard]] const Value& get() const {
    return FlatTupleValue<Value>::value;
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

}  // namespace portolan
