#include "store/trail_store.h"

#include <filesystem>
#include <string>
#include <unistd.h>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

/// How events are kept: each once, whatever file of whatever age they are in.
namespace portolan::store {

namespace {

namespace fs = std::filesystem;

/// A file that is gone when the test is over.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "portolan-trail-rows-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string file() const { return (path_ / "trail.db").string(); }

 private:
  fs::path path_;
};

/// With an id, without one, and a call of the trail itself.
const std::string kRecords =
    R"({"Records":[)"
    R"({"eventSource":"ec2.amazonaws.com","eventName":"DeleteSecurityGroup","eventID":"one",)"
    R"("eventTime":"2026-05-03T14:03:00Z","requestParameters":{"groupId":"sg-1"}},)"
    R"({"eventSource":"ec2.amazonaws.com","eventName":"DeleteSecurityGroup",)"
    R"("eventTime":"2026-05-03T14:04:00Z","requestParameters":{"groupId":"sg-2"}},)"
    R"({"eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging",)"
    R"("eventTime":"2026-05-03T14:05:00Z","requestParameters":{"name":"all"}}]})";

/// The one without an id, as another writer spells it.
const std::string kAgain =
    R"({"Records":[{ "eventTime": "2026-05-03T14:04:00Z", "eventName": "DeleteSecurityGroup",)"
    R"( "requestParameters": {"groupId": "sg-2"}, "eventSource": "ec2.amazonaws.com" }]})";

std::vector<events::RecordedEvent> recorded(const std::string& log) {
  events::RecordedReadings readings;
  events::read_recorded(log, "log", readings);
  EXPECT_TRUE(readings.diagnostics.empty());
  return std::move(readings.events);
}

void add(const std::string& file, const std::string& log) {
  auto store = TrailStore::open(file);
  ASSERT_TRUE(store.has_value());
  ASSERT_TRUE(store->add(recorded(log), {}).has_value());
}

TrailCounts counts_of(const std::string& file) {
  auto store = TrailStore::open(file);
  EXPECT_TRUE(store.has_value());
  return store.has_value() ? store->counts().value() : TrailCounts{};
}

void execute(const std::string& file, const char* sql) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(handle);
  sqlite3_close(handle);
}

/// Makes of the file what version 2 wrote, whose hashes and ids of records without one were others.
void make_older(const std::string& file) {
  execute(file, R"(
DROP INDEX trail_events_by_time;
ALTER TABLE trail_events RENAME TO newer;
CREATE TABLE trail_events (
  account TEXT NOT NULL, id TEXT NOT NULL, digest INTEGER NOT NULL, time INTEGER NOT NULL,
  region TEXT NOT NULL, name TEXT NOT NULL, principal TEXT NOT NULL, error_code TEXT NOT NULL,
  size INTEGER NOT NULL, packed BLOB NOT NULL,
  PRIMARY KEY (account, id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX trail_events_by_time ON trail_events (time);
INSERT INTO trail_events SELECT account, replace(id, 'none-', 'none-0'), digest / 2, time, region,
  name, principal, error_code, size, packed FROM newer;
DROP TABLE newer;
DROP TABLE trail_days;
DROP TABLE trail_logs;
CREATE TABLE trail_logs (
  place TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (place, size)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 2;
)");
}

TEST(TrailRows, of_the_network_and_of_the_trail_are_counted_apart) {
  const Folder folder;
  add(folder.file(), kRecords);
  EXPECT_EQ(counts_of(folder.file()).events, 2U);
  EXPECT_EQ(counts_of(folder.file()).logging, 1U);
}

TEST(TrailRows, without_an_id_count_once_however_they_are_spelled) {
  const Folder folder;
  add(folder.file(), kRecords);
  add(folder.file(), kAgain);
  EXPECT_EQ(counts_of(folder.file()).events, 2U);
}

TEST(TrailRows, of_an_older_file_have_the_ids_of_today) {
  const Folder folder;
  add(folder.file(), kRecords);
  make_older(folder.file());
  add(folder.file(), kRecords);
  add(folder.file(), kAgain);
  EXPECT_EQ(counts_of(folder.file()).events, 2U);
  EXPECT_EQ(counts_of(folder.file()).logging, 1U);
  auto store = TrailStore::open(folder.file());
  ASSERT_TRUE(store.has_value());
  const auto all = store->events();
  ASSERT_TRUE(all.has_value());
  EXPECT_EQ(all->size(), 4U) << "the two texts of one record are both kept";
}

}  // namespace

}  // namespace portolan::store
