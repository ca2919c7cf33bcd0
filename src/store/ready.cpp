#include "store/ready.h"

#include <sys/stat.h>
#include <utility>

#include "store/schema.h"

namespace portolan::store {

namespace {

constexpr int kOwnerOnly = 0600;

Result<void> make_ready(Sqlite& database) {
  return expect_ours(database)
      .and_then([&] {
        // Nothing is lost when the machine goes down, and readers do not wait for writers.
        return database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
      })
      .and_then([&] { return bring_forward(database); });
}

}  // namespace

Result<Sqlite> open_ready(const std::string& file) {
  const mode_t before = umask(0777 & ~kOwnerOnly);  // it holds what an attacker would like to know
  auto opened = Sqlite::open(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  auto ready = opened ? make_ready(*opened) : tl::unexpected(opened.error());
  umask(before);
  if (!ready) {
    return tl::unexpected(std::move(ready).error());
  }
  return opened;
}

}  // namespace portolan::store
