#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "reach/engine/bits.h"
#include "reach/engine/compiled.h"
#include "reach/engine/ways.h"

/// Private to the engine: who comes to a target, and by which ways.
namespace portolan::reach {

/// Sources that come by ways which differ in nothing.
struct DoorGroup {
  const Way* way = nullptr;
  bool is_private = false;  // senders: their addresses are private
  std::vector<Word> mask;   // from word `first` on
  std::size_t first = 0;
  [[nodiscard]] std::size_t end() const { return first + mask.size(); }
  [[nodiscard]] Word word(std::size_t number) const { return mask[number - first]; }

  [[nodiscard]] bool meets(const Window& window) const {
    const std::size_t last = std::min(end(), window.end());
    for (std::size_t number = std::max(first, window.first()); number < last; ++number) {
      if ((word(number) & window.word(number)) != 0) {
        return true;
      }
    }
    return false;
  }
};

/// Everyone who comes by some way to one kind of target.
struct Door {
  std::vector<DoorGroup> groups;
  bool is_certain = true;

  void add(const Way& way, bool is_private, const Window& window) {
    if (window.empty() || way.passage.blocked()) {
      return;
    }
    auto group = std::find_if(groups.begin(), groups.end(), [&](const DoorGroup& each) {
      return each.way == &way && each.is_private == is_private;
    });
    if (group == groups.end()) {
      group = groups.insert(groups.end(), {.way = &way, .is_private = is_private});
      group->first = window.first();
      is_certain = is_certain && way.passage.depends.empty() && way.passage.unknown.empty() &&
                   way.to_source.references != ReferenceMatch::Unknown &&
                   way.to_target.references != ReferenceMatch::Unknown;
    }
    widen(*group, window.first(), window.end());
    for (std::size_t word = window.first(); word < window.end(); ++word) {
      group->mask[word - group->first] |= window.word(word);
    }
  }

  void remove(const Window& window) {
    for (DoorGroup& group : groups) {
      const std::size_t end = std::min(group.end(), window.end());
      for (std::size_t word = std::max(group.first, window.first()); word < end; ++word) {
        group.mask[word - group.first] &= ~window.word(word);
      }
    }
  }

 private:
  static void widen(DoorGroup& group, std::size_t first, std::size_t end) {
    if (first < group.first) {
      group.mask.insert(group.mask.begin(), group.first - first, 0);
      group.first = first;
    }
    if (end > group.end()) {
      group.mask.resize(end - group.first, 0);
    }
  }
};

/// The doors of targets: each is kept while targets of one subnet follow each other.
class Doors {
 public:
  explicit Doors(const Compiled& compiled) : compiled_(compiled) {}

  /// Interfaces that come to a class that has an address of the family.
  const Door& of(const HostClass& host, std::size_t family);
  /// Those of them that are in `only`, a window of a word at most. Valid until the next call.
  const Door& of(const HostClass& host, std::size_t family, const Window& only);
  /// Hosts out there that come to it.
  const Door& from_outside(const HostClass& host, std::size_t family);
  /// Interfaces that come to a host out there.
  const Door& out_to(const OutsideClass& receiver);

 private:
  struct Kept {
    std::uint32_t kind = kNone;
    std::uint32_t subnet = kNone;
    Door door;
  };

  const Compiled& compiled_;
  const Way in_subnet_ = way_in_subnet();
  std::array<Kept, kFamilies> inner_;
  std::array<Door, kFamilies> narrow_;
  std::array<Kept, kFamilies> inbound_;
  Kept outbound_;
};

}  // namespace portolan::reach
