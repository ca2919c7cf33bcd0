#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace portolan {

/// Set algebra on sorted lists of disjoint, non-touching inclusive ranges; each operation is one
/// linear walk. Private to core: `ServiceSet` and `IpSet` are the doors.
///
/// `Range` has members `first` and `last`. `Steps` knows the neighbours of a point: `after(p)` and
/// `before(p)`, asked only where they exist, and `adjacent(p, q)`, true if `q` comes next after
/// `p`.
///
/// INVARIANT: for neighbours a, b of a list, a.last < b.first and not adjacent(a.last, b.first).
template <class Range, class Steps>
struct RangeList {
  using List = std::vector<Range>;

  /// Adds a range that begins at or after the beginning of the last one.
  static void append(List& list, const Range& range) {
    if (list.empty() ||
        (list.back().last < range.first && !Steps::adjacent(list.back().last, range.first))) {
      list.push_back(range);
    } else if (list.back().last < range.last) {
      list.back().last = range.last;
    }
  }

  /// The list of any ranges, in any order.
  static List normalised(List ranges) {
    std::sort(ranges.begin(), ranges.end());
    std::size_t kept = 0;
    for (std::size_t i = 1; i < ranges.size(); ++i) {
      Range& back = ranges[kept];
      if (back.last < ranges[i].first && !Steps::adjacent(back.last, ranges[i].first)) {
        ranges[++kept] = ranges[i];
      } else {
        back.last = std::max(back.last, ranges[i].last);
      }
    }
    if (!ranges.empty()) {
      ranges.erase(ranges.begin() + static_cast<std::ptrdiff_t>(kept) + 1, ranges.end());
    }
    return ranges;
  }

  static List united(const List& a, const List& b) {
    if (a.empty() || b.empty()) {
      return a.empty() ? b : a;
    }
    List result;
    result.reserve(a.size() + b.size());
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() || right != b.end()) {
      const bool take_left = right == b.end() || (left != a.end() && left->first < right->first);
      append(result, take_left ? *left++ : *right++);
    }
    return result;
  }

  static List intersected(const List& a, const List& b) {
    List result;
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
      const auto first = std::max(left->first, right->first);
      const auto last = std::min(left->last, right->last);
      if (!(last < first)) {
        if (result.empty()) {
          result.reserve(std::max(a.size(), b.size()));
        }
        // Pieces of one range are parted by a gap of the other, so they never touch.
        result.push_back(Range{first, last});
      }
      if (left->last < right->last) {
        ++left;
      } else {
        ++right;
      }
    }
    return result;
  }

  static List without(const List& a, const List& b) {
    if (b.empty()) {
      return a;
    }
    List result;
    auto hole = b.begin();
    for (const Range& range : a) {
      while (hole != b.end() && hole->last < range.first) {
        ++hole;
      }
      cut(range, hole, b.end(), result);
    }
    return result;
  }

  /// True if every point of `b` is in `a`.
  static bool contains(const List& a, const List& b) {
    auto outer = a.begin();
    for (const Range& inner : b) {
      while (outer != a.end() && outer->last < inner.first) {
        ++outer;
      }
      if (outer == a.end() || inner.first < outer->first || outer->last < inner.last) {
        return false;
      }
    }
    return true;
  }

  static bool overlaps(const List& a, const List& b) {
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() && right != b.end()) {
      if (left->last < right->first) {
        ++left;
      } else if (right->last < left->first) {
        ++right;
      } else {
        return true;
      }
    }
    return false;
  }

 private:
  /// Adds to `result` what the holes leave of `range`; stops at the last hole that may reach
  /// beyond it, because the next range may meet that hole too.
  template <class Iterator>
  static void cut(Range range, Iterator& hole, Iterator end, List& result) {
    for (; hole != end && !(range.last < hole->first); ++hole) {
      if (range.first < hole->first) {
        result.push_back(Range{range.first, Steps::before(hole->first)});
      }
      if (!(hole->last < range.last)) {
        return;
      }
      range.first = Steps::after(hole->last);
    }
    result.push_back(range);
  }
};

}  // namespace portolan
