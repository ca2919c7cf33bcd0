#include "collect/json/unescape.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace portolan::collect {

namespace {

constexpr std::uint32_t kReplacement = 0xfffd;

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

void append_utf8(std::uint32_t point, std::string& out) {
  const auto byte = [&](std::uint32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xc0 | (point >> 6));
    byte(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    byte(0xe0 | (point >> 12));
    byte(0x80 | ((point >> 6) & 0x3f));
    byte(0x80 | (point & 0x3f));
  } else {
    byte(0xf0 | (point >> 18));
    byte(0x80 | ((point >> 12) & 0x3f));
    byte(0x80 | ((point >> 6) & 0x3f));
    byte(0x80 | (point & 0x3f));
  }
}

/// The four hexadecimal digits at the start of `text`.
std::optional<std::uint32_t> hex4(std::string_view text) {
  if (text.size() < 4) {
    return std::nullopt;
  }
  std::uint32_t unit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + 4, unit, 16);
  if (error != std::errc{} || end != text.data() + 4) {
    return std::nullopt;
  }
  return unit;
}

/// The character of `\u…` (and the other half of its pair); `text` starts after the `u` and loses
/// what was used.
std::optional<std::uint32_t> code_point(std::string_view& text) {
  const auto first = hex4(text);
  if (!first) {
    return std::nullopt;
  }
  text.remove_prefix(4);
  if (!is_high_surrogate(*first)) {
    return is_low_surrogate(*first) ? kReplacement : *first;
  }
  const auto second = text.starts_with("\\u") ? hex4(text.substr(2)) : std::nullopt;
  if (!second || !is_low_surrogate(*second)) {
    return kReplacement;
  }
  text.remove_prefix(6);
  return 0x10000 + ((*first - 0xd800) << 10) + (*second - 0xdc00);
}

std::optional<char> simple_escape(char letter) {
  static constexpr std::string_view kLetters = "\"\\/bfnrt";
  static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t index = kLetters.find(letter);
  return index == std::string_view::npos ? std::nullopt : std::optional(kMeanings[index]);
}

}  // namespace

bool unescape(std::string_view body, std::string& out) {
  out.clear();
  while (!body.empty()) {
    const std::size_t plain = body.find('\\');
    out.append(body.substr(0, plain));
    if (plain == std::string_view::npos) {
      return true;
    }
    if (plain + 1 >= body.size()) {
      return false;
    }
    const char letter = body[plain + 1];
    body.remove_prefix(plain + 2);
    if (letter == 'u') {
      const auto point = code_point(body);
      if (!point) {
        return false;
      }
      append_utf8(*point, out);
    } else if (const auto meaning = simple_escape(letter)) {
      out.push_back(*meaning);
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace portolan::collect
