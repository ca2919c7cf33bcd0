// Any text is a file of intents with some errors, and the intents written out are read the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/assert.h"
#include "reach/question.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace reach = portolan::reach;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const reach::Intents intents = reach::parse_intents(text, "fuzz.intent");
  std::string written;
  for (const reach::Intent& intent : intents.intents) {
    written += intent.text() + "\n";
  }
  const reach::Intents again = reach::parse_intents(written, "fuzz.intent");
  PORTOLAN_ASSERT(again.errors.empty());
  PORTOLAN_ASSERT(again.intents.size() == intents.intents.size());
  for (std::size_t i = 0; i < intents.intents.size(); ++i) {
    PORTOLAN_ASSERT(again.intents[i].kind == intents.intents[i].kind);
    PORTOLAN_ASSERT(again.intents[i].question == intents.intents[i].question);
  }
  return 0;
}
