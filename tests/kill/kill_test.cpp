#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "store/store.h"
#include "tests/kill/child.h"
#include "tests/support/random.h"

/// Audits that are killed while they record themselves: whatever the moment, the store opens, and
/// holds every run that was told, whole. PORTOLAN_KILLS says how many must be killed, however many
/// end before; PORTOLAN_KILLS_SEED where the kills fall. The whole proof, which takes long:
///     PORTOLAN_KILLS=1000 build/dev/kill_test
///     --gtest_filter=Kill.leaves_a_store_with_whole_runs
namespace portolan::tests {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

const std::string kEstate = PORTOLAN_SOURCE_DIR "/examples/harbor";

pid_t start_audit(const std::string& store) {
  return start({"audit", kEstate, "--check", "sg-orphan*", "--store", store});
}

/// True if it ended by itself, with its answer.
bool finished(pid_t child) {
  const int code = exit_code_of(child);
  return code == 0 || code == 1;
}

std::string integrity(const std::string& file) {
  sqlite3* handle = nullptr;
  sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
  std::string result;
  sqlite3_exec(
      handle, "PRAGMA integrity_check; PRAGMA foreign_key_check",
      [](void* into, int count, char** values, char**) {
        for (int i = 0; i < count; ++i) {
          *static_cast<std::string*>(into) += values[i] == nullptr ? "" : values[i];
        }
        return 0;
      },
      &result, nullptr);
  sqlite3_close(handle);
  return result;
}

TEST(Kill, leaves_a_store_with_whole_runs) {
  std::string folder = (fs::temp_directory_path() / "portolan-kill-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string file = folder + "/audits.db";
  const auto start = Clock::now();
  ASSERT_TRUE(finished(start_audit(file)));
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  std::size_t documents = 0;
  {
    auto store = store::Store::open_existing(file);
    ASSERT_TRUE(store.has_value()) << store.error().message;
    documents = store->documents(1)->size();
    ASSERT_GT(documents, 5U);
  }

  Random random(static_cast<std::uint64_t>(setting("PORTOLAN_KILLS_SEED", 1)));
  std::size_t told = 1;
  std::size_t seen = 1;
  int killed = 0;
  const int kills = setting("PORTOLAN_KILLS", 40);
  // Some end before they are killed; those do not count.
  for (int i = 0; killed < kills && i < 3 * kills + 10; ++i) {
    const pid_t child = start_audit(file);
    std::this_thread::sleep_for(whole * random.between(0, 1100) / 1000);
    kill(child, SIGKILL);
    const bool is_told = finished(child);
    told += is_told ? 1 : 0;
    killed += is_told ? 0 : 1;
    auto store = store::Store::open_existing(file);
    ASSERT_TRUE(store.has_value()) << store.error().message;
    const auto runs = *store->runs();
    ASSERT_GE(runs.size(), seen + (is_told ? 1U : 0U)) << "a run is lost";
    ASSERT_LE(runs.size(), seen + 1U);
    seen = runs.size();
    ASSERT_EQ(store->documents(runs.front().number)->size(), documents) << "half a run";
    ASSERT_EQ(integrity(file), "ok");
  }
  fmt::print("{} killed, {} runs were told, {} recorded\n", killed, told, seen);
  EXPECT_EQ(killed, kills);
  auto store = store::Store::open_existing(file);
  ASSERT_TRUE(store.has_value()) << store.error().message;
  const auto runs = *store->runs();
  EXPECT_EQ(runs.size(), seen);
  for (const store::RunSummary& run : runs) {
    EXPECT_EQ(run.failed, runs.back().failed) << run.number;
    EXPECT_EQ(store->documents(run.number)->size(), documents) << "half of run " << run.number;
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace portolan::tests
