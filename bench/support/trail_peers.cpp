#include "bench/support/trail_peers.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/resource.h>

#include <fmt/format.h>

namespace portolan::bench {
namespace {

namespace fs = std::filesystem;

/// What the command prints; nothing if it fails.
std::optional<std::string> output_of(const std::string& command) {
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    return std::nullopt;
  }
  std::string text;
  std::array<char, 4096> buffer;
  for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    text.append(buffer.data(), size);
  }
  return pclose(pipe) == 0 ? std::optional(text) : std::nullopt;
}

/// Processor time of all processes that were started and have ended.
double children_cpu_s() {
  constexpr double kMicro = 1e-6;
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         kMicro * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

/// Lines of a count and a name.
CallCounts counts_of(const std::string& text) {
  CallCounts counts;
  std::istringstream lines(text);
  std::size_t count = 0;
  std::string name;
  while (lines >> count >> name) {
    counts.by_name[name] = count;
  }
  return counts;
}

std::string list_of(const std::vector<ListedCall>& calls, char quote) {
  std::string list;
  for (const ListedCall& each : calls) {
    list += fmt::format("{0}{1}{2}/{3}{1}", list.empty() ? "" : ",", quote, each.source, each.name);
  }
  return list;
}

}  // namespace

std::optional<CallCounts> count_with_jq(const std::string& folder,
                                        const std::vector<ListedCall>& calls) {
  if (!output_of("command -v gzip jq sort uniq xargs")) {
    return std::nullopt;
  }
  const std::string command = fmt::format(
      "bash -o pipefail -c \"find '{}' -name '*.json.gz' -print0 | xargs -0 gzip -dc | "
      "jq -r --argjson calls '[{}]' '(\\$calls | map({{key: ., value: true}}) | from_entries) as "
      "\\$listed | .Records[] | select(\\$listed[.eventSource + \\\"/\\\" + .eventName]) | "
      ".eventName' | sort | uniq -c\"",
      folder, [&] {
        std::string list = list_of(calls, '"');
        for (std::size_t at = list.find('"'); at != std::string::npos;
             at = list.find('"', at + 2)) {
          list.insert(at, 1, '\\');
        }
        return list;
      }());
  const double start = children_cpu_s();
  const auto text = output_of(command);
  const double end = children_cpu_s();
  if (!text) {
    return std::nullopt;
  }
  CallCounts counts = counts_of(*text);
  counts.seconds = end - start;
  return counts;
}

std::optional<CallCounts> count_with_duckdb(const std::string& folder,
                                            const std::vector<ListedCall>& calls) {
  const char* const installed = std::getenv("PORTOLAN_DUCKDB");
  if (installed == nullptr) {
    return std::nullopt;
  }
  const std::string script = folder + "/duckdb.cjs";
  std::ofstream(script) << fmt::format(
      R"(const {{ DuckDBInstance }} = require("{}/node_modules/@duckdb/node-api");
(async () => {{
  const database = await (await DuckDBInstance.create(":memory:", {{ threads: "1" }})).connect();
  const begin = process.cpuUsage();
  const rows = (await database.runAndReadAll(`
    SELECT record.eventName AS name, count(*)::INTEGER AS number
    FROM (SELECT unnest(Records) AS record FROM read_json('{}/**/*.json.gz', format='unstructured',
      columns={{Records: 'STRUCT(eventSource VARCHAR, eventName VARCHAR)[]'}},
      maximum_object_size=1073741824))
    WHERE record.eventSource || '/' || record.eventName IN ({}) GROUP BY name ORDER BY name`)).getRows();
  const used = process.cpuUsage(begin);
  console.log((used.user + used.system) / 1e6 + " seconds");
  for (const [name, number] of rows) console.log(number + " " + name);
}})();
)",
      fs::absolute(installed).string(), folder, list_of(calls, '\''));
  const auto text = output_of("node '" + script + "'");
  if (!text) {
    return std::nullopt;
  }
  const std::size_t line = text->find('\n');
  CallCounts counts = counts_of(text->substr(line + 1));
  counts.seconds = std::stod(*text);
  return counts;
}

}  // namespace portolan::bench
