#include "store/trail_store.h"

#include <algorithm>
#include <map>
#include <utility>

#include "store/packing.h"
#include "store/ready.h"
#include "store/sqlite.h"
#include "store/trail_rows.h"

namespace portolan::store {

namespace {

using events::EndKind;
using events::SubjectKind;

std::string_view text_of(SubjectKind kind) {
  switch (kind) {
    case SubjectKind::Rule:
      return "rule";
    case SubjectKind::AclEntry:
      return "nacl_entry";
    case SubjectKind::Route:
      return "route";
    case SubjectKind::PrefixListEntry:
      return "prefix_list_entry";
    case SubjectKind::PublicAddress:
      return "public_address";
    case SubjectKind::PublicAccess:
      return "public_access";
    case SubjectKind::Switch:
      return "switch";
    case SubjectKind::Group:
      return "group";
    case SubjectKind::Membership:
      return "membership";
    case SubjectKind::Other:
      return "other";
  }
  return "";
}

std::string_view text_of(EndKind end) {
  switch (end) {
    case EndKind::Open:
      return "open";
    case EndKind::Revoked:
      return "revoked";
    case EndKind::Modified:
      return "modified";
    case EndKind::Deleted:
      return "deleted";
    case EndKind::Unseen:
      return "unseen";
  }
  return "";
}

void bind_touch(Statement& statement, const std::optional<events::Touch>& touch) {
  if (touch) {
    statement.bind(touch->time.seconds()).bind(touch->event_id).bind(touch->principal);
  } else {
    statement.bind_null().bind_null().bind_null();
  }
}

/// What a principal is judged by.
struct Habit {
  std::int64_t sets = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
};

}  // namespace

class TrailStore::Database {
 public:
  explicit Database(Sqlite sqlite)
      : sqlite_(std::move(sqlite)),
        find_log_(sqlite_, "SELECT 1 FROM trail_logs WHERE place = ? AND size = ? AND tag = ?") {}
  Sqlite& sqlite() { return sqlite_; }

  Result<void> add_logs(std::span<const SeenLog> logs) {
    Statement insert(sqlite_,
                     "INSERT OR REPLACE INTO trail_logs (place, size, tag) VALUES (?, ?, ?)");
    for (const SeenLog& log : logs) {
      insert.bind(log.place).bind(static_cast<std::int64_t>(log.size)).bind(log.tag).run();
    }
    return insert.done();
  }

  Result<bool> has(const SeenLog& log) {
    find_log_.bind(log.place).bind(static_cast<std::int64_t>(log.size)).bind(log.tag);
    bool is_there = false;
    while (find_log_.next()) {
      is_there = true;
    }
    return find_log_.done().map([&] { return is_there; });
  }

  Result<void> add_intervals(const std::vector<events::Interval>& intervals) {
    Statement insert(
        sqlite_,
        "INSERT INTO trail_intervals (number, kind, account, region, resource, detail, direction, "
        "services, peer, target, opened_at, opening_event, opener, closed_at, closing_event, "
        "closer, ending, is_certain, is_implied) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    std::int64_t number = 0;
    for (const events::Interval& each : intervals) {
      const events::Subject& subject = each.subject;
      insert.bind(++number)
          .bind(text_of(subject.kind))
          .bind(subject.account.text())
          .bind(subject.region.text())
          .bind(subject.resource)
          .bind(subject.detail)
          .bind(!subject.is_egress   ? ""
                : *subject.is_egress ? "egress"
                                     : "ingress")
          .bind(subject.services ? subject.services->text() : "")
          .bind(subject.peer)
          .bind(subject.target);
      bind_touch(insert, each.opened);
      bind_touch(insert, each.closed);
      insert.bind(text_of(each.end))
          .bind(std::int64_t{each.is_certain ? 1 : 0})
          .bind(std::int64_t{each.is_implied ? 1 : 0})
          .run();
    }
    return insert.done();
  }

  Result<void> add_baselines(const std::vector<events::ChangeSet>& sets) {
    std::map<std::pair<std::string, std::string>, Habit> habits;
    std::map<std::int64_t, std::int64_t> hours;
    for (const events::ChangeSet& set : sets) {
      const std::int64_t time = set.first.seconds();
      Habit& habit = habits[{set.account, set.principal}];
      habit.first = habit.sets == 0 ? time : std::min(habit.first, time);
      habit.last = std::max(habit.last, time);
      ++habit.sets;
      constexpr std::int64_t kHour = 3600;
      constexpr std::int64_t kWeekHours = 168;
      constexpr std::int64_t kThursday = 3 * 24;  // 1970-01-01; weeks begin on Mondays
      ++hours[((time / kHour) + kThursday) % kWeekHours];
    }
    Statement habit(sqlite_,
                    "INSERT INTO trail_baselines (account, principal, sets, first, last) VALUES "
                    "(?, ?, ?, ?, ?)");
    for (const auto& [key, each] : habits) {
      habit.bind(key.first).bind(key.second).bind(each.sets).bind(each.first).bind(each.last).run();
    }
    Statement hour(sqlite_, "INSERT INTO trail_season (hour_of_week, sets) VALUES (?, ?)");
    for (const auto& [number, count] : hours) {
      hour.bind(number).bind(count).run();
    }
    return habit.done().and_then([&] { return hour.done(); });
  }

  Result<std::size_t> count(const char* sql) {
    Statement query(sqlite_, sql);
    const auto number = static_cast<std::size_t>(query.next() ? query.number() : 0);
    if (auto done = query.done(); !done) {
      return tl::unexpected(std::move(done).error());
    }
    return number;
  }

 private:
  Sqlite sqlite_;
  Statement find_log_;
};

TrailStore::TrailStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}
TrailStore::TrailStore(TrailStore&&) noexcept = default;
TrailStore& TrailStore::operator=(TrailStore&&) noexcept = default;
TrailStore::~TrailStore() = default;

Result<TrailStore> TrailStore::open(const std::string& file) {
  return TrailStore(std::make_unique<Database>(TRY(open_ready(file))));
}

Result<bool> TrailStore::has(const SeenLog& log) { return database_->has(log); }

Result<std::map<std::string, std::string>> TrailStore::days() {
  Statement query(database_->sqlite(), "SELECT folder, day FROM trail_days ORDER BY folder");
  std::map<std::string, std::string> days;
  while (query.next()) {
    std::string folder = query.text();
    days[std::move(folder)] = query.text();
  }
  return query.done().map([&] { return std::move(days); });
}

Result<void> TrailStore::keep_days(const std::map<std::string, std::string>& days) {
  Transaction transaction = TRY(Transaction::begin(database_->sqlite()));
  Statement insert(database_->sqlite(),
                   "INSERT OR REPLACE INTO trail_days (folder, day) VALUES (?, ?)");
  for (const auto& [folder, day] : days) {
    insert.bind(folder).bind(day).run();
  }
  return insert.done().and_then([&] { return transaction.commit(); });
}

Result<void> TrailStore::add(std::span<const events::RecordedEvent> events,
                             std::span<const SeenLog> logs) {
  Transaction transaction = TRY(Transaction::begin(database_->sqlite()));
  return add_event_rows(database_->sqlite(), events)
      .and_then([&] { return database_->add_logs(logs); })
      .and_then([&] { return transaction.commit(); });
}

Result<std::vector<events::Event>> TrailStore::events() {
  Statement query(database_->sqlite(),
                  "SELECT size, packed FROM trail_events ORDER BY account, id, digest");
  events::TrailReader reader;
  events::Readings readings;
  while (query.next()) {
    const auto size = static_cast<std::size_t>(query.number());
    const std::string text = TRY(unpack(query.blob(), size));
    reader.read("{\"Records\":[" + text + "]}", "store", readings);
  }
  if (auto done = query.done(); !done) {
    return tl::unexpected(std::move(done).error());
  }
  return std::move(readings.events);
}

Result<void> TrailStore::keep(const events::Timeline& timeline) {
  Sqlite& sqlite = database_->sqlite();
  Transaction transaction = TRY(Transaction::begin(sqlite));
  return sqlite
      .execute("DELETE FROM trail_intervals; DELETE FROM trail_baselines; DELETE FROM trail_season")
      .and_then([&] { return database_->add_intervals(timeline.intervals); })
      .and_then([&] { return database_->add_baselines(events::change_sets(timeline.events)); })
      .and_then([&] { return transaction.commit(); });
}

Result<TrailCounts> TrailStore::counts() {
  TrailCounts counts;
  counts.events =
      TRY(database_->count("SELECT count(*) FROM (SELECT DISTINCT account, id FROM trail_events "
                           "WHERE class <> 'logging')"));
  counts.logging =
      TRY(database_->count("SELECT count(*) FROM (SELECT DISTINCT account, id FROM trail_events "
                           "WHERE class = 'logging')"));
  counts.intervals = TRY(database_->count("SELECT count(*) FROM trail_intervals"));
  counts.logs = TRY(database_->count("SELECT count(*) FROM trail_logs"));
  return counts;
}

}  // namespace portolan::store
