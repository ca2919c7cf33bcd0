#include "report/layout.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::report {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// SOURCE: Unicode Standard Annex 11 (East Asian Width W and F), in the blocks that names are
// written in; emoji as terminals draw them.
constexpr std::array kWide = {
    Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},
    Range{0x3400, 0x4dbf},   Range{0x4e00, 0xa4cf},   Range{0xa960, 0xa97c},
    Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},
    Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},   Range{0x1f300, 0x1f64f},
    Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1faff}, Range{0x20000, 0x3fffd},
};

// Combining marks and joiners of the scripts that stack them; they take no column of their own.
constexpr std::array kNarrowest = {
    Range{0x0300, 0x036f}, Range{0x0483, 0x0489}, Range{0x0591, 0x05bd},
    Range{0x064b, 0x065f}, Range{0x200b, 0x200d}, Range{0x20d0, 0x20ff},
    Range{0xfe00, 0xfe0f}, Range{0xfe20, 0xfe2f}, Range{0xfeff, 0xfeff},
};

template <std::size_t size>
bool holds(const std::array<Range, size>& ranges, std::uint32_t point) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return range.first <= point && point <= range.last;
  });
}

/// The first character of `text`, which is not empty, and how many bytes it takes.
std::pair<std::uint32_t, std::size_t> first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0xc0U ? 1 : lead < 0xe0U ? 2 : lead < 0xf0U ? 3 : 4;
  if (size == 1 || text.size() < size) {
    return {lead, 1};
  }
  std::uint32_t point = lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    point = (point << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  }
  return {point, size};
}

std::string_view escape_of(Tone tone) {
  switch (tone) {
    case Tone::Plain:
      return "";
    case Tone::Strong:
      return "\x1b[1m";
    case Tone::Faint:
      return "\x1b[2m";
    case Tone::Good:
      return "\x1b[32m";
    case Tone::Warning:
      return "\x1b[33m";
    case Tone::Bad:
      return "\x1b[31m";
    case Tone::Worst:
      return "\x1b[1;31m";
  }
  return "";
}

}  // namespace

std::size_t columns(std::string_view text) {
  std::size_t result = 0;
  while (!text.empty()) {
    const auto [point, size] = first_character(text);
    if (!holds(kNarrowest, point)) {
      result += holds(kWide, point) ? 2 : 1;
    }
    text.remove_prefix(size);
  }
  return result;
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t taken = columns(text);
  std::string result(text);
  result.append(width > taken ? width - taken : 0, ' ');
  return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t taken = 0;
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) {
      continue;
    }
    const std::size_t needed = columns(word);
    if (!lines.back().empty() && taken + 1 + needed > width) {
      lines.emplace_back();
      taken = 0;
    }
    if (!lines.back().empty()) {
      lines.back() += ' ';
      ++taken;
    }
    lines.back() += word;
    taken += needed;
  }
  return lines;
}

std::string hanging(std::string_view head, std::string_view text, std::size_t width) {
  constexpr std::size_t kLeast = 20;  // narrower than that, wrapping only makes it worse
  const std::size_t indent = columns(head);
  const std::size_t room = width > indent + kLeast ? width - indent : kLeast;
  std::string result(head);
  bool is_first = true;
  for (const std::string& line : wrapped(text, room)) {
    result += is_first ? "" : std::string(indent, ' ');
    result += line;
    result += '\n';
    is_first = false;
  }
  return result;
}

std::string painted(std::string_view text, Tone tone, bool colour) {
  const std::string_view escape = escape_of(tone);
  if (!colour || escape.empty()) {
    return std::string(text);
  }
  return fmt::format("{}{}\x1b[0m", escape, text);
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace portolan::report
