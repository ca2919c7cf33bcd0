#pragma once

#include <map>
#include <string>
#include <vector>

#include "events/timeline.h"

/// Private to the module.
namespace portolan::events {

/// Who and when, of an event.
Touch touch_of(const Event& event);

/// The intervals, open and closed ones. A key names what can be open once at a time; one key may
/// hold several intervals, the parts of a rule that came at different times.
class Book {
 public:
  /// Opens `subject` under `key`. What is open there is opened again without a close that was
  /// seen, so it gets an end that is not known.
  void open(const std::string& key, Subject subject, const Touch& by, bool is_implied = false);
  /// Adds a part to what is open under `key`, with the opening that it has.
  void add_part(const std::string& key, Interval part);
  /// Takes the parts that are open under `key` away, for the caller to close or to add again.
  std::vector<Interval> take(const std::string& key);
  /// Ends all under `key`; if nothing is open there, `unseen` was open since before the logs.
  void close(const std::string& key, const Subject& unseen, const Touch& by, EndKind end,
             bool is_certain = true);
  /// Ends all under keys that begin with `prefix`.
  void close_all(const std::string& prefix, const Touch& by, EndKind end);
  void finish(Interval interval, const std::optional<Touch>& by, EndKind end);

  [[nodiscard]] bool is_open(const std::string& key) const { return open_.contains(key); }
  /// All of them, sorted; the book is empty after.
  std::vector<Interval> finished() &&;

 private:
  std::map<std::string, std::vector<Interval>> open_;
  std::vector<Interval> closed_;
};

}  // namespace portolan::events
