#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// How questions, intents and changes are cut into words. White space parts words, double
/// quotes hold one together (`"web 1"`, `sg:"web servers"`), and inside them a backslash takes the
/// next character as it is.
namespace portolan {

/// A word without its quotes.
struct Word {
  std::string value;
  std::size_t bare = 0;   // so many characters of `value` stand before the first quote
  bool is_closed = true;  // false if a quote has no end
};

Word unquoted(std::string_view raw);

/// `value` in quotes.
std::string quoted(std::string_view value);

/// `value` as one word: in quotes only if it would fall apart without.
std::string spelled(std::string_view value);

/// Where the first word of `text` ends; `text` begins with it.
std::size_t end_of_word(std::string_view text);

/// Where `needle` stands outside quotes; npos if nowhere.
std::size_t find_outside_quotes(std::string_view text, std::string_view needle);

/// `line` without its comment: from a `#` that begins a word, outside quotes.
std::string_view without_comment(std::string_view line);

}  // namespace portolan
