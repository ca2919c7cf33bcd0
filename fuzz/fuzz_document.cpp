// Any bytes are a document with some problems, and its tokens do not depend on the windows in which
// they are found.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "collect/json/tokens.h"
#include "core/assert.h"
#include "fuzz/support/family.h"

namespace {

std::string tokens_of(std::string_view text, std::size_t window) {
  portolan::collect::TokenIndexer indexer;
  portolan::collect::Tokens tokens(text, indexer, window);
  std::string list;
  for (; tokens.kind() != '\0'; tokens.next()) {
    PORTOLAN_ASSERT(tokens.offset() < text.size());
    list += tokens.raw();
    list += '\n';
  }
  return tokens.fault() == nullptr ? list : "";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Where a text stops being JSON, its tokens may be told apart differently: it is refused anyway.
  simdjson::dom::parser parser;
  if (parser.parse(simdjson::padded_string(text)).error() == simdjson::SUCCESS) {
    const std::string whole = tokens_of(text, portolan::collect::Tokens::kWindow);
    PORTOLAN_ASSERT(tokens_of(text, 1) == whole);
    PORTOLAN_ASSERT(tokens_of(text, 70) == whole);
  } else {
    tokens_of(text, 1);
    tokens_of(text, 70);
  }
  portolan::fuzz::decode_document(text);
  return 0;
}
