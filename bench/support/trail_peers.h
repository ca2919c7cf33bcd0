#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What others take to find the calls that change a network in a folder of CloudTrail logs
/// (`*.json.gz`).
namespace portolan::bench {

/// A service and one of its calls, as `eventSource` and `eventName` have them.
struct ListedCall {
  std::string source;
  std::string name;
};

struct CallCounts {
  std::map<std::string, std::size_t> by_name;
  double seconds = 0;  // of processor time
};

/// `gzip -dc` of all files into one `jq`, both counted.
/// Nothing if either program is missing.
std::optional<CallCounts> count_with_jq(const std::string& folder,
                                        const std::vector<ListedCall>& calls);

/// `read_json` of DuckDB on one thread, without what Node and DuckDB take to start. Nothing unless
/// PORTOLAN_DUCKDB names a folder where `npm install @duckdb/node-api` was run.
std::optional<CallCounts> count_with_duckdb(const std::string& folder,
                                            const std::vector<ListedCall>& calls);

}  // namespace portolan::bench
