#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace portolan::fuzz {

/// Decodes fuzzed bytes as answers of one family: the first byte chooses the members, the rest is
/// their value. `members` are separated by bars: of `A|B` both get the value. Asserts what every
/// snapshot keeps: rows with ids, rules and entries in order, bounded diagnostics.
void decode_family(const std::uint8_t* data, std::size_t size,
                   std::initializer_list<std::string_view> members);

/// Decodes fuzzed bytes as one document, with the same assertions.
void decode_document(std::string_view bytes);

}  // namespace portolan::fuzz
