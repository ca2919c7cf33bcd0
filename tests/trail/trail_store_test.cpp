#include "store/trail_store.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "events/recorded.h"
#include "tools/trail/trail.h"

/// What the store of a trail gives back is what the logs said, in whatever pieces they came.
namespace portolan::store {
namespace {

namespace fs = std::filesystem;

/// A file that is gone after the test, with what SQLite puts beside it.
struct StoreFile {
  std::string path =
      (fs::temp_directory_path() / fmt::format("portolan-trail-store-{}.db", ::getpid())).string();
  StoreFile() { remove(); }
  StoreFile(const StoreFile&) = delete;
  StoreFile& operator=(const StoreFile&) = delete;
  ~StoreFile() { remove(); }
  void remove() const {
    for (const char* const end : {"", "-wal", "-shm"}) {
      std::error_code error;
      fs::remove(path + end, error);
    }
  }
};

std::vector<events::RecordedEvent> recorded(const trail::LogFile& log) {
  events::RecordedReadings readings;
  events::read_recorded(log.text, log.path, readings);
  EXPECT_TRUE(readings.diagnostics.empty());
  return std::move(readings.events);
}

events::Timeline timeline_of(TrailStore& store) {
  auto events = store.events();
  EXPECT_TRUE(events.has_value());
  return events::build_timeline(std::move(*events));
}

const trail::Generated& made() {
  static const trail::Generated kMade =
      trail::generate({.seed = 21, .accounts = 2, .days = 3, .planted = 6});
  return kMade;
}

events::Timeline as_read() {
  events::TrailReader reader;
  events::Readings readings;
  for (const trail::LogFile& log : made().files) {
    reader.read(log.text, log.path, readings);
  }
  return events::build_timeline(std::move(readings.events));
}

TEST(TrailStore, gives_back_what_the_logs_said) {
  const StoreFile file;
  auto store = TrailStore::open(file.path);
  ASSERT_TRUE(store.has_value());
  for (const trail::LogFile& log : made().files) {
    ASSERT_TRUE(store->add(recorded(log), {}).has_value());
  }
  const events::Timeline told = timeline_of(*store);
  const events::Timeline read = as_read();
  EXPECT_EQ(told.intervals, read.intervals);
  EXPECT_EQ(told.steps, read.steps);
}

TEST(TrailStore, is_the_same_for_any_order_and_any_overlap) {
  const StoreFile file;
  auto store = TrailStore::open(file.path);
  ASSERT_TRUE(store.has_value());
  std::vector<trail::LogFile> files = made().files;
  std::reverse(files.begin(), files.end());
  const SeenLog seen{.place = "a", .size = 1};
  for (int again = 0; again < 2; ++again) {
    for (const trail::LogFile& log : files) {
      const auto events = recorded(log);
      ASSERT_TRUE(store->add(events, {&seen, 1}).has_value());
      ASSERT_TRUE(store->add({events.data(), events.size() / 2}, {&seen, 1}).has_value());
    }
  }
  const events::Timeline read = as_read();
  const events::Timeline told = timeline_of(*store);
  EXPECT_EQ(told.intervals, read.intervals);
  EXPECT_EQ(told.events.size(), read.events.size());
  EXPECT_EQ(told.logging.size(), read.logging.size());
  EXPECT_TRUE(*store->has(seen));
  EXPECT_FALSE(*store->has({.place = "a", .size = 2}));
  EXPECT_FALSE(*store->has({.place = "b", .size = 1}));
  ASSERT_TRUE(store->keep(read).has_value());
  ASSERT_TRUE(store->keep(read).has_value());
  const auto counts = store->counts();
  ASSERT_TRUE(counts.has_value());
  EXPECT_EQ(counts->events, read.events.size());
  EXPECT_EQ(counts->logging, read.logging.size());
  EXPECT_GT(counts->logging, 0U);
  EXPECT_EQ(counts->intervals, read.intervals.size());
  EXPECT_EQ(counts->logs, 1U);
}

}  // namespace
}  // namespace portolan::store
