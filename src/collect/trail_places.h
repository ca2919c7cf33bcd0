#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Private to the module: what the places of CloudTrail's files tell.
/// SOURCE: CloudTrail user guide, "Finding your CloudTrail log files":
/// `AWSLogs/[o-…/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/FILE`, by the day of delivery.
namespace portolan::collect {

/// True for the name of a file that may hold records; false for what lies beside the logs, too.
bool is_trail_log(std::string_view path);

/// Where a log of CloudTrail lies: `…/CloudTrail/eu-west-1/` and `2026/05/03`.
struct LogDay {
  std::string_view region_folder;
  std::string_view day;
};
/// Nothing for files that lie elsewhere.
std::optional<LogDay> log_day(std::string_view place);

/// `2026/04/30` for 3 days before `2026/05/03`. INVARIANT: `day` is one of `log_day`.
std::string days_before(std::string_view day, int days);

/// What is beside the logs in a bucket is passed over whole: the name after which they go on, or
/// this very name where it is among the logs.
std::string past_siblings(std::string_view name);

}  // namespace portolan::collect
