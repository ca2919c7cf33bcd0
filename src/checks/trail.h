#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checks/check.h"
#include "core/service.h"
#include "core/time.h"
#include "events/events.h"
#include "model/finding.h"

/// Part of the door of the checks module: what is wrong with what happened. The checks are about
/// events, not about a snapshot, so they are a table of their own.
///
/// Example:
///     const events::Timeline timeline = events::build_timeline(readings.events);
///     for (const Detection& detection : checks::detect(timeline, {})) { … }
namespace portolan::checks {

/// What a check of trails says of itself.
struct TrailCheck {
  std::string_view id;
  std::string_view title;
  Risk risk;  // the worst it reports
  std::string_view resources;
  std::string_view why;
  std::string_view fix;
  std::span<const std::string_view> references;
};

/// All of them, sorted by id.
std::span<const TrailCheck> trail_checks();
/// Null if there is no such check.
const TrailCheck* find_trail_check(std::string_view id);

/// One thing that happened and should not have, or should be looked at.
struct Detection {
  std::string check;
  Risk risk = Risk::Medium;
  AccountId account;
  Region region;
  std::string resource;           // sg-…, acl-…, pl-…, whom a burst of calls came from …
  std::optional<Time> opened_at;  // absent: before the logs begin
  std::optional<Time> closed_at;  // absent: not known, or it is open still
  std::string actor;              // who opened, by the ARN of the session
  std::string closer;             // who closed; empty if that is not known
  std::string ports;              // text form of a ServiceSet; empty where there are none
  std::string peer;               // CIDR, sg-…, pl-…, the destination of a route
  std::string exposure;  // of the peer: internet, public, private, group, prefix list, unknown
  std::string message;   // one sentence
  std::vector<std::string> affected;   // groups, interfaces … sorted
  std::vector<std::string> event_ids;  // that prove it, in order
  friend auto operator<=>(const Detection&, const Detection&) = default;
};

struct TrailOptions {
  std::int64_t longest_s = 30 * 60;      // an opening of exactly that length is short-lived
  double alarms_per_week = 1;            // how many false alarms about rates are acceptable
  ServiceSet public_services;            // what may be open to the internet: for the record only
  std::int64_t left_open_s = 24 * 3600;  // what a person opened and is open for so long is told
  /// Whether a snapshot has the rule; nothing: not known. May be empty. See `has_rule`.
  std::function<std::optional<bool>(const events::Subject& rule)> is_there = {};
  /// What is production is one grade worse; may be empty. See `is_production`.
  std::function<bool(const std::string& resource)> is_production = {};
};

/// True if the resource is a group that a production interface has, or such an interface or
/// instance, by the tags of the snapshot. What is not in the snapshot is not production.
bool is_production(const Context& context, const std::string& resource);

/// `50 s`, `1 min 49 s`, `1 h 5 min`.
std::string length_text(std::int64_t seconds);

/// Whether the group has such a rule; nothing if the group is not in the snapshot, which may be of
/// another account.
std::optional<bool> has_rule(const Snapshot& snapshot, const events::Subject& subject);

/// What the trail shows, worst first, then by time. The same for any order of the events.
/// SOURCE: docs/TRAIL.md, "What it finds".
std::vector<Detection> detect(const events::Timeline& timeline, const TrailOptions& options);

}  // namespace portolan::checks
