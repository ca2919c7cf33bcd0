#include "store/schema.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include "store/trail_rows.h"

namespace portolan::store {

namespace {

constexpr std::int64_t kApplication = 0x506F7274;  // "Port"

/// What leads from one version to the next.
struct Step {
  const char* sql;
  Result<void> (*then)(Sqlite& database) = nullptr;  // what SQL alone cannot do
};

/// The one at `i` leads from version `i` to `i + 1`. An entry is never changed once it is released.
constexpr std::array kSteps = {
    Step{R"(
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
)"},
    Step{R"(
CREATE TABLE trail_events (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  digest INTEGER NOT NULL,
  time INTEGER NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  principal TEXT NOT NULL,
  error_code TEXT NOT NULL,
  size INTEGER NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (account, id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX trail_events_by_time ON trail_events (time);
CREATE TABLE trail_logs (
  place TEXT NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (place, size)
) STRICT, WITHOUT ROWID;
CREATE TABLE trail_intervals (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  region TEXT NOT NULL,
  resource TEXT NOT NULL,
  detail TEXT NOT NULL,
  direction TEXT NOT NULL,
  services TEXT NOT NULL,
  peer TEXT NOT NULL,
  target TEXT NOT NULL,
  opened_at INTEGER,
  opening_event TEXT,
  opener TEXT,
  closed_at INTEGER,
  closing_event TEXT,
  closer TEXT,
  ending TEXT NOT NULL,
  is_certain INTEGER NOT NULL,
  is_implied INTEGER NOT NULL
) STRICT;
CREATE INDEX trail_intervals_by_resource ON trail_intervals (resource);
CREATE TABLE trail_baselines (
  account TEXT NOT NULL,
  principal TEXT NOT NULL,
  sets INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (account, principal)
) STRICT, WITHOUT ROWID;
CREATE TABLE trail_season (
  hour_of_week INTEGER PRIMARY KEY,
  sets INTEGER NOT NULL
) STRICT;
)"},
    Step{R"(
DROP INDEX trail_events_by_time;
ALTER TABLE trail_events RENAME TO trail_events_before;
CREATE TABLE trail_events (
  account TEXT NOT NULL,
  id TEXT NOT NULL,
  digest INTEGER NOT NULL,
  time INTEGER NOT NULL,
  region TEXT NOT NULL,
  name TEXT NOT NULL,
  class TEXT NOT NULL,
  principal TEXT NOT NULL,
  error_code TEXT NOT NULL,
  size INTEGER NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (account, id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX trail_events_by_time ON trail_events (time);
)",
         renew_event_rows},
    Step{R"(
ALTER TABLE trail_logs RENAME TO trail_logs_before;
CREATE TABLE trail_logs (
  place TEXT NOT NULL PRIMARY KEY,
  size INTEGER NOT NULL,
  tag TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT OR REPLACE INTO trail_logs SELECT place, size, '' FROM trail_logs_before;
DROP TABLE trail_logs_before;
CREATE TABLE trail_days (
  folder TEXT NOT NULL PRIMARY KEY,
  day TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)"},
};

std::int64_t pragma(Sqlite& database, const char* sql) {
  Statement statement(database, sql);
  return statement.next() ? statement.number() : 0;
}

struct Stamp {
  std::int64_t application = 0;
  std::int64_t version = 0;
  bool is_new = false;
};

Result<Stamp> stamp_of(Sqlite& database) {
  Statement tables(database, "SELECT count(*) FROM sqlite_schema");
  const std::int64_t count = tables.next() ? tables.number() : 0;
  if (!tables.done()) {  // SQLite looks at the file here for the first time
    return fail("not_a_store", "the file is no SQLite database", database.file());
  }
  const Stamp stamp{.application = pragma(database, "PRAGMA application_id"),
                    .version = pragma(database, "PRAGMA user_version"),
                    .is_new = count == 0};
  if (!stamp.is_new && stamp.application != kApplication) {
    return fail("not_a_store", "the file is a database of another program", database.file());
  }
  if (stamp.version > static_cast<std::int64_t>(kSteps.size())) {
    return fail("store_too_new", "the store was written by a newer portolan", database.file());
  }
  return stamp;
}

}  // namespace

Result<void> bring_forward(Sqlite& database) {
  Transaction transaction = TRY(Transaction::begin(database));
  const Stamp stamp = TRY(stamp_of(database));
  for (auto step = static_cast<std::size_t>(stamp.version); step < kSteps.size(); ++step) {
    const auto& [sql, then] = kSteps.at(step);
    if (auto done = database.execute(sql); !done) {
      return done;
    }
    if (auto done = then == nullptr ? Result<void>{} : then(database); !done) {
      return done;
    }
  }
  if (auto done =
          database.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                       kApplication, kSteps.size())
                               .c_str());
      !done) {
    return done;
  }
  return transaction.commit();
}

Result<void> expect_ours(Sqlite& database) {
  return stamp_of(database).map([](const Stamp&) {});
}

Result<void> expect_current(Sqlite& database) {
  const Stamp stamp = TRY(stamp_of(database));
  if (stamp.is_new || stamp.version < static_cast<std::int64_t>(kSteps.size())) {
    return fail("store_too_old", "the store is of an older portolan: record a run first",
                database.file());
  }
  return {};
}

}  // namespace portolan::store
