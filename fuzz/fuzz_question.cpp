// Any text is a question or an error, and the canonical text of a question parses back to it.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/assert.h"
#include "reach/question.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace reach = portolan::reach;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto selector = reach::parse_selector(text)) {
    const auto again = reach::parse_selector(selector->text());
    PORTOLAN_ASSERT(again.has_value());
    PORTOLAN_ASSERT(*again == *selector);
    PORTOLAN_ASSERT(again->text() == selector->text());
  } else {
    PORTOLAN_ASSERT(selector.error().code == "bad_selector");
  }
  if (const auto question = reach::parse_question(text)) {
    const auto again = reach::parse_question(question->text());
    PORTOLAN_ASSERT(again.has_value());
    PORTOLAN_ASSERT(*again == *question);
  } else {
    PORTOLAN_ASSERT(!question.error().message.empty());
  }
  return 0;
}
