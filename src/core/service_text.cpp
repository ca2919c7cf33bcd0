#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/range_list.h"
#include "core/service.h"
#include "core/text.h"

namespace portolan {
namespace {

using Point = ServiceSet::Point;
using Segment = ServiceSet::Segment;

struct PointSteps {
  static bool adjacent(Point point, Point other) { return point + 1 == other; }
};

using Segments = RangeList<Segment, PointSteps>;

struct Block {
  std::string_view name;
  Point base;
  bool has_codes;  // points are type * 256 + code
};

constexpr Block kBlocks[] = {
    {"tcp", ServiceSet::kTcp, false},
    {"udp", ServiceSet::kUdp, false},
    {"icmp", ServiceSet::kIcmp, true},
    {"icmpv6", ServiceSet::kIcmpV6, true},
};

// --- writing ---

/// The part of `segments` between `base` and `end`, counted from `base`.
std::vector<Segment> clipped(const std::vector<Segment>& segments, Point base, Point end) {
  std::vector<Segment> result;
  for (const Segment& segment : segments) {
    if (segment.first < end && segment.last >= base) {
      result.push_back(
          {std::max(segment.first, base) - base, std::min(segment.last, end - 1) - base});
    }
  }
  return result;
}

/// `80,443,1024-65535`
std::string list_text(const std::vector<Segment>& numbers) {
  std::string result;
  for (const Segment& number : numbers) {
    result += result.empty() ? "" : ",";
    if (number.first == number.last) {
      fmt::format_to(std::back_inserter(result), "{}", number.first);
    } else {
      fmt::format_to(std::back_inserter(result), "{}-{}", number.first, number.last);
    }
  }
  return result;
}

/// `icmp/0,8` for types with every code, then `icmp/3/4` for each type with some codes only.
void write_types(std::string_view name, const std::vector<Segment>& points,
                 std::vector<std::string>& words) {
  std::vector<Segment> whole;
  std::vector<std::pair<Point, std::vector<Segment>>> some;
  for (const Segment& segment : points) {
    for (Point type = segment.first / 256; type <= segment.last / 256; ++type) {
      const Point first = std::max(segment.first, type * 256) - type * 256;
      const Point last = std::min(segment.last, type * 256 + 255) - type * 256;
      if (first == 0 && last == 255) {
        Segments::append(whole, {type, type});
        continue;
      }
      if (some.empty() || some.back().first != type) {
        some.emplace_back(type, std::vector<Segment>{});
      }
      some.back().second.push_back({first, last});
    }
  }
  if (!whole.empty()) {
    words.push_back(fmt::format("{}/{}", name, list_text(whole)));
  }
  for (const auto& [type, codes] : some) {
    words.push_back(fmt::format("{}/{}/{}", name, type, list_text(codes)));
  }
}

void write_block(const Block& block, const std::vector<Segment>& segments,
                 std::vector<std::string>& words) {
  const auto points = clipped(segments, block.base, block.base + ServiceSet::kBlock);
  if (points.empty()) {
    return;
  }
  if (points.front() == Segment{0, ServiceSet::kBlock - 1}) {
    words.emplace_back(block.name);
  } else if (block.has_codes) {
    write_types(block.name, points, words);
  } else {
    words.push_back(fmt::format("{}/{}", block.name, list_text(points)));
  }
}

// --- reading ---

/// Reads `80,443,1024-65535`; nothing if it is not such a list or a number is above `most`.
std::optional<std::vector<Segment>> read_list(std::string_view text, Point most) {
  std::vector<Segment> numbers;
  for (const std::string_view part : split(text, ',')) {
    const std::size_t dash = part.find('-');
    const auto first = decimal(part.substr(0, dash), most);
    const auto last = dash == std::string_view::npos ? first : decimal(part.substr(dash + 1), most);
    if (!first || !last || *first > *last) {
      return std::nullopt;
    }
    numbers.push_back({*first, *last});
  }
  return numbers;
}

/// Reads what follows `icmp/`: types, or one type and its codes.
bool read_types(std::string_view text, Point base, std::vector<Segment>& points) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    const auto types = read_list(text, 255);
    for (const Segment& type : types.value_or(std::vector<Segment>{})) {
      points.push_back({base + type.first * 256, base + type.last * 256 + 255});
    }
    return types.has_value();
  }
  const auto type = decimal(text.substr(0, slash), 255);
  const auto codes = read_list(text.substr(slash + 1), 255);
  if (!type || !codes) {
    return false;
  }
  for (const Segment& code : *codes) {
    points.push_back({base + *type * 256 + code.first, base + *type * 256 + code.last});
  }
  return true;
}

bool read_ports(std::string_view text, Point base, std::vector<Segment>& points) {
  const auto ports = read_list(text, ServiceSet::kBlock - 1);
  for (const Segment& port : ports.value_or(std::vector<Segment>{})) {
    points.push_back({base + port.first, base + port.last});
  }
  return ports.has_value();
}

bool read_protocols(std::string_view text, std::vector<Segment>& points) {
  const auto ranges = read_list(text, 255);
  for (const Segment& range : ranges.value_or(std::vector<Segment>{})) {
    for (Point number = range.first; number <= range.last; ++number) {
      const Segment point = ServiceSet::protocol(static_cast<int>(number)).segments().front();
      // Neighbours melt at once, so that a short text cannot make a long list.
      if (!points.empty() && PointSteps::adjacent(points.back().last, point.first)) {
        points.back().last = point.last;
      } else {
        points.push_back(point);
      }
    }
  }
  return ranges.has_value();
}

void add_all(const ServiceSet& set, std::vector<Segment>& points) {
  points.insert(points.end(), set.segments().begin(), set.segments().end());
}

/// Adds the points of one service, such as `tcp/80,443`; false if `word` is none.
bool read_service(std::string_view word, std::vector<Segment>& points) {
  if (word == "any") {
    add_all(ServiceSet::all(), points);
    return true;
  }
  if (word == "none") {
    return true;
  }
  const std::size_t slash = word.find('/');
  const std::string_view name = word.substr(0, slash);
  const bool bare = slash == std::string_view::npos;
  if (name == "proto") {
    return !bare && read_protocols(word.substr(slash + 1), points);
  }
  const auto* const block = std::find_if(std::begin(kBlocks), std::end(kBlocks),
                                         [&](const Block& each) { return each.name == name; });
  if (block == std::end(kBlocks)) {
    return false;
  }
  if (bare) {
    points.push_back({block->base, block->base + ServiceSet::kBlock - 1});
    return true;
  }
  const std::string_view rest = word.substr(slash + 1);
  return block->has_codes ? read_types(rest, block->base, points)
                          : read_ports(rest, block->base, points);
}

}  // namespace

std::string ServiceSet::text() const {
  if (empty()) {
    return "none";
  }
  if (is_all()) {
    return "any";
  }
  std::vector<std::string> words;
  for (const Block& block : kBlocks) {
    write_block(block, segments_, words);
  }
  const auto protocols = clipped(segments_, kOther, kEnd);
  if (!protocols.empty()) {
    words.push_back("proto/" + list_text(protocols));
  }
  return joined(words, " ");
}

Result<ServiceSet> ServiceSet::parse(std::string_view text) {
  std::vector<Segment> points;
  bool said_something = false;
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) {
      continue;
    }
    said_something = true;
    if (!read_service(word, points)) {
      return fail("bad_service",
                  fmt::format("`{}` is not a service, write one like `tcp/80,443`, `udp/53`, "
                              "`icmp/8`, `proto/50` or `any`",
                              word));
    }
  }
  if (!said_something) {
    return fail("bad_service", "the service is empty, write `any`, or `none` if none is meant");
  }
  ServiceSet set;
  set.segments_ = Segments::normalised(std::move(points));
  return set;
}

}  // namespace portolan
