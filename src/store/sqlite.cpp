#include "store/sqlite.h"

#include <utility>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::store {

namespace {

constexpr int kWait_ms = 10000;

}  // namespace

Result<Sqlite> Sqlite::open(const std::string& file, int flags) {
  Sqlite database;
  database.file_ = file;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
  database.handle_.reset(handle);
  if (code != SQLITE_OK) {
    return fail("cannot_open_store",
                fmt::format("the store cannot be opened: {}", sqlite3_errstr(code)), file);
  }
  sqlite3_busy_timeout(handle, kWait_ms);
  return database;
}

tl::unexpected<Error> Sqlite::failure() const {
  return fail("store_failed",
              fmt::format("the store failed: {}", printable(sqlite3_errmsg(handle_.get()))), file_);
}

Result<void> Sqlite::execute(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return failure();
  }
  return {};
}

Statement::Statement(Sqlite& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  note(sqlite3_prepare_v2(database.get(), sql.data(), static_cast<int>(sql.size()), &statement,
                          nullptr));
  statement_.reset(statement);
}

void Statement::note(int code) {
  if (error_ == SQLITE_OK) {
    error_ = code;
  }
}

Statement& Statement::bind(std::int64_t value) {
  if (error_ == SQLITE_OK) {
    note(sqlite3_bind_int64(statement_.get(), ++bound_, value));
  }
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  if (error_ == SQLITE_OK) {
    note(sqlite3_bind_text64(statement_.get(), ++bound_, text.data(), text.size(), SQLITE_TRANSIENT,
                             SQLITE_UTF8));
  }
  return *this;
}

Statement& Statement::bind_blob(std::string_view bytes) {
  if (error_ == SQLITE_OK) {
    note(sqlite3_bind_blob64(statement_.get(), ++bound_, bytes.data(), bytes.size(),
                             SQLITE_TRANSIENT));
  }
  return *this;
}

Statement& Statement::bind_null() {
  if (error_ == SQLITE_OK) {
    note(sqlite3_bind_null(statement_.get(), ++bound_));
  }
  return *this;
}

bool Statement::next() {
  if (error_ != SQLITE_OK) {
    return false;
  }
  column_ = 0;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) {
    return true;
  }
  if (code != SQLITE_DONE) {
    note(code);
  }
  sqlite3_reset(statement_.get());
  bound_ = 0;
  return false;
}

std::int64_t Statement::number() { return sqlite3_column_int64(statement_.get(), column_++); }

std::string Statement::text() {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column_));
  const int size = sqlite3_column_bytes(statement_.get(), column_++);
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

std::string Statement::blob() {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column_));
  const int size = sqlite3_column_bytes(statement_.get(), column_++);
  return bytes == nullptr ? std::string() : std::string(bytes, static_cast<std::size_t>(size));
}

bool Statement::is_null() {
  const bool is_null = sqlite3_column_type(statement_.get(), column_) == SQLITE_NULL;
  column_ += is_null ? 1 : 0;
  return is_null;
}

void Statement::run() {
  while (next()) {
  }
}

Result<void> Statement::done() {
  if (error_ != SQLITE_OK) {
    return database_->failure();
  }
  return {};
}

Result<Transaction> Transaction::begin(Sqlite& database) {
  if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) {
    return tl::unexpected(std::move(begun).error());
  }
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ != nullptr) {
    sqlite3_exec(database_->get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

Result<void> Transaction::commit() {
  auto done = database_->execute("COMMIT");
  if (done) {
    database_ = nullptr;
  }
  return done;
}

}  // namespace portolan::store
