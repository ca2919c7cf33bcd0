#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/test_documents.h"

namespace portolan::collect {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr auto kTrail = "arn:aws:cloudtrail:us-east-1:210987654321:trail/whole";

std::string trails() {
  return R"({"trailList": [{"Name": "whole", "TrailARN": ")" + std::string(kTrail) +
         R"(", "IsMultiRegionTrail": true, "IsOrganizationTrail": true, "HomeRegion": "us-east-1",
         "CloudWatchLogsLogGroupArn": "arn:aws:logs:us-east-1:210987654321:log-group:x:*"}]})";
}

TEST(FlowLogs, are_read_whole) {
  const Decoded decoded = decode_text(R"({"FlowLogs": [{"FlowLogId": "fl-1", "FlowLogStatus":
      "ACTIVE", "DeliverLogsStatus": "FAILED", "ResourceId": "vpc-1", "TrafficType": "REJECT"}]})");
  const FlowLog& log = row<FlowLog>(decoded, "fl-1");
  EXPECT_EQ(log.resource, "vpc-1");
  EXPECT_EQ(log.traffic, FlowLogTraffic::Reject);
  EXPECT_TRUE(log.is_active);
  EXPECT_FALSE(log.is_delivering);
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(Trails, of_an_organisation_belong_to_its_account_and_are_listed_by_members) {
  const Decoded decoded = decode_documents(
      {{kHere + "describe-trails.json", trails()},
       {"210987654321/us-east-1/describe-trails.json", trails()},
       {"210987654321/us-east-1/get-trail-status.json", R"({"IsLogging": true})"},
       {"210987654321/us-east-1/get-event-selectors.json",
        R"({"TrailARN": ")" + std::string(kTrail) +
            R"(", "EventSelectors": [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents":
            true}]})"}});
  const Trail& trail = row<Trail>(decoded, kTrail);
  EXPECT_EQ(trail.owned.account.text(), "210987654321");
  EXPECT_EQ(trail.owned.region.text(), "us-east-1");
  EXPECT_TRUE(trail.is_multi_region);
  EXPECT_TRUE(trail.is_of_organization);
  EXPECT_THAT(trail.listed_by, SizeIs(2));
  EXPECT_EQ(trail.is_logging, true);
  EXPECT_EQ(trail.records_changes, true);
  EXPECT_TRUE(decoded.snapshot.coverage().has(Noun::Trails, *AccountId::parse("123456789012"),
                                              *Region::parse("eu-west-1")));
  EXPECT_THAT(places(decoded), IsEmpty());
}

std::optional<bool> recorded(const std::string& selectors) {
  const Decoded decoded =
      decode_documents({{kHere + "trails.json", trails()},
                        {kHere + "selectors.json",
                         R"({"TrailARN": ")" + std::string(kTrail) + "\", " + selectors + "}"}});
  return row<Trail>(decoded, kTrail).records_changes;
}

TEST(Trails, record_what_their_selectors_take) {
  EXPECT_EQ(recorded(R"("EventSelectors": [{"ReadWriteType": "ReadOnly"}])"), false);
  EXPECT_EQ(recorded(R"("EventSelectors": [{"IncludeManagementEvents": false}])"), false);
  EXPECT_EQ(recorded(R"("EventSelectors": [], "AdvancedEventSelectors": [{"FieldSelectors": [
      {"Field": "eventCategory", "Equals": ["Management"]},
      {"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]}]}])"),
            true);
  EXPECT_EQ(recorded(R"("AdvancedEventSelectors": [{"FieldSelectors": [
      {"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals":
      ["AWS::S3::Object"]}]}, {"FieldSelectors": [{"Field": "eventCategory", "Equals":
      ["Management"]}, {"Field": "readOnly", "Equals": ["true"]}]}])"),
            false);
  EXPECT_EQ(recorded(R"("AdvancedEventSelectors": [{"FieldSelectors": [
      {"Field": "eventCategory", "Equals": ["Management"]},
      {"Field": "eventName", "StartsWith": ["Create"]}]}])"),
            std::nullopt);
}

TEST(MetricFilters, are_named_by_account_region_and_group) {
  const Decoded decoded = decode_text(R"({"metricFilters": [{"filterName": "f", "filterPattern":
      "{ $.a = b }", "metricTransformations": [{"metricName": "m", "metricNamespace": "n",
      "metricValue": "1"}], "logGroupName": "trail"}], "nextToken": "more"})");
  const MetricFilter& filter = row<MetricFilter>(decoded, "123456789012/eu-west-1/trail/f");
  EXPECT_EQ(filter.pattern, "{ $.a = b }");
  EXPECT_THAT(filter.metrics, ElementsAre(Metric{"n", "m"}));
  EXPECT_THAT(gaps(decoded), ElementsAre("pages_missing logs describe-metric-filters"));
}

TEST(Alarms, watch_one_metric_or_several) {
  const Decoded decoded = decode_text(R"({"MetricAlarms": [
      {"AlarmName": "one", "AlarmArn": "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:one",
       "ActionsEnabled": true, "AlarmActions": ["arn:aws:sns:eu-west-1:123456789012:ops"],
       "MetricName": "m", "Namespace": "n", "Metrics": []},
      {"AlarmName": "two", "AlarmArn": "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:two",
       "ActionsEnabled": false, "Metrics": [{"Id": "a", "MetricStat": {"Metric": {"Namespace": "n",
       "MetricName": "k"}, "Period": 60}}, {"Id": "b", "Expression": "a * 2"}]}],
      "CompositeAlarms": []})");
  const Alarm& one = row<Alarm>(decoded, "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:one");
  EXPECT_THAT(one.metrics, ElementsAre(Metric{"n", "m"}));
  EXPECT_THAT(one.actions, SizeIs(1));
  const Alarm& two = row<Alarm>(decoded, "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:two");
  EXPECT_FALSE(two.acts);
  EXPECT_THAT(two.metrics, ElementsAre(Metric{"n", "k"}));
}

TEST(Subscriptions, count_once_they_are_confirmed) {
  const Decoded decoded = decode_text(R"({"Subscriptions": [
      {"SubscriptionArn": "PendingConfirmation", "TopicArn": "arn:aws:sns:eu-west-1:1:t"},
      {"SubscriptionArn": "arn:aws:sns:eu-west-1:123456789012:t:1", "Owner": "123456789012",
       "TopicArn": "arn:aws:sns:eu-west-1:123456789012:t", "Protocol": "email"}]})");
  EXPECT_EQ(decoded.snapshot.all<Subscription>().size(), 1U);
  EXPECT_THAT(places(decoded), IsEmpty());
}

EventRule event_rule(const std::string& pattern) {
  const std::string arn = "arn:aws:events:eu-west-1:123456789012:rule/r";
  const Decoded decoded = decode_text(R"({"Rules": [{"Name": "r", "Arn": ")" + arn +
                                      R"(", "State": "ENABLED", "EventPattern": ")" + pattern +
                                      R"(", "EventBusName": "default"}]})");
  EXPECT_FALSE(decoded.snapshot.coverage().has_any(Noun::ListenerRules));
  EXPECT_TRUE(decoded.snapshot.coverage().has_any(Noun::EventRules));
  return row<EventRule>(decoded, arn);
}

TEST(EventRules, take_calls_of_ec2) {
  const EventRule rule = event_rule(
      R"({\"source\": [\"aws.ec2\"], \"detail-type\": [\"AWS API Call via CloudTrail\"], )"
      R"(\"detail\": {\"eventName\": [\"CreateVpc\", {\"prefix\": \"Delete\"}]}})");
  EXPECT_TRUE(rule.takes_calls);
  EXPECT_TRUE(rule.is_exact);
  ASSERT_TRUE(rule.calls);
  EXPECT_THAT(*rule.calls, ElementsAre("CreateVpc", "Delete*"));
  EXPECT_FALSE(event_rule(R"({\"source\": [\"aws.s3\"]})").takes_calls);
  EXPECT_FALSE(event_rule(R"({\"detail\": {\"errorCode\": [\"x\"]}})").is_exact);
  EXPECT_FALSE(event_rule(R"({\"source\": [)").is_exact);
}

TEST(EventRules, an_empty_list_counts_where_the_file_says_whose_it_is) {
  const Coverage named =
      decode_text(R"({"Rules": []})", "events-list-rules.json").snapshot.coverage();
  EXPECT_TRUE(named.has_any(Noun::EventRules));
  const Coverage unnamed = decode_text(R"({"Rules": []})", "rules.json").snapshot.coverage();
  EXPECT_FALSE(unnamed.has_any(Noun::EventRules));
  EXPECT_FALSE(unnamed.has_any(Noun::ListenerRules));
}

TEST(PublishedRanges, are_those_of_ec2_and_belong_to_nobody) {
  const Decoded decoded = decode_documents(
      {{"ip-ranges.json", R"({"syncToken": "1", "createDate": "2023-11-14-22-13-20", "prefixes": [
       {"ip_prefix": "52.16.0.0/15", "service": "AMAZON"},
       {"ip_prefix": "52.16.0.0/15", "service": "EC2"}],
       "ipv6_prefixes": [{"ipv6_prefix": "2a05:d018::/36", "service": "EC2"}]})"},
       {kHere + "a.json", R"({"Vpcs": []})"}});
  const PublishedRanges& ranges = row<PublishedRanges>(decoded, "ip-ranges.json");
  EXPECT_THAT(ranges.ec2_v4, ElementsAre(*IpPrefix::parse("52.16.0.0/15")));
  EXPECT_THAT(ranges.ec2_v6, ElementsAre(*IpPrefix::parse("2a05:d018::/36")));
  EXPECT_FALSE(ranges.owned.account.known());
  EXPECT_THAT(places(decoded), IsEmpty());
}

TEST(PublishedRanges, of_others_are_passed_over) {
  const Decoded decoded = decode_text(
      R"({"syncToken": "1", "prefixes": [{"ipv4Prefix": "8.8.8.0/24", "service": "Cloud"}]})");
  EXPECT_TRUE(decoded.snapshot.all<PublishedRanges>().empty());
}

}  // namespace

}  // namespace portolan::collect
