#include <algorithm>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "core/text.h"
#include "report/escape.h"
#include "report/exposure.h"
#include "report/layout.h"

namespace portolan::report {
namespace {

// In units of the viewBox, which is as many pixels on a wide screen. Widths of text are guessed
// from its columns, as fonts are not known here: a fixed-width digit is six tenths of its size.
constexpr int kWidth = 960;
constexpr int kRowHeight = 40;
constexpr int kMargin = 12;
constexpr int kInternetWidth = 104;
constexpr int kInternetHeight = 44;
constexpr int kServicesLeft = 220;
constexpr int kServicesRight = 500;
constexpr int kTargetLeft = 520;
constexpr int kColumnWidth = 8;  // of the services' fixed-width font of 13
constexpr int kPillPadding = 8;
constexpr int kPillGap = 6;
constexpr int kMoreWidth = 32;
constexpr std::size_t kNameMost = 40;      // columns
constexpr std::size_t kBelowMost = 64;     // columns
constexpr std::size_t kServicesMost = 30;  // columns of one pill

/// `text` cut to `most` columns.
std::string cut(std::string_view text, std::size_t most) {
  std::string result = printable(text);
  if (columns(result) <= most) {
    return result;
  }
  while (!result.empty() && columns(result) >= most) {
    do {
      result.pop_back();
    } while (!result.empty() && (static_cast<unsigned char>(result.back()) & 0x80U) != 0 &&
             (static_cast<unsigned char>(result.back()) & 0xc0U) != 0xc0U);
    if (!result.empty() && (static_cast<unsigned char>(result.back()) & 0xc0U) == 0xc0U) {
      result.pop_back();  // the first byte of the character whose rest is gone
    }
  }
  return result + "…";
}

class Chart {
 public:
  explicit Chart(std::size_t rows) : height_(static_cast<int>(rows) * kRowHeight + 2 * kMargin) {}

  void add_curve(std::size_t row, Risk risk) {
    const int from = height_ / 2;
    const int to = middle_of(row);
    constexpr int kBend = (kServicesLeft + kInternetWidth) / 2;
    append("<path class=\"way {}\" d=\"M{} {}C{} {} {} {} {} {}\"/>\n", text(risk), kInternetWidth,
           from, kBend, from, kBend, to, kServicesLeft - 4, to);
  }

  void add_internet() {
    const int top = (height_ - kInternetHeight) / 2;
    append("<rect class=\"node\" x=\"1\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n", top,
           kInternetWidth, kInternetHeight);
    append("<text class=\"name\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">internet</text>\n",
           kInternetWidth / 2, height_ / 2 + 5);
  }

  void add_target(std::size_t row, const Exposed& exposed) {
    const int y = middle_of(row);
    const std::string name = exposed.name.empty() ? exposed.target : exposed.name;
    std::string below = exposed.name.empty() ? "" : exposed.target;
    if (!exposed.address.empty()) {
      below += (below.empty() ? "" : "  ") + exposed.address;
    }
    const std::string others =
        exposed.others == 0
            ? ""
            : fmt::format("<tspan class=\"faint\"> and {} more alike</tspan>", exposed.others);
    append("<text class=\"name\" x=\"{}\" y=\"{}\">{}{}</text>\n", kTargetLeft, y - 2,
           xml_text(cut(name, kNameMost)), others);
    append("<text class=\"small\" x=\"{}\" y=\"{}\">{}</text>\n", kTargetLeft, y + 13,
           xml_text(cut(below, kBelowMost)));
  }

  /// Side by side, with how many are left where they do not fit, and a line on to the target.
  void add_services(std::size_t row, const std::vector<ExposedService>& services) {
    int x = kServicesLeft;
    const int y = middle_of(row);
    for (std::size_t i = 0; i < services.size(); ++i) {
      const std::string label = cut(services[i].services, kServicesMost);
      const int width = static_cast<int>(columns(label)) * kColumnWidth + 2 * kPillPadding;
      if (i > 0 && x + width > kServicesRight) {
        append("<text class=\"small\" x=\"{}\" y=\"{}\">+{}</text>\n", x, y + 4,
               services.size() - i);
        x += kMoreWidth;
        break;
      }
      add_pill(x, y, width, services[i], label);
      x += width + kPillGap;
    }
    append("<path class=\"on\" d=\"M{} {}H{}\"/>\n", x, y, kTargetLeft - kPillGap);
  }

  [[nodiscard]] std::string take() const {
    return fmt::format(
        "<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" "
        "aria-label=\"What the internet reaches\">\n{}</svg>\n",
        kWidth, height_, out_);
  }

 private:
  static int middle_of(std::size_t row) {
    return kMargin + static_cast<int>(row) * kRowHeight + kRowHeight / 2;
  }

  void add_pill(int x, int y, int width, const ExposedService& service, std::string_view label) {
    append(
        "<a class=\"{}\" href=\"#f{}\"><rect class=\"pill\" x=\"{}\" y=\"{}\" width=\"{}\" "
        "height=\"22\" rx=\"4\"/><text class=\"service\" x=\"{}\" y=\"{}\">{}</text></a>\n",
        text(service.risk), service.finding, x, y - 11, width, x + kPillPadding, y + 4,
        xml_text(label));
  }

  template <class... Values>
  void append(fmt::format_string<Values...> format, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Values>(values)...);
  }

  int height_;
  std::string out_;
};

}  // namespace

std::string exposure_chart(const std::vector<Exposed>& exposed, std::size_t rows_most) {
  const std::size_t rows = std::min(exposed.size(), rows_most);
  Chart chart(rows);
  for (std::size_t i = rows; i-- > 0;) {  // so that the worst way lies on top
    chart.add_curve(i, exposed[i].services.front().risk);
  }
  chart.add_internet();
  for (std::size_t i = 0; i < rows; ++i) {
    chart.add_target(i, exposed[i]);
    chart.add_services(i, exposed[i].services);
  }
  return chart.take();
}

}  // namespace portolan::report
