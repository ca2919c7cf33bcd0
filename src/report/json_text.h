#pragma once

#include <span>
#include <string_view>

#include <boost/json.hpp>

#include "core/text.h"

/// Private to the module: text of the input as JSON.
namespace portolan::report {

inline boost::json::string json_text(std::string_view text) {
  return boost::json::string(printable(text));
}

inline boost::json::array json_texts(std::span<const std::string> texts) {
  boost::json::array result;
  result.reserve(texts.size());
  for (const std::string& text : texts) {
    result.push_back(json_text(text));
  }
  return result;
}

}  // namespace portolan::report
