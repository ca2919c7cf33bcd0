#pragma once

#include <cstddef>
#include <vector>

#include "reach/engine/bits.h"

/// Private to the engine: what rules say of the sources of one target.
namespace portolan::reach {

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
