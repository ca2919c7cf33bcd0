#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Private to the module: results of queries that were saved as CSV (CloudTrail Lake, Athena).
namespace portolan::events {

struct CsvRows {
  std::string json;                    // `{"QueryResultRows": …}`, a row for each row
  std::optional<std::size_t> cut_off;  // where a quoted field begins that has no end
};

/// The rows of a CSV file with a header that names the column `eventName` or `eventJson`; nothing
/// if it has none. Fields that are empty, or `null`, are left out. SOURCE: RFC 4180.
/// Cost: one pass; the result is about as long as the text.
std::optional<CsvRows> rows_of_csv(std::string_view text);

}  // namespace portolan::events
