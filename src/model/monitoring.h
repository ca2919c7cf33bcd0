#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ip.h"
#include "core/name.h"
#include "model/tags.h"

namespace portolan {

struct FlowLog;
struct Trail;
struct MetricFilter;
struct Alarm;
struct Subscription;
struct EventRule;
struct PublishedRanges;
using FlowLogId = Id<FlowLog>;
/// The ARN.
using TrailId = Id<Trail>;
/// `ACCOUNT/REGION/GROUP/FILTER`: a filter has no id of its own.
using MetricFilterId = Id<MetricFilter>;
/// The ARN.
using AlarmId = Id<Alarm>;
using SubscriptionId = Id<Subscription>;
using EventRuleId = Id<EventRule>;
using PublishedRangesId = Id<PublishedRanges>;

enum class FlowLogTraffic : std::uint8_t { All, Accept, Reject, Unknown };

/// SOURCE: EC2 API, FlowLog.
struct FlowLog {
  FlowLogId id;
  Owned owned;
  std::string resource;  // vpc-…, subnet-…, eni-…, tgw-…
  FlowLogTraffic traffic = FlowLogTraffic::Unknown;
  bool is_active = false;     // FlowLogStatus
  bool is_delivering = true;  // DeliverLogsStatus is not `FAILED`
  friend auto operator<=>(const FlowLog&, const FlowLog&) = default;
};

/// SOURCE: CloudTrail API, Trail with the answers of GetTrailStatus and GetEventSelectors.
struct Trail {
  TrailId id;
  Owned owned;  // by its ARN: of an organisation's trail the management account
  std::string trail_name;
  bool is_multi_region = false;
  bool is_of_organization = false;
  std::string log_group;             // ARN in CloudWatch Logs; empty if it sends nothing there
  std::vector<AccountId> listed_by;  // whose DescribeTrails names it, sorted
  std::optional<bool> is_logging;    // absent: not collected
  /// Whether its selectors take the calls that change EC2's resources; absent: not collected, or
  /// more than is understood here.
  std::optional<bool> records_changes;
  friend auto operator<=>(const Trail&, const Trail&) = default;
};

/// The name of a metric of CloudWatch.
struct Metric {
  std::string metric_namespace;
  std::string metric_name;
  friend auto operator<=>(const Metric&, const Metric&) = default;
};

/// SOURCE: CloudWatch Logs API, MetricFilter.
struct MetricFilter {
  MetricFilterId id;
  Owned owned;
  std::string log_group;  // its name
  std::string filter_name;
  std::string pattern;
  std::vector<Metric> metrics;  // that it counts into
  friend auto operator<=>(const MetricFilter&, const MetricFilter&) = default;
};

/// SOURCE: CloudWatch API, MetricAlarm.
struct Alarm {
  AlarmId id;
  Owned owned;
  std::string alarm_name;
  bool acts = true;                  // ActionsEnabled
  std::vector<std::string> actions;  // AlarmActions: ARNs
  std::vector<Metric> metrics;       // that it watches
  friend auto operator<=>(const Alarm&, const Alarm&) = default;
};

/// SOURCE: SNS API, Subscription. One that nobody has confirmed has no ARN and is left out.
struct Subscription {
  SubscriptionId id;
  Owned owned;
  std::string topic;  // ARN
  friend auto operator<=>(const Subscription&, const Subscription&) = default;
};

/// SOURCE: EventBridge API, Rule.
struct EventRule {
  EventRuleId id;
  Owned owned;
  std::string rule_name;
  bool is_enabled = true;
  /// Its pattern takes calls of EC2 that CloudTrail reports.
  bool takes_calls = false;
  /// Names of the calls, `*` at the end for any that begin so; absent: all of them.
  std::optional<std::vector<std::string>> calls;
  bool is_exact = true;  // false: it has more conditions than are understood here
  friend auto operator<=>(const EventRule&, const EventRule&) = default;
};

/// SOURCE: ip-ranges.json, which AWS publishes: the blocks whose addresses EC2 rents to anybody.
struct PublishedRanges {
  PublishedRangesId id;
  Owned owned;
  std::vector<IpPrefix> ec2_v4;
  std::vector<IpPrefix> ec2_v6;
  friend auto operator<=>(const PublishedRanges&, const PublishedRanges&) = default;
};

}  // namespace portolan
