#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "chart/colours.h"
#include "chart/export.h"
#include "core/text.h"

namespace portolan::chart {

namespace {

constexpr float kMargin = 16;
constexpr float kLegend = 74;
constexpr float kTextLeast = 2.2F;  // smaller text is left out

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : printable(text)) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

/// At most so many characters, whole ones.
std::string shortened(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t characters = 0; at < text.size(); ++characters) {
    if (characters == most) {
      return std::string(text.substr(0, at)) + "…";
    }
    do {
      ++at;
    } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80);
  }
  return std::string(text);
}

struct Style {
  std::string_view fill;
  std::string_view line;
  float corner = 0;
  float text_share = 0;  // of the shorter side; 0: no label
  float text_most = 0;
};

Style style_of(NodeKind kind) {
  switch (kind) {
    case NodeKind::Organisation:
      return {.fill = "#f4f6f9", .line = "none", .corner = 6};
    case NodeKind::Account:
      return {
          .fill = "#e9edf3", .line = "#d3dae4", .corner = 6, .text_share = 0.04F, .text_most = 13};
    case NodeKind::Region:
      return {
          .fill = "#f4f6f9", .line = "#d3dae4", .corner = 5, .text_share = 0.04F, .text_most = 12};
    case NodeKind::Vpc:
      return {
          .fill = "#ffffff", .line = "#8fa0b5", .corner = 4, .text_share = 0.05F, .text_most = 11};
    case NodeKind::Zone:
      return {
          .fill = "#f6f8fb", .line = "#e1e7ef", .corner = 3, .text_share = 0.05F, .text_most = 8};
    case NodeKind::Subnet:
    case NodeKind::Class:
      return {
          .fill = "#e7eef7", .line = "#c4d2e3", .corner = 2, .text_share = 0.085F, .text_most = 8};
    case NodeKind::Balancer:
      return {.fill = "#5b4b8a", .line = "#ffffff", .corner = 1.5F};
    case NodeKind::Gateway:
      return {.fill = "#33475b", .line = "#ffffff", .corner = 1.5F};
    case NodeKind::Outside:
      return {
          .fill = "#dfe5ec", .line = "#9aa8b8", .corner = 3, .text_share = 0.2F, .text_most = 8};
    case NodeKind::Interface:
    case NodeKind::Internet:
      break;
  }
  return {};
}

std::string_view name_of(const Node& node) { return node.name.empty() ? node.key : node.name; }

class Drawing {
 public:
  explicit Drawing(const Plan& plan) : plan_(plan) {}

  std::string run() {
    const Rect& root = plan_.chart.rect_of(0, plan_.lens);
    const float width = root.width + 2 * kMargin;
    const float height = root.height + 2 * kMargin + kLegend;
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.1f} {1:.1f}\" "
        "width=\"{0:.0f}\" "
        "height=\"{1:.0f}\" font-family=\"system-ui, sans-serif\">\n"
        "<title>{2}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fbfcfd\"/>\n"
        "<g transform=\"translate({3},{4})\">\n",
        width, height, escaped(plan_.title), kMargin, kMargin);
    draw_holders();
    draw_interfaces();
    draw_ribbons();
    draw_labels();
    out_ += "</g>\n";
    draw_legend(root.height + kMargin + 22);
    return std::move(out_) + "</svg>\n";
  }

 private:
  void draw_holders() {
    for (NodeNumber number = 0; number < plan_.chart.size(); ++number) {
      const Node& node = plan_.chart[number];
      const Rect& rect = plan_.chart.rect_of(number, plan_.lens);
      const bool is_flat = node.kind == NodeKind::Interface || node.kind == NodeKind::Internet;
      if (is_flat || !rect.exists()) {
        continue;
      }
      const Style style = style_of(node.kind);
      const float corner = std::min({style.corner, rect.width / 4, rect.height / 4});
      out_ += fmt::format(
          "<rect x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" rx=\"{:.2f}\" "
          "fill=\"{}\" stroke=\"{}\" stroke-width=\"{:.2f}\"><title>{}</title></rect>\n",
          rect.x, rect.y, rect.width, rect.height, corner,
          node.kind == NodeKind::Balancer && (node.flags & kReachable) != 0
              ? colour_of(look_of(node))
              : style.fill,
          style.line, std::min(0.8F, rect.height / 8), escaped(title_of(node)));
    }
  }

  static std::string title_of(const Node& node) {
    return fmt::format("{} {}{}", text(node.kind), name_of(node),
                       node.name.empty() ? "" : " (" + node.key + ")");
  }

  /// One path for all of one colour: estates have very many.
  void draw_interfaces() {
    std::array<std::string, kLooks> paths;
    for (NodeNumber number = 0; number < plan_.chart.size(); ++number) {
      const Node& node = plan_.chart[number];
      const Rect& rect = plan_.chart.rect_of(number, plan_.lens);
      if (node.kind == NodeKind::Interface && rect.exists()) {
        paths.at(static_cast<std::size_t>(look_of(node))) +=
            fmt::format("M{:.2f} {:.2f}h{:.2f}v{:.2f}h-{:.2f}z", rect.x, rect.y, rect.width,
                        rect.height, rect.width);
      }
    }
    for (std::size_t look = kLooks; look-- > 0;) {
      if (!paths.at(look).empty()) {
        out_ += fmt::format("<path fill=\"{}\" d=\"{}\"/>\n", colour_of(static_cast<Look>(look)),
                            paths.at(look));
      }
    }
  }

  /// Where ribbons begin and end: the middle; the internet is above the upper edge.
  [[nodiscard]] std::pair<float, float> anchor_of(NodeNumber number) const {
    const Rect& rect = plan_.chart.rect_of(number, plan_.lens);
    if (number == plan_.chart.internet()) {
      return {rect.x + rect.width / 2, 0};
    }
    return {rect.x + rect.width / 2, rect.y + rect.height / 2};
  }

  void draw_ribbons() {
    if (plan_.ribbons == nullptr) {
      return;
    }
    for (const Ribbon& ribbon : plan_.ribbons->ribbons) {
      if (ribbon.from == ribbon.to) {
        continue;
      }
      const auto [x1, y1] = anchor_of(ribbon.from);
      const auto [x2, y2] = anchor_of(ribbon.to);
      const float bend = 0.12F;
      out_ += fmt::format(
          "<path d=\"M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}\" fill=\"none\" stroke=\"{}\" "
          "stroke-width=\"{:.2f}\" stroke-opacity=\"0.55\"{}><title>{}</title></path>\n",
          x1, y1, (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend, x2, y2,
          line_colour(ribbon), 0.5 + 0.3 * std::log10(static_cast<double>(ribbon.pairs) + 1),
          ribbon.state() == RibbonState::Open ? "" : " stroke-dasharray=\"3 2\"",
          escaped(ribbon_title(ribbon)));
    }
  }

  static std::string_view line_colour(const Ribbon& ribbon) {
    switch (ribbon.exposure) {
      case Exposure::Internet:
        return ribbon.is_risky ? "#d55e00" : "#e69f00";
      case Exposure::Outside:
        return "#cc79a7";
      case Exposure::Account:
        return "#0072b2";
      case Exposure::Vpc:
        return "#56b4e9";
      case Exposure::Intra:
        break;
    }
    return "#7b8794";
  }

  std::string ribbon_title(const Ribbon& ribbon) const {
    return fmt::format("{} → {}: {} ({} {})", name_of(plan_.chart[ribbon.from]),
                       name_of(plan_.chart[ribbon.to]), ribbon.passage.possible().text(),
                       ribbon.pairs, ribbon.pairs == 1 ? "pair" : "pairs");
  }

  void draw_labels() {
    for (NodeNumber number = 0; number < plan_.chart.size(); ++number) {
      const Node& node = plan_.chart[number];
      const Rect& rect = plan_.chart.rect_of(number, plan_.lens);
      const Style style = style_of(node.kind);
      if (!rect.exists() || style.text_share == 0) {
        continue;
      }
      const float size =
          std::min(style.text_most, std::min(rect.width, rect.height) * style.text_share);
      const auto letters = static_cast<std::size_t>(rect.width * 0.94F / (size * 0.55F));
      if (size < kTextLeast || letters < 3) {
        continue;
      }
      out_ += fmt::format(
          "<text x=\"{:.2f}\" y=\"{:.2f}\" font-size=\"{:.2f}\" fill=\"#2b3a4a\">{}</text>\n",
          rect.x + size * 0.6F, rect.y + size * 1.25F, size,
          escaped(shortened(name_of(node), letters - 1)));
    }
  }

  void draw_legend(float y) {
    float x = kMargin;
    for (std::size_t look = 0; look < kLooks; ++look) {
      const auto each = static_cast<Look>(look);
      out_ += fmt::format(
          "<rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"10\" height=\"10\" rx=\"2\" fill=\"{}\"/>"
          "<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"10\" fill=\"#2b3a4a\">{}</text>\n",
          x, y, colour_of(each), x + 15, y + 9, meaning_of(each));
      x += 290;
      if (look == 2) {
        x = kMargin;
        y += 16;
      }
    }
    if (plan_.ribbons != nullptr && plan_.ribbons->hidden > 0) {
      out_ += fmt::format(
          "<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"10\" fill=\"#2b3a4a\">{} more "
          "connections are not drawn</text>\n",
          kMargin, y + 26, plan_.ribbons->hidden);
    }
  }

  const Plan& plan_;
  std::string out_;
};

}  // namespace

std::string plan_svg(const Plan& plan) { return Drawing(plan).run(); }

}  // namespace portolan::chart
