#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "model/event_filter.h"

/// Private to the module: whether somebody is told of calls.
namespace portolan::checks {

/// Names of calls of EC2.
using Calls = std::span<const std::string_view>;

/// The calls of one account and region: which somebody is told of, and why not.
class CallWatch {
 public:
  CallWatch(const Context& context, Calls calls, Owned place);

  /// Whether somebody is told of that one of the calls, whoever makes it.
  [[nodiscard]] Takes told(std::size_t call) const { return told_[call]; }
  /// What is missing to know.
  [[nodiscard]] const std::set<std::string>& gaps() const { return gaps_; }
  /// Why nobody is told of the others.
  [[nodiscard]] std::string reason() const;

 private:
  [[nodiscard]] bool covers(const Trail& trail) const;
  /// Notes all calls as unclear where that kind of document was not read. True if it was.
  bool ask_for(Noun noun, const Owned& place);
  void follow(const Trail& trail);
  void follow(const MetricFilter& filter, Takes records);
  void follow(const EventRule& rule);
  void follow_rules();
  /// Whether an alarm about the filter's metrics gets to somebody.
  Takes is_heard(const MetricFilter& filter);
  Takes tells_somebody(const Alarm& alarm);
  Takes is_subscribed(const Arn& topic);

  const Context& context_;
  Calls calls_;
  Owned place_;
  std::vector<Takes> told_;  // of each call
  Takes recorded_ = Takes::No;
  bool has_log_group_ = false;
  std::string broken_;  // what is wrong behind a filter that takes the calls
  std::set<std::string> gaps_;
};

}  // namespace portolan::checks
