#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "core/result.h"

/// Private to the module: SQLite as values that free themselves. After the first error a statement
/// does nothing more, so that callers ask once, at the end.
namespace portolan::store {

class Sqlite {
 public:
  /// Error `cannot_open_store`.
  static Result<Sqlite> open(const std::string& file, int flags);

  [[nodiscard]] sqlite3* get() const { return handle_.get(); }
  [[nodiscard]] const std::string& file() const { return file_; }
  /// Error `store_failed`, with what SQLite says.
  Result<void> execute(const char* sql);
  [[nodiscard]] tl::unexpected<Error> failure() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
  std::string file_;
};

/// One statement: bind its values in order, then go through its rows, reading each row's columns in
/// order; or `run` it, which makes it ready for the next values.
class Statement {
 public:
  Statement(Sqlite& database, std::string_view sql);

  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);
  Statement& bind_blob(std::string_view bytes);
  Statement& bind_null();

  /// True if there is a row (more).
  bool next();
  std::int64_t number();
  std::string text();
  std::string blob();
  bool is_null();  // of the column that is read next; passes over it if so

  /// Steps to the end.
  void run();
  /// Error `store_failed` if anything has failed.
  Result<void> done();

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  void note(int code);

  Sqlite* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
  int column_ = 0;
  int error_ = SQLITE_OK;
};

/// A transaction that is rolled back unless it was committed.
class Transaction {
 public:
  /// Waits for other writers.
  static Result<Transaction> begin(Sqlite& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(Sqlite& database) : database_(&database) {}
  Sqlite* database_;
};

}  // namespace portolan::store
