#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tools/trail/trail.h"

/// Writes made-up CloudTrail logs into a folder, and what was planted in them to standard output:
/// `trail [--size BYTES] DIR DAYS [SEED [ACCOUNTS [CHANGES_A_DAY [OTHERS_A_DAY]]]]`; BYTES may end
/// with K, M or G. Files are written as they are made, so that any size will do.
namespace portolan::trail {
namespace {

constexpr std::int64_t kRecordBytes = 850;  // in the middle

std::int64_t bytes_of(const std::string& text) {
  char* end = nullptr;
  std::int64_t bytes = std::strtoll(text.c_str(), &end, 10);
  for (const char unit : std::string_view("KMG")) {
    bytes *= 1024;
    if (*end == unit) {
      return bytes;
    }
  }
  return *end == '\0' ? std::strtoll(text.c_str(), nullptr, 10) : 0;
}

bool write(const std::filesystem::path& path, const std::string& text) {
  std::error_code error;
  std::filesystem::create_directories(path.parent_path(), error);
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  return file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size() &&
         std::fclose(file) == 0;
}

int run(std::vector<std::string> words) {
  std::int64_t bytes = 0;
  if (words.size() > 1 && words.front() == "--size") {
    bytes = bytes_of(words[1]);
    words.erase(words.begin(), words.begin() + 2);
  }
  const auto number = [&](std::size_t at, std::int64_t otherwise) {
    return words.size() > at ? std::atoll(words[at].c_str()) : otherwise;
  };
  Plan plan;
  plan.days = static_cast<int>(number(1, 0));
  plan.seed = static_cast<std::uint64_t>(number(2, 1));
  plan.accounts = static_cast<int>(number(3, plan.accounts));
  plan.changes_a_day = static_cast<int>(number(4, plan.changes_a_day));
  plan.others_a_day = number(5, plan.others_a_day);
  plan.planted = plan.days;
  plan.planted_otherwise = plan.days;
  if (plan.days < 1 || plan.accounts < 1) {
    fmt::print(stderr,
               "usage: trail [--size BYTES] DIR DAYS [SEED [ACCOUNTS [CHANGES_A_DAY "
               "[OTHERS_A_DAY]]]]\n");
    return 2;
  }
  if (bytes > 0) {
    plan.others_a_day = bytes / kRecordBytes / plan.days / plan.accounts;
  }
  const std::filesystem::path folder = words.front();
  const Summary made = generate(plan, [&](LogFile&& log) {
    if (!write(folder / log.path, log.text)) {
      fmt::print(stderr, "trail: cannot write {}\n", (folder / log.path).string());
      std::exit(2);
    }
  });
  for (const Planted& each : made.planted) {
    fmt::print("{} {} {} {} {} {}\n", each.check, each.resource, each.ports, each.peer,
               each.opened_at, each.closed_at);
  }
  return 0;
}

}  // namespace
}  // namespace portolan::trail

int main(int count, char** arguments) {
  return portolan::trail::run({arguments + 1, arguments + count});
}
