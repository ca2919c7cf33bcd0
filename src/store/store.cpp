#include "store/store.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "store/packing.h"
#include "store/ready.h"
#include "store/schema.h"
#include "store/sqlite.h"

namespace portolan::store {

namespace {

/// Joined to one key, so that a set of checks is one temporary table.
Result<void> name_checks(Sqlite& database, const std::vector<std::string>& checks) {
  if (auto made = database.execute("CREATE TEMP TABLE IF NOT EXISTS ran (id TEXT PRIMARY KEY); "
                                   "DELETE FROM ran");
      !made) {
    return made;
  }
  Statement insert(database, "INSERT OR IGNORE INTO ran VALUES (?)");
  for (const std::string& check : checks) {
    insert.bind(check).run();
  }
  return insert.done();
}

std::size_t count_of(const AuditRun& run, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(run.findings.begin(), run.findings.end(),
                    [&](const SeenFinding& seen) { return seen.finding.outcome == outcome; }));
}

std::optional<Outcome> parse_outcome(std::string_view text) {
  for (const Outcome outcome : {Outcome::Pass, Outcome::Fail, Outcome::Unknown}) {
    if (portolan::text(outcome) == text) {
      return outcome;
    }
  }
  return std::nullopt;
}

}  // namespace

/// The file, and what is done in it step by step.
class Store::Database {
 public:
  explicit Database(Sqlite sqlite) : sqlite_(std::move(sqlite)) {}

  Sqlite& sqlite() { return sqlite_; }

  Result<std::int64_t> add_run(const AuditRun& run) {
    Statement insert(sqlite_,
                     "INSERT INTO runs (time, source, version, resources, failed, unknown, passed, "
                     "appeared, resolved) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) RETURNING number");
    insert.bind(run.time.seconds())
        .bind(run.source)
        .bind(run.version)
        .bind(static_cast<std::int64_t>(run.resources))
        .bind(static_cast<std::int64_t>(count_of(run, Outcome::Fail)))
        .bind(static_cast<std::int64_t>(count_of(run, Outcome::Unknown)))
        .bind(static_cast<std::int64_t>(run.passed));
    const std::int64_t number = insert.next() ? insert.number() : 0;
    insert.run();
    if (auto done = insert.done(); !done) {
      return tl::unexpected(std::move(done).error());
    }
    return number;
  }

  Result<void> add_findings(const AuditRun& run, std::int64_t number) {
    Statement upsert(
        sqlite_,
        "INSERT INTO findings (source, fingerprint, check_id, resource, name, account, region, "
        "outcome, risk, is_latent, message, fix, first_seen, last_seen, last_run) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?14) "
        "ON CONFLICT (source, fingerprint) DO UPDATE SET name = ?5, outcome = ?8, risk = ?9, "
        "is_latent = ?10, message = ?11, fix = ?12, last_seen = ?13, last_run = ?14, "
        "times_back = times_back + (resolved IS NOT NULL), resolved = NULL");
    for (const SeenFinding& seen : run.findings) {
      const Finding& finding = seen.finding;
      upsert.bind(run.source)
          .bind(seen.fingerprint)
          .bind(finding.check)
          .bind(finding.resource)
          .bind(finding.name)
          .bind(finding.account.text())
          .bind(finding.region.text())
          .bind(text(finding.outcome))
          .bind(text(finding.risk))
          .bind(std::int64_t{finding.is_latent ? 1 : 0})
          .bind(finding.message)
          .bind(finding.fix)
          .bind(run.time.seconds())
          .bind(number)
          .run();
    }
    return upsert.done();
  }

  /// What the checks that were run found before, and do not find any more.
  Result<void> resolve(const AuditRun& run, std::int64_t number) {
    if (auto named = name_checks(sqlite_, run.checks); !named) {
      return named;
    }
    Statement update(sqlite_,
                     "UPDATE findings SET resolved = ? WHERE source = ? AND resolved IS NULL AND "
                     "last_run <> ? AND check_id IN (SELECT id FROM ran)");
    update.bind(run.time.seconds()).bind(run.source).bind(number).run();
    const std::int64_t resolved = sqlite3_changes64(sqlite_.get());
    if (auto done = update.done(); !done) {
      return done;
    }
    Statement sum(sqlite_, "UPDATE runs SET appeared = ?, resolved = ? WHERE number = ?");
    sum.bind(appeared_).bind(resolved).bind(number).run();
    return sum.done();
  }

  /// Counts, before they are added, those that are not there now.
  Result<void> count_new(const AuditRun& run) {
    Statement known(sqlite_,
                    "SELECT 1 FROM findings WHERE source = ? AND fingerprint = ? AND resolved IS "
                    "NULL");
    appeared_ = 0;
    for (const SeenFinding& seen : run.findings) {
      const bool is_known = known.bind(run.source).bind(seen.fingerprint).next();
      appeared_ += is_known ? 0 : 1;
      if (is_known) {
        known.run();  // makes it ready for the next one
      }
    }
    return known.done();
  }

  Result<void> add_documents(const AuditRun& run, std::int64_t number,
                             std::span<const StoredDocument> documents) {
    Statement insert(sqlite_,
                     "INSERT OR REPLACE INTO documents (run, path, blob) VALUES (?, ?, ?)");
    for (const StoredDocument& document : documents) {
      const std::int64_t blob = TRY(blob_of(run.source, number, document));
      insert.bind(number).bind(document.path).bind(blob).run();
    }
    return insert.done();
  }

 private:
  /// The blob that holds the document: that of the run before, if it is still the same.
  Result<std::int64_t> blob_of(const std::string& source, std::int64_t run,
                               const StoredDocument& document) {
    const std::uint32_t sum = checksum(document.bytes);
    Statement last(sqlite_,
                   "SELECT b.number, b.packed FROM runs r JOIN documents d ON d.run = r.number "
                   "JOIN blobs b ON b.number = d.blob WHERE r.source = ? AND r.number < ? AND "
                   "d.path = ? AND b.size = ? AND b.checksum = ? ORDER BY r.number DESC LIMIT 1");
    last.bind(source)
        .bind(run)
        .bind(document.path)
        .bind(static_cast<std::int64_t>(document.bytes.size()))
        .bind(std::int64_t{sum});
    if (last.next()) {
      const std::int64_t number = last.number();
      const auto bytes = unpack(last.blob(), document.bytes.size());
      if (bytes && *bytes == document.bytes) {
        return number;
      }
    }
    Statement insert(
        sqlite_, "INSERT INTO blobs (size, checksum, packed) VALUES (?, ?, ?) RETURNING number");
    insert.bind(static_cast<std::int64_t>(document.bytes.size()))
        .bind(std::int64_t{sum})
        .bind_blob(pack(document.bytes));
    const std::int64_t number = insert.next() ? insert.number() : 0;
    insert.run();
    if (auto done = insert.done(); !done) {
      return tl::unexpected(std::move(done).error());
    }
    return number;
  }

  Sqlite sqlite_;
  std::int64_t appeared_ = 0;
};

Store::Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::string& file) {
  return Store(std::make_unique<Database>(TRY(open_ready(file))));
}

Result<Store> Store::open_existing(const std::string& file) {
  auto opened = TRY(Sqlite::open(file, SQLITE_OPEN_READWRITE));
  if (auto current = expect_current(opened); !current) {
    return tl::unexpected(std::move(current).error());
  }
  return Store(std::make_unique<Database>(std::move(opened)));
}

Result<std::int64_t> Store::record(const AuditRun& run, std::span<const StoredDocument> documents) {
  Transaction transaction = TRY(Transaction::begin(database_->sqlite()));
  const std::int64_t number = TRY(database_->add_run(run));
  auto done = database_->count_new(run)
                  .and_then([&] { return database_->add_findings(run, number); })
                  .and_then([&] { return database_->resolve(run, number); })
                  .and_then([&] { return database_->add_documents(run, number, documents); })
                  .and_then([&] { return transaction.commit(); });
  if (!done) {
    return tl::unexpected(std::move(done).error());
  }
  return number;
}

Result<std::vector<RunSummary>> Store::runs(const std::string& source) {
  Statement query(database_->sqlite(),
                  "SELECT number, time, source, version, resources, failed, unknown, passed, "
                  "appeared, resolved, EXISTS (SELECT 1 FROM documents WHERE run = number) "
                  "FROM runs WHERE ?1 = '' OR source = ?1 ORDER BY number DESC");
  query.bind(source);
  std::vector<RunSummary> runs;
  while (query.next()) {
    RunSummary& run = runs.emplace_back();
    run.number = query.number();
    run.time = Time::from_seconds(query.number());
    run.source = query.text();
    run.version = query.text();
    for (std::size_t RunSummary::*count :
         {&RunSummary::resources, &RunSummary::failed, &RunSummary::unknown, &RunSummary::passed,
          &RunSummary::appeared, &RunSummary::resolved}) {
      run.*count = static_cast<std::size_t>(query.number());
    }
    run.has_snapshot = query.number() != 0;
  }
  if (auto done = query.done(); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return runs;
}

Result<std::vector<FindingLife>> Store::findings(const std::string& source) {
  Statement query(database_->sqlite(),
                  "SELECT source, fingerprint, check_id, resource, name, account, region, outcome, "
                  "risk, is_latent, message, fix, first_seen, last_seen, times_back, resolved "
                  "FROM findings WHERE ?1 = '' OR source = ?1 "
                  "ORDER BY source, resolved IS NOT NULL, first_seen DESC, check_id, resource");
  query.bind(source);
  std::vector<FindingLife> lives;
  while (query.next()) {
    FindingLife& life = lives.emplace_back();
    life.source = query.text();
    life.fingerprint = query.text();
    life.finding.check = query.text();
    life.finding.resource = query.text();
    life.finding.name = query.text();
    if (const auto account = AccountId::parse(query.text())) {
      life.finding.account = *account;
    }
    if (const auto region = Region::parse(query.text())) {
      life.finding.region = *region;
    }
    life.finding.outcome = parse_outcome(query.text()).value_or(Outcome::Unknown);
    life.finding.risk = parse_risk(query.text()).value_or(Risk::Medium);
    life.finding.is_latent = query.number() != 0;
    life.finding.message = query.text();
    life.finding.fix = query.text();
    life.first_seen = Time::from_seconds(query.number());
    life.last_seen = Time::from_seconds(query.number());
    life.times_back = static_cast<int>(query.number());
    if (!query.is_null()) {
      life.resolved = Time::from_seconds(query.number());
    }
  }
  if (auto done = query.done(); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return lives;
}

Result<std::vector<StoredDocument>> Store::documents(std::int64_t run) {
  Statement query(database_->sqlite(),
                  "SELECT d.path, b.size, b.packed FROM documents d JOIN blobs b ON b.number = "
                  "d.blob WHERE d.run = ? ORDER BY d.path");
  query.bind(run);
  std::vector<StoredDocument> documents;
  while (query.next()) {
    StoredDocument& document = documents.emplace_back();
    document.path = query.text();
    const auto size = static_cast<std::size_t>(query.number());
    document.bytes = TRY(unpack(query.blob(), size));
  }
  if (auto done = query.done(); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return documents;
}

Result<std::size_t> Store::keep_documents(std::size_t count) {
  Sqlite& sqlite = database_->sqlite();
  Transaction transaction = TRY(Transaction::begin(sqlite));
  Statement old(sqlite,
                "DELETE FROM documents WHERE run IN (SELECT number FROM (SELECT number, "
                "row_number() OVER (PARTITION BY source ORDER BY number DESC) AS age FROM runs) "
                "WHERE age > ?)");
  old.bind(static_cast<std::int64_t>(count)).run();
  const auto forgotten = static_cast<std::size_t>(sqlite3_changes64(sqlite.get()));
  Statement blobs(sqlite, "DELETE FROM blobs WHERE number NOT IN (SELECT blob FROM documents)");
  blobs.run();
  auto done = old.done().and_then([&] { return blobs.done(); }).and_then([&] {
    return transaction.commit();
  });
  if (!done) {
    return tl::unexpected(std::move(done).error());
  }
  return forgotten;
}

}  // namespace portolan::store
