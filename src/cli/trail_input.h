#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/terminal.h"
#include "core/result.h"
#include "events/events.h"

namespace portolan::cli {

/// What the logs that the user pointed at say.
struct Trail {
  events::Timeline timeline;
  events::ReadCounts counts;
  Diagnostics diagnostics;
  std::size_t logs = 0;

  /// True if part of the input could not be understood.
  [[nodiscard]] bool is_bad() const { return diagnostics.errors() > 0; }
};

/// What commands that read logs take.
inline constexpr Option kThreadsOption{
    .name = "threads",
    .value = "NUMBER",
    .summary = "how many logs are read at a time; default: as many as there are processors"};

/// 0 where it is not told. Error `usage` for a number of threads that is none.
Result<int> wanted_threads(const Invocation& invocation);

/// Reads the logs, puts them in order, and lists their problems on standard error. Errors of
/// `collect::list_logs` and `wanted_threads`.
Result<Trail> load_trail(const Invocation& invocation, const std::vector<std::string>& words,
                         Terminal& terminal);

/// `45s`, `30m`, `2h`, `1d` as seconds. Error `usage`, naming the option.
Result<std::int64_t> parse_length(std::string_view option, std::string_view text);

}  // namespace portolan::cli
