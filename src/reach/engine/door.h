#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "reach/engine/bits.h"
#include "reach/engine/ways.h"

/// Private to the engine: what columns are put together from.
namespace portolan::reach {

/// Sources that come by ways which differ in nothing.
struct DoorGroup {
  const Way* way = nullptr;
  bool is_private = false;  // senders: their addresses are private
  std::vector<Word> mask;   // from word `first` on
  std::size_t first = 0;
  [[nodiscard]] std::size_t end() const { return first + mask.size(); }
  [[nodiscard]] Word word(std::size_t number) const { return mask[number - first]; }
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

/// Planes that are filled for one column: one for each segment.
class Stack {
 public:
  explicit Stack(std::size_t words) : words_(words) {}
  void start(std::size_t segments) {
    while (planes_.size() < segments) {
      planes_.emplace_back().resize(words_);
    }
    for (Plane& plane : planes_) {
      plane.clear();
    }
  }
  Plane& operator[](std::size_t segment) { return planes_[segment]; }

 private:
  std::size_t words_;
  std::vector<Plane> planes_;
};

/// What the rules at the two ends say of each source, by segment.
struct Verdicts {
  Stack blocks;               // admitted by address
  Stack references;           // admitted as a member, where references count
  std::vector<char> anyone;   // some rule's peer is not known: it may be anyone
  std::vector<char> missing;  // some rule names a group that was not collected

  explicit Verdicts(std::size_t words) : blocks(words), references(words) {}
  void start(std::size_t segments) {
    blocks.start(segments);
    references.start(segments);
    anyone.assign(segments, 0);
    missing.assign(segments, 0);
  }
};

/// Whom egress rules let out, by segment. Nothing is copied: few sources are asked about.
class LetOut {
 public:
  void start(std::size_t segments) {
    windows_.resize(std::max(windows_.size(), segments));
    for (auto& list : windows_) {
      list.clear();
    }
  }
  void add(std::size_t segment, const Window& window) { windows_[segment].push_back(&window); }
  [[nodiscard]] Word word(std::size_t segment, std::size_t number) const {
    Word bits = 0;
    for (const Window* window : windows_[segment]) {
      bits |= window->word(number);
    }
    return bits;
  }

 private:
  std::vector<std::vector<const Window*>> windows_;
};

}  // namespace portolan::reach
