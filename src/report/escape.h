#pragma once

#include <string>
#include <string_view>

/// Private to the module: text of the input inside marked-up text. All of them make it printable
/// first.
namespace portolan::report {

/// As text or the value of an attribute, in XML 1.0 and in HTML.
std::string xml_text(std::string_view text);

/// As running text of GitHub Flavored Markdown, also in a table: no markup, no link, no mention.
std::string markdown_text(std::string_view text);

/// As a code span of it, outside of tables; nothing if there is no text.
std::string markdown_code(std::string_view text);

}  // namespace portolan::report
