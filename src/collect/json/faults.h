#pragma once

#include <string_view>

#include "collect/json/tokens.h"

/// Private to the module.
namespace portolan::collect {

/// The first thing that simdjson's first stage objects to in `text`, which starts outside of any
/// string: bytes that are not UTF-8, a control character inside a string, a string without an end.
/// Slow: a byte at a time, for the text that is known to be bad.
JsonFault find_fault(std::string_view text);

/// How many bytes the UTF-8 character at the start of `text` has; 0 if it is not UTF-8.
/// Precondition: `text` is not empty.
std::size_t utf8_length(std::string_view text);

}  // namespace portolan::collect
