#pragma once

#include <string>
#include <string_view>

/// Private to the module.
namespace portolan::collect {

/// Writes the characters that a JSON string stands for into `out`; `body` is what is between its
/// quotes, valid UTF-8. Half a surrogate pair becomes U+FFFD. False if an escape is none of JSON's.
bool unescape(std::string_view body, std::string& out);

}  // namespace portolan::collect
