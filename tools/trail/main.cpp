#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "tools/trail/trail.h"

/// Writes made-up CloudTrail logs into a folder, and what was planted in them to standard output:
/// `trail DIR DAYS [SEED [ACCOUNTS [CHANGES_A_DAY [OTHERS_A_DAY]]]]`.
int main(int count, char** arguments) {
  const auto number = [&](int at, int otherwise) {
    return count > at ? std::atoi(arguments[at]) : otherwise;
  };
  portolan::trail::Plan plan;
  plan.days = number(2, 0);
  plan.seed = static_cast<std::uint64_t>(number(3, 1));
  plan.accounts = number(4, plan.accounts);
  plan.changes_a_day = number(5, plan.changes_a_day);
  plan.others_a_day = number(6, plan.others_a_day);
  plan.planted = plan.days;
  if (plan.days < 1 || plan.accounts < 1) {
    fmt::print(stderr, "usage: {} DIR DAYS [SEED [ACCOUNTS [CHANGES_A_DAY [OTHERS_A_DAY]]]]\n",
               arguments[0]);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const portolan::trail::Generated made = portolan::trail::generate(plan);
  for (const portolan::trail::LogFile& log : made.files) {
    const std::filesystem::path path = folder / log.path;
    std::filesystem::create_directories(path.parent_path());
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr ||
        std::fwrite(log.text.data(), 1, log.text.size(), file) != log.text.size() ||
        std::fclose(file) != 0) {
      fmt::print(stderr, "{}: cannot write {}\n", arguments[0], path.string());
      return 2;
    }
  }
  for (const portolan::trail::Planted& each : made.planted) {
    fmt::print("{} {} {} {} {}\n", each.group, each.ports, each.peer, each.opened_at,
               each.closed_at);
  }
  return 0;
}
