#include "chart/columns.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

namespace portolan::chart {

namespace {

static_assert(std::endian::native == std::endian::little, "columns are copied as they lie");

constexpr std::string_view kMagic = "PTLC";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kHead = 16;        // magic, version, nodes, sections
constexpr std::size_t kTableEntry = 12;  // tag, offset, bytes
constexpr std::size_t kAlignment = 8;
constexpr std::size_t kNodesMost = 50'000'000;

template <class Value>
void append(std::string& bytes, const Value& value) {
  static_assert(std::is_trivially_copyable_v<Value>);
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Sections in the order they were added, with a table of where they are.
class Sections {
 public:
  explicit Sections(std::size_t nodes) : nodes_(nodes) {}

  void add(std::string_view tag, std::string bytes) { parts_.emplace_back(tag, std::move(bytes)); }

  std::string take() {
    std::string out(kMagic);
    append(out, kVersion);
    append(out, static_cast<std::uint32_t>(nodes_));
    append(out, static_cast<std::uint32_t>(parts_.size()));
    std::size_t offset = aligned(kHead + parts_.size() * kTableEntry);
    for (const auto& [tag, bytes] : parts_) {
      out += tag;
      append(out, static_cast<std::uint32_t>(offset));
      append(out, static_cast<std::uint32_t>(bytes.size()));
      offset = aligned(offset + bytes.size());
    }
    for (const auto& [tag, bytes] : parts_) {
      out.resize(aligned(out.size()));
      out += bytes;
    }
    out.resize(aligned(out.size()));
    return out;
  }

 private:
  static std::size_t aligned(std::size_t offset) {
    return (offset + kAlignment - 1) / kAlignment * kAlignment;
  }

  std::size_t nodes_;
  std::vector<std::pair<std::string_view, std::string>> parts_;
};

/// A column of what `get` says of each node.
template <class Get>
std::string column(const Chart& chart, const Get& get) {
  std::string bytes;
  bytes.reserve(chart.size() * sizeof(get(chart.nodes().front())));
  for (const Node& node : chart.nodes()) {
    append(bytes, get(node));
  }
  return bytes;
}

void add_texts(Sections& sections, std::string_view offsets_tag, std::string_view text_tag,
               const Chart& chart, std::string Node::*member) {
  std::string offsets;
  std::string texts;
  append(offsets, std::uint32_t{0});
  for (const Node& node : chart.nodes()) {
    texts += node.*member;
    append(offsets, static_cast<std::uint32_t>(texts.size()));
  }
  sections.add(offsets_tag, std::move(offsets));
  sections.add(text_tag, std::move(texts));
}

tl::unexpected<Error> bad(std::string message) { return fail("bad_columns", std::move(message)); }

/// Reads sections; every access is within the bytes.
class Reader {
 public:
  static Result<Reader> of(std::string_view bytes) {
    if (bytes.size() < kHead || bytes.substr(0, 4) != kMagic) {
      return bad("no chart: it does not begin with `PTLC`");
    }
    Reader reader(bytes);
    if (reader.number(4) != kVersion) {
      return bad("a version that is not known");
    }
    reader.nodes_ = reader.number(8);
    const std::size_t sections = reader.number(12);
    if (reader.nodes_ > kNodesMost || sections > (bytes.size() - kHead) / kTableEntry) {
      return bad("more nodes or sections than there are bytes");
    }
    for (std::size_t i = 0; i < sections; ++i) {
      const std::size_t entry = kHead + i * kTableEntry;
      const std::size_t offset = reader.number(entry + 4);
      const std::size_t size = reader.number(entry + 8);
      if (offset % kAlignment != 0 || offset > bytes.size() || size > bytes.size() - offset) {
        return bad("a section lies outside of the bytes");
      }
      reader.sections_[bytes.substr(entry, 4)] = bytes.substr(offset, size);
    }
    return reader;
  }

  [[nodiscard]] std::size_t nodes() const { return nodes_; }

  /// A column of one value for each node, and `more` beyond.
  template <class Value>
  [[nodiscard]] Result<std::vector<Value>> column(std::string_view tag,
                                                  std::size_t more = 0) const {
    const auto section = sections_.find(tag);
    if (section == sections_.end() || section->second.size() != (nodes_ + more) * sizeof(Value)) {
      return bad("section `" + std::string(tag) + "` is missing or of the wrong size");
    }
    std::vector<Value> values(nodes_ + more);
    if (!values.empty()) {
      std::memcpy(values.data(), section->second.data(), section->second.size());
    }
    return values;
  }

  [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view offsets_tag,
                                                       std::string_view text_tag) const {
    const auto offsets = TRY(column<std::uint32_t>(offsets_tag, 1));
    const auto section = sections_.find(text_tag);
    if (section == sections_.end()) {
      return bad("section `" + std::string(text_tag) + "` is missing");
    }
    std::vector<std::string> texts;
    texts.reserve(nodes_);
    for (std::size_t i = 0; i < nodes_; ++i) {
      if (offsets[i] > offsets[i + 1] || offsets[i + 1] > section->second.size()) {
        return bad("a text lies outside of its section");
      }
      texts.emplace_back(section->second.substr(offsets[i], offsets[i + 1] - offsets[i]));
    }
    return texts;
  }

 private:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] std::uint32_t number(std::size_t at) const {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes_.data() + at, sizeof value);
    return value;
  }

  std::string_view bytes_;
  std::size_t nodes_ = 0;
  std::map<std::string_view, std::string_view> sections_;
};

using Corners = std::array<float, 4>;

Corners corners_of(const Rect& rect) { return {rect.x, rect.y, rect.width, rect.height}; }
Rect rect_of(const Corners& corners) {
  return {.x = corners[0], .y = corners[1], .width = corners[2], .height = corners[3]};
}

bool is_before(std::int32_t parent, std::size_t number) {
  return parent >= kNoNode && parent < static_cast<std::int64_t>(number);
}

boost::json::value json_of(const Rect& rect) {
  if (!rect.exists()) {
    return nullptr;
  }
  const auto rounded = [](float value) { return std::round(double{value} * 1000) / 1000; };
  return boost::json::array{rounded(rect.x), rounded(rect.y), rounded(rect.width),
                            rounded(rect.height)};
}

}  // namespace

std::string columns_of(const Chart& chart) {
  Sections sections(chart.size());
  sections.add("PARE", column(chart, [](const Node& node) { return node.parent; }));
  sections.add("PARP", column(chart, [](const Node& node) { return node.policy_parent; }));
  sections.add("KIND", column(chart, [](const Node& node) { return node.kind; }));
  sections.add("RISK", column(chart, [](const Node& node) { return node.risk; }));
  sections.add("FLAG", column(chart, [](const Node& node) { return node.flags; }));
  sections.add("FIND", column(chart, [](const Node& node) { return node.findings; }));
  sections.add("RECL", column(chart, [](const Node& node) { return corners_of(node.rect); }));
  sections.add("RECP",
               column(chart, [](const Node& node) { return corners_of(node.policy_rect); }));
  sections.add("PORT", column(chart, [](const Node& node) { return node.services; }));
  add_texts(sections, "KEYO", "KEYT", chart, &Node::key);
  add_texts(sections, "NAMO", "NAMT", chart, &Node::name);
  return sections.take();
}

Result<Chart> read_columns(std::string_view bytes) {
  const Reader reader = TRY(Reader::of(bytes));
  const auto parents = TRY(reader.column<std::int32_t>("PARE"));
  const auto policy_parents = TRY(reader.column<std::int32_t>("PARP"));
  const auto kinds = TRY(reader.column<std::uint8_t>("KIND"));
  const auto risks = TRY(reader.column<std::uint8_t>("RISK"));
  const auto flags = TRY(reader.column<std::uint16_t>("FLAG"));
  const auto findings = TRY(reader.column<std::uint32_t>("FIND"));
  const auto rects = TRY(reader.column<Corners>("RECL"));
  const auto policy_rects = TRY(reader.column<Corners>("RECP"));
  const auto services = TRY(reader.column<std::uint16_t>("PORT"));
  auto keys = TRY(reader.texts("KEYO", "KEYT"));
  auto names = TRY(reader.texts("NAMO", "NAMT"));
  std::vector<Node> nodes(reader.nodes());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!is_before(parents[i], i) || !is_before(policy_parents[i], i) ||
        kinds[i] > static_cast<std::uint8_t>(NodeKind::Internet)) {
      return bad("a node whose parent does not stand before it, or of no known kind");
    }
    nodes[i] = {.key = std::move(keys[i]),
                .name = std::move(names[i]),
                .kind = static_cast<NodeKind>(kinds[i]),
                .parent = parents[i],
                .policy_parent = policy_parents[i],
                .rect = rect_of(rects[i]),
                .policy_rect = rect_of(policy_rects[i]),
                .flags = flags[i],
                .risk = risks[i],
                .findings = findings[i],
                .services = services[i]};
  }
  return Chart(std::move(nodes));
}

boost::json::object json_of(const Chart& chart) {
  boost::json::array nodes;
  nodes.reserve(chart.size());
  for (const Node& node : chart.nodes()) {
    nodes.push_back({{"key", node.key},
                     {"name", node.name},
                     {"kind", text(node.kind)},
                     {"parent", node.parent},
                     {"policy_parent", node.policy_parent},
                     {"rect", json_of(node.rect)},
                     {"policy_rect", json_of(node.policy_rect)},
                     {"flags", node.flags},
                     {"risk", node.risk},
                     {"findings", node.findings},
                     {"services", node.services}});
  }
  return {{"nodes", std::move(nodes)}};
}

}  // namespace portolan::chart
