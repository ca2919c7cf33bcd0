#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Private to the module.
namespace portolan::collect {

/// The eight bytes of `id` after `skip`, as a number that orders like them.
inline std::uint64_t order_key(std::string_view id, std::size_t skip) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < sizeof(key); ++i) {
    const auto byte = skip + i < id.size() ? static_cast<std::uint8_t>(id[skip + i]) : 0U;
    key = (key << 8) | byte;
  }
  return key;
}

/// Pointers to the elements in the order of their ids, equal ones in the order of `elements`.
///
/// Ids of one kind begin alike (`eni-0…`) and lie all over the heap: most comparisons are settled
/// by the first bytes that differ, kept beside the pointer.
template <class Element, class IdOf>
std::vector<Element*> sorted_by_id(std::vector<Element>& elements, IdOf&& id_of) {
  struct Keyed {
    std::uint64_t key;
    Element* element;
  };
  std::size_t skip = elements.empty() ? 0 : id_of(elements.front()).size();
  for (const Element& element : elements) {
    const std::string& first = id_of(elements.front());
    const std::string& id = id_of(element);
    const std::size_t end = std::min(skip, id.size());
    skip = static_cast<std::size_t>(
        std::mismatch(id.begin(), id.begin() + static_cast<std::ptrdiff_t>(end), first.begin())
            .first -
        id.begin());
  }
  std::vector<Keyed> keyed;
  keyed.reserve(elements.size());
  for (Element& element : elements) {
    keyed.push_back({order_key(id_of(element), skip), &element});
  }
  const auto is_before = [&](const Keyed& a, const Keyed& b) {
    return a.key != b.key ? a.key < b.key : id_of(*a.element) < id_of(*b.element);
  };
  if (!std::is_sorted(keyed.begin(), keyed.end(), is_before)) {
    std::stable_sort(keyed.begin(), keyed.end(), is_before);
  }
  std::vector<Element*> sorted;
  sorted.reserve(keyed.size());
  for (const Keyed& entry : keyed) {
    sorted.push_back(entry.element);
  }
  return sorted;
}

}  // namespace portolan::collect
