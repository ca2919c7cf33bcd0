#include "collect/json/faults.h"

#include <cstdint>

namespace portolan::collect {

namespace {

std::uint8_t byte_at(std::string_view text, std::size_t index) {
  return static_cast<std::uint8_t>(text[index]);
}

/// Length and least second byte, greatest second byte of the sequences that UTF-8 allows.
struct Lead {
  std::size_t length = 0;
  std::uint8_t second_min = 0x80;
  std::uint8_t second_max = 0xbf;
};

/// SOURCE: The Unicode Standard, table 3-7, well-formed UTF-8 byte sequences.
Lead lead_of(std::uint8_t first) {
  if (first < 0x80) {
    return {.length = 1};
  }
  if (first >= 0xc2 && first <= 0xdf) {
    return {.length = 2};
  }
  if (first >= 0xe0 && first <= 0xef) {
    return {.length = 3,
            .second_min = static_cast<std::uint8_t>(first == 0xe0 ? 0xa0 : 0x80),
            .second_max = static_cast<std::uint8_t>(first == 0xed ? 0x9f : 0xbf)};
  }
  if (first >= 0xf0 && first <= 0xf4) {
    return {.length = 4,
            .second_min = static_cast<std::uint8_t>(first == 0xf0 ? 0x90 : 0x80),
            .second_max = static_cast<std::uint8_t>(first == 0xf4 ? 0x8f : 0xbf)};
  }
  return {};
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const Lead lead = lead_of(byte_at(text, 0));
  if (lead.length == 0 || lead.length > text.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < lead.length; ++i) {
    const std::uint8_t byte = byte_at(text, i);
    const bool is_good =
        i == 1 ? byte >= lead.second_min && byte <= lead.second_max : byte >= 0x80 && byte <= 0xbf;
    if (!is_good) {
      return 0;
    }
  }
  return lead.length;
}

JsonFault find_fault(std::string_view text) {
  bool is_in_string = false;
  bool is_escaped = false;
  std::size_t opened = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) {
      return {"not_utf8", "the bytes are not UTF-8: save the file as UTF-8", at};
    }
    if (is_in_string && byte_at(text, at) < 0x20) {
      return {"not_json", "a control character stands inside a string", at};
    }
    if (text[at] == '"' && !is_escaped) {
      is_in_string = !is_in_string;
      opened = at;
    }
    is_escaped = is_in_string && !is_escaped && text[at] == '\\';
    at += length;
  }
  if (is_in_string) {
    return {"truncated_json", "the document ends in the middle of a string", opened};
  }
  return {"not_json", "the text is not JSON", 0};
}

}  // namespace portolan::collect
