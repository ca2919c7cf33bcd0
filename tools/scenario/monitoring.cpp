#include <fmt/format.h>

#include "tools/scenario/noun.h"

namespace portolan::scenario {

namespace {

std::string log_group_arn(const Place& place, std::string_view name) {
  return fmt::format("arn:aws:logs:{}:{}:log-group:{}:*", place.region, place.account, name);
}

/// A topic needs no noun: its name, or its ARN.
std::string topic_arn(const Place& place, const std::string& name) {
  return name.starts_with("arn:")
             ? name
             : fmt::format("arn:aws:sns:{}:{}:{}", place.region, place.account, name);
}

/// The pattern that CIS shows, for the calls.
std::string pattern_of(const std::vector<std::string>& calls) {
  std::string pattern;
  for (const std::string& call : calls) {
    pattern += fmt::format("{}($.eventName = {})", pattern.empty() ? "{ " : " || ", call);
  }
  return pattern.empty() ? pattern : pattern + " }";
}

}  // namespace

void expand_flow_log(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  const std::string name = arguments.word("a VPC, subnet, interface or transit gateway");
  const Thing& resource = estate.need(arguments, name, {"vpc", "subnet", "eni", "tgw"});
  json::object row = object({{"FlowLogId", self.id},
                             {"FlowLogStatus", arguments.option("status", "ACTIVE")},
                             {"DeliverLogsStatus", arguments.option("delivery", "SUCCESS")},
                             {"ResourceId", resource.id},
                             {"TrafficType", arguments.option("traffic", "ALL")},
                             {"LogDestinationType", "s3"},
                             {"LogDestination", "arn:aws:s3:::flow-logs"}});
  row["Tags"] = tags_of(self, arguments);
  estate.add(Kind::FlowLogs, self.place, self.id, std::move(row));
}

void expand_trail(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object row = object({{"Name", self.name},
                             {"S3BucketName", "trail-logs"},
                             {"IncludeGlobalServiceEvents", true},
                             {"IsMultiRegionTrail", !arguments.flag("single-region")},
                             {"HomeRegion", self.place.region},
                             {"TrailARN", self.id},
                             {"IsOrganizationTrail", arguments.flag("organization")}});
  if (const std::string group = arguments.option("log-group"); !group.empty()) {
    row["CloudWatchLogsLogGroupArn"] = log_group_arn(self.place, group);
  }
  estate.add(Kind::Trails, self.place, self.id, std::move(row));
  if (!arguments.flag("no-status")) {
    estate.add(Kind::TrailStatus, self.place, self.id,
               object({{"IsLogging", !arguments.flag("stopped")}}));
  }
  if (!arguments.flag("no-selectors")) {
    json::object selector = object({{"ReadWriteType", arguments.option("calls", "All")},
                                    {"IncludeManagementEvents", true},
                                    {"DataResources", json::array{}}});
    estate.add(Kind::EventSelectors, self.place, self.id,
               object({{"TrailARN", self.id}, {"EventSelectors", json::array{selector}}}));
  }
}

void expand_metric_filter(Estate& estate, Arguments& arguments) {
  const Place& place = estate.here;
  const std::string name = arguments.word("a name");
  const std::string pattern = pattern_of(arguments.list("calls"));
  json::object metric = object({{"metricName", arguments.option("metric", name)},
                                {"metricNamespace", arguments.option("namespace", "Trail")},
                                {"metricValue", "1"}});
  estate.add(Kind::MetricFilters, place, name,
             object({{"filterName", name},
                     {"filterPattern", arguments.option("pattern", pattern)},
                     {"metricTransformations", json::array{metric}},
                     {"logGroupName", arguments.option("log-group", "trail")}}));
}

void expand_alarm(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::array actions;
  for (const std::string& topic : arguments.list("topic")) {
    actions.push_back(json::value(topic_arn(self.place, topic)));
  }
  estate.add(Kind::Alarms, self.place, self.id,
             object({{"AlarmName", self.name},
                     {"AlarmArn", self.id},
                     {"ActionsEnabled", !arguments.flag("no-actions")},
                     {"AlarmActions", actions},
                     {"MetricName", arguments.option("metric", self.name)},
                     {"Namespace", arguments.option("namespace", "Trail")}}));
}

void expand_subscription(Estate& estate, Arguments& arguments) {
  const Place& place = estate.here;
  const std::string topic = topic_arn(place, arguments.word("a topic"));
  const std::string arn = arguments.flag("pending") ? "PendingConfirmation"
                                                    : fmt::format("{}:{}", topic, digest(topic));
  estate.add(Kind::Subscriptions, place, arn,
             object({{"SubscriptionArn", arn},
                     {"Owner", place.account},
                     {"Protocol", "email"},
                     {"Endpoint", "security@example.com"},
                     {"TopicArn", topic}}));
}

void expand_event_rule(Estate& estate, Arguments& arguments) {
  const Thing& self = estate.self(arguments);
  json::object detail = object({{"eventSource", json::array{json::value("ec2.amazonaws.com")}}});
  for (const std::string& call : arguments.list("calls")) {
    array_of(detail, "eventName").push_back(json::value(call));
  }
  const json::object pattern =
      object({{"source", json::array{json::value("aws.ec2")}},
              {"detail-type", json::array{json::value("AWS API Call via CloudTrail")}},
              {"detail", detail}});
  estate.add(Kind::EventRules, self.place, self.id,
             object({{"Name", self.name},
                     {"Arn", self.id},
                     {"EventPattern", arguments.option("pattern", json::serialize(pattern))},
                     {"State", arguments.flag("disabled") ? "DISABLED" : "ENABLED"},
                     {"EventBusName", "default"}}));
}

}  // namespace portolan::scenario
