#include "iam/pattern.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"

namespace portolan::iam {
namespace {

constexpr char16_t unit_of(char c) { return static_cast<unsigned char>(c); }

char16_t fold_unit(char16_t unit) {
  return unit >= u'A' && unit <= u'Z' ? static_cast<char16_t>(unit - u'A' + u'a') : unit;
}

/// Where the character that begins at `at` ends: UTF-8 continuation bytes belong to it.
std::size_t end_of_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && (unit_of(text[at]) & 0xC0U) == 0x80U) {
    ++at;
  }
  return at;
}

bool unit_matches(char16_t unit, char c, Case letters) {
  return letters == Case::Ignored ? fold_unit(unit) == fold_unit(unit_of(c)) : unit == unit_of(c);
}

}  // namespace

Glob Glob::of(std::string_view text) {
  Glob glob;
  glob.units.reserve(text.size());
  for (const char c : text) {
    glob.units += c == '*' ? kAnyRun : c == '?' ? kAnyOne : unit_of(c);
  }
  return glob;
}

Glob Glob::literal(std::string_view text) {
  Glob glob;
  glob.units.reserve(text.size());
  std::ranges::transform(text, std::back_inserter(glob.units), unit_of);
  return glob;
}

bool Glob::is_literal() const {
  return std::ranges::all_of(units, [](char16_t unit) { return unit < kAnyRun; });
}

std::string Glob::text() const {
  std::string result;
  result.reserve(units.size());
  for (const char16_t unit : units) {
    result += unit == kAnyRun ? '*' : unit == kAnyOne ? '?' : static_cast<char>(unit);
  }
  return result;
}

bool matches(const Glob& glob, std::string_view text, Case letters) {
  const std::u16string& units = glob.units;
  std::size_t at = 0;
  std::size_t unit = 0;
  std::size_t star = std::u16string::npos;  // the last `*` met, and how far its run goes
  std::size_t run_end = 0;
  while (at < text.size()) {
    if (unit < units.size() && units[unit] == Glob::kAnyRun) {
      star = unit++;
      run_end = at;
    } else if (unit < units.size() && units[unit] == Glob::kAnyOne) {
      ++unit;
      at = end_of_character(text, at);
    } else if (unit < units.size() && unit_matches(units[unit], text[at], letters)) {
      ++unit;
      ++at;
    } else if (star != std::u16string::npos) {
      unit = star + 1;
      run_end = end_of_character(text, run_end);
      at = run_end;
    } else {
      return false;
    }
  }
  while (unit < units.size() && units[unit] == Glob::kAnyRun) {
    ++unit;
  }
  return unit == units.size();
}

// Pattern

Glob& Pattern::tail() {
  if (pieces_.empty() || !pieces_.back().variable.empty()) {
    pieces_.emplace_back();
  }
  return pieces_.back().text;
}

void Pattern::add_variable(std::string_view inside) {
  if (inside == "*" || inside == "?" || inside == "$") {
    tail().units += unit_of(inside.front());
    return;
  }
  // A default is what follows comma and space, in single quotes.
  const std::size_t comma = inside.find(", '");
  const bool has_fallback =
      comma != std::string_view::npos && inside.ends_with('\'') && inside.size() > comma + 3;
  Piece piece{.variable = folded(trimmed(has_fallback ? inside.substr(0, comma) : inside))};
  if (has_fallback) {
    piece.fallback = inside.substr(comma + 3, inside.size() - comma - 4);
  }
  has_variables_ = true;
  pieces_.push_back(std::move(piece));
}

Pattern Pattern::parse(std::string_view text, Language language) {
  Pattern pattern;
  pattern.text_ = text;
  pattern.language_ = language;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = language == Language::V2012 ? text.find("${", at) : text.npos;
    const std::size_t end = begin == text.npos ? text.npos : text.find('}', begin);
    const std::size_t plain_end = end == text.npos ? text.size() : begin;
    if (plain_end > at) {
      pattern.tail().units += Glob::of(text.substr(at, plain_end - at)).units;
    }
    if (end == text.npos) {
      break;
    }
    const std::string_view inside = text.substr(begin + 2, end - begin - 2);
    if (trimmed(inside).empty()) {
      pattern.tail().units += Glob::literal("${}").units;
    } else {
      pattern.add_variable(inside);
    }
    at = end + 1;
  }
  return pattern;
}

std::vector<std::string> Pattern::variables() const {
  std::vector<std::string> keys;
  for (const Piece& piece : pieces_) {
    if (!piece.variable.empty()) {
      keys.push_back(piece.variable);
    }
  }
  return keys;
}

std::optional<Glob> Pattern::resolved(const Context& context) const {
  Glob glob;
  for (const Piece& piece : pieces_) {
    if (piece.variable.empty()) {
      glob.units += piece.text.units;
      continue;
    }
    const Context::Entry* entry = context.find(piece.variable);
    if (entry != nullptr && !entry->is_list && entry->values.size() == 1) {
      glob.units += Glob::literal(entry->values.front()).units;
    } else if (entry == nullptr && piece.fallback) {
      glob.units += Glob::literal(*piece.fallback).units;
    } else {
      return std::nullopt;
    }
  }
  return glob;
}

bool Pattern::is_ambiguous(const Context& context) const {
  return std::ranges::any_of(pieces_, [&](const Piece& piece) {
    const Context::Entry* entry = piece.variable.empty() ? nullptr : context.find(piece.variable);
    return entry != nullptr && entry->is_ambiguous;
  });
}

// ARNs

namespace {

using ArnText = std::array<std::string_view, kArnParts>;
using ArnGlob = std::array<Glob, kArnParts>;

std::optional<ArnText> parts_of(std::string_view arn) {
  ArnText parts;
  for (std::size_t i = 0; i + 1 < kArnParts; ++i) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) {
      return std::nullopt;
    }
    parts[i] = arn.substr(0, colon);
    arn.remove_prefix(colon + 1);
  }
  parts.back() = arn;
  return parts;
}

/// True if a pattern of fewer parts than six stands for one that goes on with `*`.
bool is_padded(const std::u16string& units, std::size_t last_part, ShortArn padding) {
  switch (padding) {
    case ShortArn::Padded:
      return true;
    case ShortArn::PaddedIfWild:
      return units.find(Glob::kAnyRun) != std::u16string::npos;
    case ShortArn::PaddedIfOpenEnd:
      return units.size() > last_part && units.back() == Glob::kAnyRun;
    case ShortArn::Refused:
      return false;
  }
  return false;
}

bool each_matches(const ArnGlob& pattern, const ArnText& arn) {
  for (std::size_t i = 0; i < kArnParts; ++i) {
    if (!matches(pattern[i], arn[i])) {
      return false;
    }
  }
  return true;
}

/// True if one of the first five parts ends in `*`, other than by being padded.
bool may_cross(const Glob& pattern) {
  static const std::u16string kOpenEnd{Glob::kAnyRun, u':'};
  return pattern.units.find(kOpenEnd) != std::u16string::npos;
}

}  // namespace

std::optional<std::array<Glob, kArnParts>> arn_parts(const Glob& pattern, ShortArn padding) {
  ArnGlob parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < kArnParts; ++i) {
    const bool is_last = i + 1 == kArnParts;
    const std::size_t colon = is_last ? std::u16string::npos : pattern.units.find(u':', begin);
    parts[i].units = pattern.units.substr(begin, colon - begin);
    if (colon == std::u16string::npos) {
      if (!is_last && !is_padded(pattern.units, begin, padding)) {
        return std::nullopt;
      }
      std::fill(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end(), Glob::of("*"));
      break;
    }
    begin = colon + 1;
  }
  return parts;
}

Truth covers_resource(const Glob& pattern, std::string_view arn, ShortArn padding) {
  if (pattern.is_everything()) {
    return Truth::Yes;
  }
  const auto text = parts_of(arn);
  const auto glob = arn_parts(pattern, padding);
  if (text && glob && each_matches(*glob, *text)) {
    return Truth::Yes;
  }
  return may_cross(pattern) && matches(pattern, arn) ? Truth::Unknown : Truth::No;
}

bool matches_arn(const Glob& pattern, std::string_view arn) {
  if (pattern.is_everything()) {
    return true;
  }
  const auto text = parts_of(arn);
  const auto glob = arn_parts(pattern, ShortArn::Refused);
  return text && glob && each_matches(*glob, *text);
}

}  // namespace portolan::iam
