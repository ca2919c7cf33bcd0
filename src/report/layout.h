#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How text stands on a terminal. All functions take valid UTF-8 without control characters, as
/// `printable` makes it; part of the door of report, for whoever else writes to people.
namespace portolan::report {

/// How many columns `text` takes: East Asian wide characters and emoji two, combining marks none.
std::size_t columns(std::string_view text);

/// `text` with spaces after it up to `width` columns; longer text stays whole.
std::string padded(std::string_view text, std::size_t width);

/// `text` cut between words into lines of at most `width` columns; a longer word has a line of its
/// own, for ids and ARNs are there to be copied. Never empty.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// `head`, then `text` wrapped to `width` with all further lines indented as far as `head` reaches.
/// Ends with a newline.
std::string hanging(std::string_view head, std::string_view text, std::size_t width);

enum class Tone : std::uint8_t { Plain, Strong, Faint, Good, Warning, Bad, Worst };

/// `text` between the escape sequences of `tone`, if `colour` and the tone has some.
std::string painted(std::string_view text, Tone tone, bool colour);

/// `1 finding`, `2 findings`.
std::string counted(std::size_t count, std::string_view noun);

}  // namespace portolan::report
