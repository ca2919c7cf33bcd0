#pragma once

#include <map>
#include <string>
#include <vector>

#include "events/timeline.h"

/// Private to the module.
namespace portolan::events {

/// Who and when, of an event.
Touch touch_of(const Event& event);

/// The intervals, open and closed ones, and the steps that made them. A key names what can be open
/// once at a time; one key may hold several intervals, the parts of a rule that came at different
/// times.
class Book {
 public:
  /// What is opened and closed from now on is the doing of that event.
  void begin_event(std::size_t number) { event_ = number; }
  /// Opens `subject` under `key`. What is open there is opened again without a close that was
  /// seen, so it gets an end that is not known.
  void open(const std::string& key, Subject subject, const Touch& by, bool is_implied = false);
  /// Adds a part to what is open under `key` and is `whole`, with the opening that it has. Makes no
  /// step.
  void add_part(const std::string& key, const Subject& whole, Interval part);
  /// Takes the parts that are open under `key` away, for the caller to close or to add again.
  std::vector<Interval> take(const std::string& key);
  /// Ends all under `key`; if nothing is open there, `unseen` was open since before the logs. That
  /// something unseen was modified makes no step.
  void close(const std::string& key, const Subject& unseen, const Touch& by, EndKind end,
             bool is_certain = true);
  /// Ends all under keys that begin with `prefix`.
  void close_all(const std::string& prefix, const Touch& by, EndKind end);
  /// Makes no step.
  void finish(Interval interval, const std::optional<Touch>& by, EndKind end);
  void add_step(Subject subject, bool opens, bool is_implied = false);

  [[nodiscard]] bool is_open(const std::string& key) const { return open_.contains(key); }
  [[nodiscard]] std::size_t steps() const { return steps_.size(); }
  /// Intervals, sorted, and steps; the book is empty after.
  void finish(Timeline& timeline) &&;

 private:
  struct Entry {
    Subject whole;
    std::vector<Interval> parts;
  };
  Entry& entry(const std::string& key, const Subject& whole);
  std::map<std::string, Entry>::iterator drop(std::map<std::string, Entry>::iterator at);

  std::size_t event_ = 0;
  std::map<std::string, Entry> open_;
  std::vector<Interval> closed_;
  std::vector<Step> steps_;
  std::map<std::string, std::map<std::string, int>>
      users_;  // by pl-…: groups, and of how many rules
};

}  // namespace portolan::events
