#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

/// Private to the module: what stands in the first line of a request.
namespace portolan::server {

/// A path and what is asked of it, both decoded. Paths are names in a table here, never of files.
struct RequestTarget {
  std::vector<std::string> segments;  // between the slashes
  std::vector<std::pair<std::string, std::string>> query;

  /// The first value of that name, or nothing.
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
  /// Whether it is there and neither empty nor 0.
  [[nodiscard]] bool has(std::string_view name) const;
};

/// Reads `/api/v1/node/sg-1?x=y`; `%2F` is part of a segment, `+` in a query is a space. Error
/// `bad_target`: another beginning than a slash, bad escapes, control characters, too many parts.
Result<RequestTarget> parse_target(std::string_view text);

/// The number of that name in a query, or `otherwise`. Error `bad_number`.
Result<std::size_t> number_of(const RequestTarget& target, std::string_view name,
                              std::size_t otherwise, std::size_t most);

}  // namespace portolan::server
