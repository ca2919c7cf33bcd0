#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/diagnostics.h"
#include "iam/policy.h"
#include "iam/policy_parser.h"

namespace portolan::iam {

/// A place in a document of the AWS CLI, and how problems there are told. Private to the decoders.
struct JsonPlace {
  simdjson::dom::element json;
  std::string pointer;

  [[nodiscard]] std::string text(std::string_view key) const {
    std::string_view value;
    return json[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
  }
  [[nodiscard]] bool is_true(std::string_view key) const {
    bool value = false;
    return json[key].get(value) == simdjson::SUCCESS && value;
  }
  /// Calls `use` for each element of the list under `key`, if there is one.
  template <class Use>
  void each(std::string_view key, Use use) const {
    simdjson::dom::array array;
    if (json[key].get(array) != simdjson::SUCCESS) {
      return;
    }
    std::size_t index = 0;
    for (const simdjson::dom::element element : array) {
      use(JsonPlace{element, fmt::format("{}/{}/{}", pointer, key, index++)});
    }
  }
  /// The policy document under `key`: an object, or text that holds one. Unknown if neither.
  [[nodiscard]] Policy policy(std::string_view key, std::string name, const std::string& file,
                              Diagnostics& problems) const {
    simdjson::dom::element document;
    if (json[key].get(document) != simdjson::SUCCESS) {
      problems.add({.code = "missing_policy",
                    .message = fmt::format("`{}` has no document", name),
                    .file = file,
                    .pointer = pointer});
      return unknown_policy(std::move(name), "its document is not in the export");
    }
    std::string_view written;
    if (document.get(written) == simdjson::SUCCESS) {
      return parse_policy(written, std::move(name), problems);
    }
    if (simdjson::minify(document).size() > kMostPolicyBytes) {
      problems.add({.code = "bad_policy",
                    .message = fmt::format("`{}` is beyond all limits of AWS", name),
                    .file = file,
                    .pointer = fmt::format("{}/{}", pointer, key)});
      return unknown_policy(std::move(name), "the document is too large");
    }
    return PolicyParser(file, fmt::format("{}/{}", pointer, key), problems)
        .parse(document, std::move(name));
  }
};

}  // namespace portolan::iam
