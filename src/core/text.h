#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

/// `text` with everything that could move a terminal's cursor or reorder a line made visible:
/// control characters (C0, DEL, C1), line and paragraph separators, bidirectional overrides and
/// invalid UTF-8 become `\x1b`, `\u202e` or `\xff`. Names and tags are written by strangers.
std::string printable(std::string_view text);

/// The number that `text` writes in decimal digits: no sign, no spaces, no leading zeros, not above
/// `most`; otherwise nothing.
std::optional<std::uint32_t> decimal(std::string_view text, std::uint32_t most);

/// The parts of `text` between occurrences of `separator`; empty parts are kept.
std::vector<std::string_view> split(std::string_view text, char separator);

/// `text` without white space (space, tab, CR, LF) at its ends.
std::string_view trimmed(std::string_view text);

/// `parts` with `separator` between them.
std::string joined(std::span<const std::string> parts, std::string_view separator);

/// True if `text` matches `pattern`, where `*` stands for any run of characters and `?` for one.
/// Case is significant. Cost: at most |text| x |pattern|.
bool matches_glob(std::string_view text, std::string_view pattern);

/// How many single-character insertions, deletions, replacements or swaps of neighbours turn `a`
/// into `b`. Cost: |a| x |b|.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidates that a person who typed `word` may have meant, nearest first, at most three.
std::vector<std::string> suggestions(std::string_view word,
                                     std::span<const std::string> candidates);

}  // namespace portolan
