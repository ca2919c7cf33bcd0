#include "store/trail_rows.h"

#include "store/packing.h"

namespace portolan::store {

Result<void> add_event_rows(Sqlite& database, std::span<const events::RecordedEvent> all) {
  Statement insert(database,
                   "INSERT OR IGNORE INTO trail_events (account, id, digest, time, region, name, "
                   "class, principal, error_code, size, packed) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& [event, text] : all) {
    insert.bind(event.account.text())
        .bind(event.id)
        .bind(static_cast<std::int64_t>(event.digest))
        .bind(event.time.seconds())
        .bind(event.region.text())
        .bind(event.name)
        .bind(events::text(event.event_class))
        .bind(event.actor.principal)
        .bind(event.error_code)
        .bind(static_cast<std::int64_t>(text.size()))
        .bind_blob(pack(text))
        .run();
  }
  return insert.done();
}

Result<void> renew_event_rows(Sqlite& database) {
  {
    Statement query(database, "SELECT size, packed FROM trail_events_before");
    while (query.next()) {
      const auto size = static_cast<std::size_t>(query.number());
      const std::string text = TRY(unpack(query.blob(), size));
      events::RecordedReadings readings;
      events::read_recorded("{\"Records\":[" + text + "]}", "store", readings);
      if (auto added = add_event_rows(database, readings.events); !added) {
        return added;
      }
    }
    if (auto done = query.done(); !done) {
      return done;
    }
  }
  return database.execute("DROP TABLE trail_events_before");
}

}  // namespace portolan::store
