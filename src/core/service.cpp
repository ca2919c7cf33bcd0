#include "core/service.h"

#include <algorithm>
#include <array>

#include "core/assert.h"
#include "core/range_list.h"

namespace portolan {
namespace {

using Point = ServiceSet::Point;
using Segment = ServiceSet::Segment;

struct PointSteps {
  static Point after(Point point) { return point + 1; }
  static Point before(Point point) { return point - 1; }
  static bool adjacent(Point point, Point other) { return point + 1 == other; }
};

using Segments = RangeList<Segment, PointSteps>;

constexpr Point other_point(int protocol) {
  return ServiceSet::kOther + static_cast<Point>(protocol);
}

/// Every service. The points of the four protocols with blocks of their own do not exist.
constexpr std::array<Segment, 5> kAll = {{
    {0, other_point(kProtocolIcmp) - 1},
    {other_point(kProtocolIcmp) + 1, other_point(kProtocolTcp) - 1},
    {other_point(kProtocolTcp) + 1, other_point(kProtocolUdp) - 1},
    {other_point(kProtocolUdp) + 1, other_point(kProtocolIcmpV6) - 1},
    {other_point(kProtocolIcmpV6) + 1, ServiceSet::kEnd - 1},
}};

Segment port_segment(Point base, int first_port, int last_port) {
  PORTOLAN_ASSERT(first_port >= 0);
  PORTOLAN_ASSERT(first_port <= last_port);
  PORTOLAN_ASSERT(last_port < static_cast<int>(ServiceSet::kBlock));
  return {base + static_cast<Point>(first_port), base + static_cast<Point>(last_port)};
}

std::vector<Segment> icmp_segments(Point base, int type, int code) {
  PORTOLAN_ASSERT(type >= -1 && type <= 255);
  PORTOLAN_ASSERT(code >= -1 && code <= 255);
  const Point first_type = type == -1 ? 0 : static_cast<Point>(type);
  const Point last_type = type == -1 ? 255 : static_cast<Point>(type);
  if (code == -1) {
    return {{base + first_type * 256, base + last_type * 256 + 255}};
  }
  std::vector<Segment> segments;
  for (Point each = first_type; each <= last_type; ++each) {
    const Point point = base + each * 256 + static_cast<Point>(code);
    segments.push_back({point, point});
  }
  return segments;
}

}  // namespace

ServiceSet ServiceSet::of(Point first, Point last) {
  ServiceSet set;
  set.segments_.push_back({first, last});
  return set;
}

ServiceSet ServiceSet::of_segments(const std::vector<Segment>& segments) {
  ServiceSet set;
  for (const Segment& segment : segments) {
    Segments::append(set.segments_, segment);
  }
  return set;
}

ServiceSet ServiceSet::all() {
  ServiceSet set;
  set.segments_.assign(kAll.begin(), kAll.end());
  return set;
}

ServiceSet ServiceSet::tcp(int first_port, int last_port) {
  const Segment segment = port_segment(kTcp, first_port, last_port);
  return of(segment.first, segment.last);
}

ServiceSet ServiceSet::udp(int first_port, int last_port) {
  const Segment segment = port_segment(kUdp, first_port, last_port);
  return of(segment.first, segment.last);
}

ServiceSet ServiceSet::icmp(int type, int code) {
  ServiceSet set;
  set.segments_ = icmp_segments(kIcmp, type, code);
  return set;
}

ServiceSet ServiceSet::icmpv6(int type, int code) {
  ServiceSet set;
  set.segments_ = icmp_segments(kIcmpV6, type, code);
  return set;
}

ServiceSet ServiceSet::protocol(int number) {
  PORTOLAN_ASSERT(number >= 0);
  PORTOLAN_ASSERT(number <= 255);
  switch (number) {
    case kProtocolTcp:
      return of(kTcp, kTcp + kBlock - 1);
    case kProtocolUdp:
      return of(kUdp, kUdp + kBlock - 1);
    case kProtocolIcmp:
      return of(kIcmp, kIcmp + kBlock - 1);
    case kProtocolIcmpV6:
      return of(kIcmpV6, kIcmpV6 + kBlock - 1);
  }
  return of(other_point(number), other_point(number));
}

bool ServiceSet::is_all() const {
  return std::equal(segments_.begin(), segments_.end(), kAll.begin(), kAll.end());
}

bool ServiceSet::contains(const ServiceSet& other) const {
  return Segments::contains(segments_, other.segments_);
}

bool ServiceSet::overlaps(const ServiceSet& other) const {
  return Segments::overlaps(segments_, other.segments_);
}

ServiceSet ServiceSet::united(const ServiceSet& other) const {
  ServiceSet set;
  set.segments_ = Segments::united(segments_, other.segments_);
  return set;
}

ServiceSet ServiceSet::intersected(const ServiceSet& other) const {
  ServiceSet set;
  set.segments_ = Segments::intersected(segments_, other.segments_);
  return set;
}

ServiceSet ServiceSet::without(const ServiceSet& other) const {
  ServiceSet set;
  set.segments_ = Segments::without(segments_, other.segments_);
  return set;
}

int ServiceSet::count(Point base, Point size) const {
  int sum = 0;
  for (const Segment& segment : segments_) {
    const Point first = std::max(segment.first, base);
    const Point last = std::min(segment.last, base + size - 1);
    sum += first <= last ? static_cast<int>(last - first + 1) : 0;
  }
  return sum;
}

}  // namespace portolan
