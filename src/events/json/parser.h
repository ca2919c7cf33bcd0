#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "events/json/value.h"

/// Private to the module.
namespace portolan::events {

/// simdjson with what real records need beside it: text without padding, and numbers that no type
/// of C++ can hold (a tag `99999999999999999999` is printed as a number in some records), which are
/// read as texts. Keeps its buffers; the value lives until the next call.
class Parser {
 public:
  /// The JSON value in `text`, which is all of it. Where `text` lies in `whole` there may be enough
  /// behind it to do without a copy. Error `bad_json`.
  Result<Value> parse(std::string_view text, std::string_view whole);
  Result<Value> parse(std::string_view text) { return parse(text, text); }

 private:
  Result<Value> parse_copy(std::string_view text);

  simdjson::dom::parser parser_;
  std::string padded_;
};

}  // namespace portolan::events
