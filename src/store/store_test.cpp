#include "store/store.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace portolan::store {

namespace {

namespace fs = std::filesystem;

/// A file that is gone when the test is over.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "portolan-store-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string file() const { return (path_ / "history.db").string(); }

 private:
  fs::path path_;
};

SeenFinding seen(const std::string& check, const std::string& resource) {
  SeenFinding result{.fingerprint = check + " " + resource, .finding = {}};
  result.finding.check = check;
  result.finding.resource = resource;
  result.finding.name = "O'Brien \"; DROP TABLE runs; --";
  result.finding.account = *AccountId::parse("111122223333");
  result.finding.region = *Region::parse("eu-west-1");
  result.finding.risk = Risk::High;
  result.finding.message = "message of " + resource;
  return result;
}

AuditRun run_at(std::int64_t seconds, std::vector<SeenFinding> findings) {
  return {.time = Time::from_seconds(seconds),
          .source = "dump",
          .version = "1.0",
          .resources = 7,
          .passed = 3,
          .checks = {"a-check", "b-check"},
          .findings = std::move(findings)};
}

FindingLife life_of(Store& store, const std::string& resource) {
  const auto lives = *store.findings();
  for (const FindingLife& life : lives) {
    if (life.finding.resource == resource) {
      return life;
    }
  }
  ADD_FAILURE() << "no finding about " << resource;
  return {};
}

TEST(Store, remembers_when_findings_came_and_went) {
  const Folder folder;
  {
    Store store = *Store::open(folder.file());
    EXPECT_EQ(*store.record(run_at(100, {seen("a-check", "sg-1"), seen("a-check", "sg-2")}), {}),
              1);
    EXPECT_EQ(*store.record(run_at(200, {seen("a-check", "sg-2")}), {}), 2);
  }
  Store store = *Store::open_existing(folder.file());
  const FindingLife gone = life_of(store, "sg-1");
  EXPECT_EQ(gone.first_seen.seconds(), 100);
  EXPECT_EQ(gone.last_seen.seconds(), 100);
  EXPECT_EQ(gone.resolved, Time::from_seconds(200));
  EXPECT_EQ(gone.finding.name, "O'Brien \"; DROP TABLE runs; --");
  EXPECT_EQ(gone.finding.risk, Risk::High);
  const FindingLife there = life_of(store, "sg-2");
  EXPECT_EQ(there.last_seen.seconds(), 200);
  EXPECT_FALSE(there.resolved);

  EXPECT_TRUE(store.record(run_at(300, {seen("a-check", "sg-1"), seen("a-check", "sg-2")}), {}));
  const FindingLife back = life_of(store, "sg-1");
  EXPECT_EQ(back.first_seen.seconds(), 100);
  EXPECT_FALSE(back.resolved);
  EXPECT_EQ(back.times_back, 1);

  const auto runs = *store.runs();
  ASSERT_EQ(runs.size(), 3U);
  EXPECT_EQ(runs[0].number, 3);
  EXPECT_EQ(runs[0].appeared, 1U);
  EXPECT_EQ(runs[1].resolved, 1U);
  EXPECT_EQ(runs[2].appeared, 2U);
  EXPECT_EQ(runs[2].failed, 2U);
  EXPECT_EQ(runs[2].passed, 3U);
  EXPECT_EQ(runs[2].resources, 7U);
}

TEST(Store, a_check_that_was_not_run_resolves_nothing) {
  const Folder folder;
  Store store = *Store::open(folder.file());
  ASSERT_TRUE(store.record(run_at(100, {seen("a-check", "sg-1"), seen("b-check", "sg-2")}), {}));
  AuditRun part = run_at(200, {});
  part.checks = {"b-check"};
  ASSERT_TRUE(store.record(part, {}));
  EXPECT_FALSE(life_of(store, "sg-1").resolved);
  EXPECT_TRUE(life_of(store, "sg-2").resolved);
}

TEST(Store, sources_do_not_mix) {
  const Folder folder;
  Store store = *Store::open(folder.file());
  ASSERT_TRUE(store.record(run_at(100, {seen("a-check", "sg-1")}), {}));
  AuditRun other = run_at(200, {});
  other.source = "another";
  ASSERT_TRUE(store.record(other, {}));
  EXPECT_FALSE(life_of(store, "sg-1").resolved);
  EXPECT_EQ(store.runs("another")->size(), 1U);
  EXPECT_TRUE(store.findings("another")->empty());
}

TEST(Store, keeps_documents_and_those_that_stay_the_same_once) {
  const Folder folder;
  Store store = *Store::open(folder.file());
  std::string big;
  for (int i = 0; i < 100000; ++i) {
    big += std::to_string(i * 7919 % 100003);
  }
  std::vector<StoredDocument> documents = {{"a.json", big}, {"b.json", "{}"}};
  ASSERT_TRUE(store.record(run_at(100, {}), documents));
  const auto size = fs::file_size(folder.file()) + fs::file_size(folder.file() + "-wal");
  documents[1].bytes = "[]";
  ASSERT_TRUE(store.record(run_at(200, {}), documents));
  EXPECT_LT(fs::file_size(folder.file()) + fs::file_size(folder.file() + "-wal"),
            size + big.size() / 4);
  const auto first = *store.documents(1);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].bytes, big);
  EXPECT_EQ(first[1].bytes, "{}");
  EXPECT_EQ((*store.documents(2))[0].bytes, big);
  EXPECT_EQ((*store.documents(2))[1].bytes, "[]");
  EXPECT_TRUE((*store.runs())[0].has_snapshot);

  EXPECT_EQ(*store.keep_documents(1), 2U);
  EXPECT_TRUE(store.documents(1)->empty());
  EXPECT_EQ((*store.documents(2))[0].bytes, big);
  EXPECT_FALSE((*store.runs())[1].has_snapshot);
}

TEST(Store, its_file_is_for_its_owner) {
  const Folder folder;
  ASSERT_TRUE(Store::open(folder.file()));
  EXPECT_EQ(fs::status(folder.file()).permissions() & fs::perms::all,
            fs::perms::owner_read | fs::perms::owner_write);
}

std::string error_of(const std::string& file) {
  const auto store = Store::open(file);
  return store ? "none" : store.error().code;
}

void execute(const std::string& file, const char* sql) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(handle);
}

TEST(Store, leaves_files_of_others_alone) {
  const Folder text;
  std::ofstream(text.file()) << "this is a text, and long enough to be looked at by SQLite ......"
                                "......................................................";
  EXPECT_EQ(error_of(text.file()), "not_a_store");
  const Folder other;
  execute(other.file(), "CREATE TABLE mine (x)");
  EXPECT_EQ(error_of(other.file()), "not_a_store");
  EXPECT_EQ(error_of("/no/such/folder/history.db"), "cannot_open_store");
  EXPECT_EQ(Store::open_existing(Folder().file()).error().code, "cannot_open_store");
}

TEST(Store, says_that_a_file_is_too_new) {
  const Folder folder;
  ASSERT_TRUE(Store::open(folder.file()));
  execute(folder.file(), "PRAGMA user_version = 999");
  EXPECT_EQ(error_of(folder.file()), "store_too_new");
}

/// What the first version wrote, as it stands: the steps of the schema are not asked.
constexpr const char* kFirstVersion = R"(
CREATE TABLE runs (
  number INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  source TEXT NOT NULL,
  version TEXT NOT NULL,
  resources INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  passed INTEGER NOT NULL,
  appeared INTEGER NOT NULL,
  resolved INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_source ON runs (source, number);
CREATE TABLE findings (
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  check_id TEXT NOT NULL,
  resource TEXT NOT NULL,
  name TEXT NOT NULL,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  outcome TEXT NOT NULL,
  risk TEXT NOT NULL,
  is_latent INTEGER NOT NULL,
  message TEXT NOT NULL,
  fix TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  last_run INTEGER NOT NULL REFERENCES runs (number),
  resolved INTEGER,
  times_back INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, fingerprint)
) STRICT, WITHOUT ROWID;
CREATE TABLE blobs (
  number INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  packed BLOB NOT NULL
) STRICT;
CREATE TABLE documents (
  run INTEGER NOT NULL REFERENCES runs (number),
  path TEXT NOT NULL,
  blob INTEGER NOT NULL REFERENCES blobs (number),
  PRIMARY KEY (run, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_by_blob ON documents (blob);
INSERT INTO runs VALUES (1, 100, 'dump', '0.9', 7, 1, 0, 3, 1, 0);
INSERT INTO findings VALUES ('dump', 'f-1', 'a-check', 'sg-1', 'web', '111122223333', 'eu-west-1',
  'fail', 'high', 0, 'open', 'close it', 100, 100, 1, NULL, 2);
PRAGMA application_id = 1349481076;
PRAGMA user_version = 1;
)";

std::int64_t number(const std::string& file, const char* sql) {
  sqlite3* handle = nullptr;
  EXPECT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
  std::int64_t result = -1;
  sqlite3_exec(
      handle, sql,
      [](void* into, int, char** values, char**) {
        *static_cast<std::int64_t*>(into) = std::atoll(values[0]);
        return 0;
      },
      &result, nullptr);
  sqlite3_close(handle);
  return result;
}

TEST(Store, brings_a_file_of_the_first_version_forward) {
  const Folder folder;
  const Folder fresh;
  ASSERT_TRUE(Store::open(fresh.file()));
  execute(folder.file(), kFirstVersion);
  ASSERT_EQ(number(folder.file(), "PRAGMA user_version"), 1);
  {
    auto store = Store::open(folder.file());
    ASSERT_TRUE(store) << store.error().message;
    const auto runs = *store->runs();
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(runs.front().time, Time::from_seconds(100));
    EXPECT_EQ(runs.front().version, "0.9");
    EXPECT_EQ(runs.front().resources, 7U);
    EXPECT_EQ(runs.front().failed, 1U);
    const FindingLife life = life_of(*store, "sg-1");
    EXPECT_EQ(life.fingerprint, "f-1");
    EXPECT_EQ(life.finding.risk, Risk::High);
    EXPECT_EQ(life.finding.message, "open");
    EXPECT_EQ(life.times_back, 2);
    EXPECT_FALSE(life.resolved);
    // Old rows live on with the new ones.
    ASSERT_TRUE(store->record(run_at(200, {}), {}));
    EXPECT_TRUE(life_of(*store, "sg-1").resolved);
  }
  EXPECT_EQ(number(folder.file(), "PRAGMA user_version"),
            number(fresh.file(), "PRAGMA user_version"));
  EXPECT_EQ(number(folder.file(), "SELECT count(*) FROM trail_events"), 0);
  EXPECT_EQ(number(folder.file(), "SELECT count(*) FROM runs"), 2);
}

TEST(Store, what_fails_halfway_leaves_nothing) {
  const Folder folder;
  Store store = *Store::open(folder.file());
  ASSERT_TRUE(store.record(run_at(100, {seen("a-check", "sg-1")}), {}));
  execute(folder.file(),
          "CREATE TRIGGER broken BEFORE INSERT ON blobs BEGIN SELECT RAISE(ABORT, 'full'); END");
  const std::vector<StoredDocument> documents = {{"a.json", "{}"}};
  const auto recorded = store.record(run_at(200, {}), documents);
  ASSERT_FALSE(recorded);
  EXPECT_EQ(recorded.error().code, "store_failed");
  EXPECT_NE(recorded.error().message.find("full"), std::string::npos);
  EXPECT_EQ(store.runs()->size(), 1U);
  EXPECT_FALSE(life_of(store, "sg-1").resolved);
}

}  // namespace

}  // namespace portolan::store
