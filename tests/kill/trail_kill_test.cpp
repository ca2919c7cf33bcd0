#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/kill/child.h"
#include "tests/support/random.h"
#include "tools/trail/trail.h"

/// Logs that are taken into a store by processes that are killed: whatever the moments, the run
/// after the last of them leaves what an undisturbed one would have left, and what was read stays
/// read. PORTOLAN_KILLS says how many; PORTOLAN_KILLS_SEED where they fall.
namespace portolan::tests {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A folder that is gone after the test.
struct Folder {
  std::string path = (fs::temp_directory_path() / "portolan-trail-kill-XXXXXX").string();
  Folder() { EXPECT_NE(mkdtemp(path.data()), nullptr); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
};

pid_t take_in(const std::string& store, const std::string& logs) {
  return start({"trail", "--changes", "--store", store, logs});
}

/// True if it ended by itself and well.
bool finished(pid_t child) { return exit_code_of(child) == 0; }

std::string query(const std::string& file, const char* sql) {
  sqlite3* handle = nullptr;
  EXPECT_EQ(sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr), SQLITE_OK);
  std::string result;
  const int code = sqlite3_exec(
      handle, sql,
      [](void* into, int count, char** values, char**) {
        for (int i = 0; i < count; ++i) {
          *static_cast<std::string*>(into) += values[i] == nullptr ? "-" : values[i];
          *static_cast<std::string*>(into) += i + 1 < count ? "|" : "\n";
        }
        return 0;
      },
      &result, nullptr);
  EXPECT_EQ(code, SQLITE_OK) << sqlite3_errmsg(handle);
  sqlite3_close(handle);
  return result;
}

/// All that the store holds of the trail.
std::string contents(const std::string& file) {
  std::string all;
  for (const char* sql :
       {"SELECT account, id, digest, time, region, name, principal, error_code, size, hex(packed) "
        "FROM trail_events ORDER BY 1, 2, 3",
        "SELECT * FROM trail_logs ORDER BY 1, 2", "SELECT * FROM trail_intervals ORDER BY 1",
        "SELECT * FROM trail_baselines ORDER BY 1, 2", "SELECT * FROM trail_season ORDER BY 1"}) {
    all += query(file, sql) + "\n";
  }
  return all;
}

TEST(TrailKill, leaves_the_store_of_an_undisturbed_run) {
  const Folder folder;
  const trail::Generated made = trail::generate({.seed = 7, .accounts = 2, .days = 10});
  for (const trail::LogFile& log : made.files) {
    const fs::path path = fs::path(folder.path) / log.path;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << log.text;
  }
  const std::string logs = folder.path + "/AWSLogs";
  const std::string calm = folder.path + "/calm.db";
  const auto begin = Clock::now();
  ASSERT_TRUE(finished(take_in(calm, logs)));
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
  const std::string expected = contents(calm);
  ASSERT_GT(expected.size(), 10'000U);
  ASSERT_TRUE(finished(take_in(calm, logs)));
  EXPECT_EQ(contents(calm), expected) << "a second run changes nothing";

  Random random(static_cast<std::uint64_t>(setting("PORTOLAN_KILLS_SEED", 1)));
  int killed = 0;
  const int kills = setting("PORTOLAN_KILLS", 40);
  std::string file;
  std::size_t logs_before = 0;
  for (int i = 0; i < kills; ++i) {
    constexpr int kKillsOfOneStore = 8;
    if (i % kKillsOfOneStore == 0) {
      file = fmt::format("{}/killed-{}.db", folder.path, i);
      logs_before = 0;
    }
    const pid_t child = take_in(file, logs);
    std::this_thread::sleep_for(whole * random.between(0, 1000) / 1000);
    kill(child, SIGKILL);
    killed += finished(child) ? 0 : 1;
    if (!fs::exists(file) || query(file, "SELECT count(*) FROM sqlite_schema") == "0\n") {
      continue;  // it was killed before it had made a table
    }
    ASSERT_EQ(query(file, "PRAGMA integrity_check"), "ok\n");
    const std::size_t logs_now = std::stoul(query(file, "SELECT count(*) FROM trail_logs"));
    ASSERT_GE(logs_now, logs_before) << "what was read is lost";
    logs_before = logs_now;
    if (i % kKillsOfOneStore == kKillsOfOneStore - 1) {
      ASSERT_TRUE(finished(take_in(file, logs)));
      ASSERT_EQ(contents(file), expected) << "after kill " << i;
    }
  }
  fmt::print("{} killed, a whole run takes {} ms\n", killed, whole.count() / 1000);
  EXPECT_GT(killed, kills / 3);
}

}  // namespace
}  // namespace portolan::tests
