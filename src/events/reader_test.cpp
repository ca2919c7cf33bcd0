#include "events/reader.h"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "events/test_records.h"

namespace portolan::events {
namespace {

using test::read;
using test::Spelled;
using testing::ElementsAre;
using testing::IsEmpty;

const Spelled kFirst{.name = "DeleteVpc", .request = R"({"vpcId":"vpc-1"})", .id = "one"};
const Spelled kSecond{.name = "DeleteSubnet", .request = R"({"subnetId":"subnet-1"})", .id = "two"};
const std::string kOther = text(Spelled{.name = "DescribeVpcs", .id = "none"});

std::vector<std::string> ids(const Readings& readings) {
  std::vector<std::string> found;
  for (const Event& event : readings.events) {
    found.push_back(event.id);
  }
  return found;
}

std::vector<std::string> problems(const Readings& readings) {
  std::vector<std::string> found;
  for (const Diagnostic& each : readings.diagnostics.sorted()) {
    found.push_back(each.code + " " + each.pointer);
  }
  return found;
}

std::string records(const std::vector<std::string>& each) {
  return fmt::format(R"({{"Records":[{}]}})", fmt::join(each, ","));
}

/// The record as a JSON string.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    out += c == '"' || c == '\\' ? "\\" : "";
    out += c;
  }
  return out + "\"";
}

TEST(TrailReader, ReadsWhatIsDeliveredToS3) {
  const Readings readings = read(records({text(kFirst), kOther, text(kSecond)}));
  EXPECT_THAT(ids(readings), ElementsAre("one", "two"));
  EXPECT_THAT(problems(readings), IsEmpty());
  EXPECT_EQ(readings.counts, (ReadCounts{.records = 3, .candidates = 2}));
  const Event& event = readings.events.front();
  EXPECT_EQ(event.time.text(), "2026-05-03T14:03:00Z");
  EXPECT_EQ(event.account.text(), "111122223333");
  EXPECT_EQ(event.region.text(), "eu-west-1");
  EXPECT_EQ(event.event_class, EventClass::VpcSubnet);
  EXPECT_EQ(event.actor.principal, "arn:aws:iam::111122223333:user/ann");
  EXPECT_EQ(event.actor.source, "198.51.100.7");
  EXPECT_EQ(event.actor.agent, "aws-cli/2");
  EXPECT_TRUE(event.took_effect());
}

TEST(TrailReader, ReadsEveryContainer) {
  const std::string one = text(kFirst);
  const std::string two = text(kSecond);
  for (const std::string& log :
       {one + "\n" + kOther + "\n" + two + "\n", "[" + one + ", " + kOther + "," + two + "]",
        "\xef\xbb\xbf" + records({one}) + "\n" + records({two}),
        R"({"NextToken":"x","Events":[{"EventName":"DeleteVpc","CloudTrailEvent":)" + quoted(one) +
            R"(},{"CloudTrailEvent":)" + quoted(two) + "}]}",
        R"({"version":"0","detail-type":"x","detail":)" + one +
            "}\n{\"version\":\"0\",\"detail\":" + two + "}",
        R"([{"version":"0","detail":)" + one + R"(},{"version":"0","detail":)" + two + "}]",
        R"({"QueryStatus":"FINISHED","QueryResultRows":[[{"eventJson":)" + quoted(one) +
            R"(}],[{"eventJson":)" + quoted(two) + "}]]}"}) {
    const Readings readings = read(log);
    EXPECT_THAT(ids(readings), ElementsAre("one", "two")) << log;
    EXPECT_THAT(problems(readings), IsEmpty()) << log;
    EXPECT_EQ(readings.counts, read(log, true).counts);
  }
}

TEST(TrailReader, ReadsTheColumnsOfALakeQuery) {
  const std::string row =
      R"([{"eventID":"one"},{"eventName":"AuthorizeSecurityGroupIngress"},)"
      R"({"eventSource":"ec2.amazonaws.com"},{"eventTime":"2026-05-03 14:03:00.000"},)"
      R"({"userIdentity":"{\"type\":\"IAMUser\",\"arn\":\"arn:x\"}"},{"requestParameters":)"
      R"("{\"groupId\":\"sg-1\",\"ipPermissions\":\"{\\\"items\\\":[{\\\"ipProtocol\\\":)"
      R"(\\\"tcp\\\",\\\"fromPort\\\":22,\\\"toPort\\\":22,\\\"ipRanges\\\":{\\\"items\\\":)"
      R"([{\\\"cidrIp\\\":\\\"0.0.0.0/0\\\"}]}}]}\"}"}])";
  const Readings readings = read(R"({"QueryResultRows":[)" + row + "]}");
  EXPECT_THAT(problems(readings), IsEmpty());
  ASSERT_THAT(ids(readings), ElementsAre("one"));
  EXPECT_EQ(readings.events[0].actor.arn, "arn:x");
  ASSERT_EQ(readings.events[0].edits.size(), 1U);
  EXPECT_EQ(std::get<RuleOpened>(readings.events[0].edits[0]).rule.services, ServiceSet::tcp(22));
  const std::string engine = R"([{"eventName":"DeleteVpc"},{"requestParameters":"{vpcId=vpc-1}"},)"
                             R"({"eventSource":"ec2.amazonaws.com"},{"eventTime":"bad"}])";
  EXPECT_THAT(
      problems(read(R"({"QueryResultRows":[)" + engine + "]}")),
      ElementsAre("bad_record /QueryResultRows/0", "lake_value_not_understood /QueryResultRows/0"));
}

TEST(TrailReader, KnowsDigestsInsightsAndForeignNames) {
  EXPECT_EQ(read(R"({"awsAccountId":"1","digestStartTime":"x","logFiles":[{}]})").counts.digests,
            1U);
  const std::string insight =
      R"({"eventVersion":"1.07","eventCategory":"Insight","insightDetails":{"eventSource":)"
      R"("ec2.amazonaws.com","eventName":"RunInstances"}})";
  const std::string foreign = text(Spelled{.name = "DeleteVpc", .source = "s3.amazonaws.com"});
  const std::string nested =
      text(Spelled{.name = "PutRule", .request = R"({"eventName":"DeleteVpc"})"});
  const Readings readings = read(records({insight, foreign, nested}));
  EXPECT_EQ(readings.counts,
            (ReadCounts{.records = 3, .candidates = 3, .foreign = 2, .insights = 1}));
  EXPECT_THAT(readings.events, IsEmpty());
}

TEST(TrailReader, ReadsAroundDamage) {
  const std::string one = text(kFirst);
  const std::string two = text(kSecond);
  const std::string broken = R"({"eventVersion":"1","eventName":"DeleteVpc","x":tru})";
  Readings readings = read(records({one, broken, two}));
  EXPECT_THAT(ids(readings), ElementsAre("one", "two"));
  EXPECT_THAT(problems(readings), ElementsAre("bad_record /Records/1"));

  const std::string open_string = R"({"eventVersion":"1","eventName":"DescribeVpcs","x":"y})";
  readings = read(records({one, open_string, two}));
  EXPECT_THAT(ids(readings), ElementsAre("one", "two"));
  EXPECT_EQ(problems(readings).size(), 1U);

  readings = read(one + "\n" + one.substr(0, 80) + "\n" + two + "\n");
  EXPECT_THAT(ids(readings), ElementsAre("one", "two"));
  EXPECT_EQ(problems(readings).size(), 1U);
}

TEST(TrailReader, AFileCutOffAnywhereKeepsItsWholeRecords) {
  const std::string log = records({text(kFirst), kOther, text(kSecond)});
  const std::size_t first_end = log.find(kOther) - 1;
  const std::size_t second_end = log.size() - 2;
  for (std::size_t size = 12; size + 1 < log.size(); ++size) {
    const Readings readings = read(log.substr(0, size));
    const std::size_t whole = size < first_end ? 0 : (size < second_end ? 1 : 2);
    EXPECT_EQ(readings.events.size(), whole) << size;
    EXPECT_EQ(problems(readings).size(), 1U) << size;
  }
}

TEST(TrailReader, SaysWhatIsNoLog) {
  EXPECT_THAT(problems(read("hello")), ElementsAre("not_cloudtrail "));
  EXPECT_THAT(problems(read(R"({"SecurityGroups":[]})")), ElementsAre("not_cloudtrail "));
  EXPECT_THAT(problems(read(" \n")), IsEmpty());
  EXPECT_THAT(problems(read(records({text(Spelled{.name = "DeleteVpc", .time = "?"})}))),
              ElementsAre("bad_record /Records/0"));
}

TEST(TrailReader, NumbersBeyondAllTypesAreTexts) {
  const Event event = test::read_one(
      {.name = "CreateManagedPrefixList",
       .request = R"({"CreateManagedPrefixListRequest":{"PrefixListName":99999999999999999999999,)"
                  R"("Entry":{"Cidr":"10.0.0.0/8","tag":1},"x":1e999}})"});
  EXPECT_EQ(std::get<PrefixListEdited>(event.edits[0]).name, "99999999999999999999999");
}

TEST(TrailReader, RecordsWithoutAnIdAreToldApartByContent) {
  std::string one = text(kFirst);
  one.replace(one.find("\"one\""), 5, "null");
  std::string two = text(kSecond);
  two.replace(two.find("\"two\""), 5, "null");
  const Readings readings = read(one + one + two);
  ASSERT_EQ(readings.events.size(), 3U);
  EXPECT_EQ(readings.events[0].id, readings.events[1].id);
  EXPECT_NE(readings.events[0].id, readings.events[2].id);
}

/// The ids that readers give to records without one.
std::vector<std::string> made_ids(const std::string& log) {
  std::vector<std::string> all;
  for (const Event& event : read(log).events) {
    EXPECT_THAT(event.id, testing::StartsWith("none-"));
    all.push_back(event.id);
  }
  return all;
}

TEST(TrailReader, ARecordWithoutAnIdIsTheSameHoweverItIsSpelled) {
  const std::string head =
      R"({"eventSource":"ec2.amazonaws.com","eventTime":"2026-05-03T14:03:00Z",)";
  const std::string plain = head + R"("eventName":"DeleteNetworkAclEntry","requestParameters":)"
                                   R"({"networkAclId":"acl-1","ruleNumber":90,"list":[1,2]}})";
  const std::vector<std::string> same = made_ids(
      plain + "\n" + head +
      R"(  "requestParameters": {"list": [1, 2], "ruleNumber": "90", "networkAclId": "acl-1"},)"
      R"( "errorCode": null, "eventid": null, "eventName": "DeleteNetworkAclEntry" })");
  ASSERT_THAT(same, testing::SizeIs(2));
  EXPECT_EQ(same[0], same[1]);
  EXPECT_EQ(made_ids(R"({"detail":)" + plain + "}"), (std::vector<std::string>{same[0]}));
}

TEST(TrailReader, RecordsWithoutAnIdThatSayOtherThingsAreOthers) {
  std::set<std::string> ids;
  const std::vector<std::string> requests = {
      R"({})",
      R"(null)",
      R"([])",
      R"("")",
      R"({"a":"b"})",
      R"({"b":"a"})",
      R"({"a":"a"})",
      R"({"b":"b"})",
      R"({"a":["b"]})",
      R"({"a":{"b":""}})",
      R"({"a":[1,2]})",
      R"({"a":[2,1]})",
      R"({"a":[[1],2]})",
      R"({"a":"b","c":"d"})",
      R"({"a":"d","c":"b"})",
      R"({"a":{"b":"c"},"d":{"e":"f"}})",
      R"({"a":{"e":"f"},"d":{"b":"c"}})",
  };
  for (const std::string& request : requests) {
    const auto made =
        made_ids(R"({"eventSource":"ec2.amazonaws.com","eventTime":"2026-05-03T14:03:00Z",)"
                 R"("eventName":"DeleteVpc","requestParameters":)" +
                 request + "}");
    ids.insert(made.begin(), made.end());
  }
  EXPECT_EQ(ids.size(), requests.size());
}

TEST(Reader, ResultsOfQueriesAsCsvAreRead) {
  const auto cell = [](std::string text) {
    for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2)) {
      text.insert(at, 1, '"');
    }
    return '"' + text + '"';
  };
  const Spelled spelled{.name = "DeleteSecurityGroup", .request = R"({"groupId":"sg-1"})"};
  const std::string whole =
      "\"eventJson\"\r\n" + cell(text(spelled)) + "\r\n" + cell(text(spelled)) + "\r\n";
  EXPECT_EQ(read(whole).events.size(), 2U);
  const std::string columns =
      "eventid,eventTime,eventSource,eventName,awsRegion,recipientAccountId,userIdentity,"
      "requestParameters,errorCode\n"
      "e-1,2026-05-03 14:03:00.000,ec2.amazonaws.com,DeleteSecurityGroup,eu-west-1,111122223333," +
      cell(R"({"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/ann"})") + "," +
      cell(R"({"groupId":"sg-1"})") + ",null\n";
  const Readings readings = read(columns);
  ASSERT_EQ(readings.events.size(), 1U);
  const Event& event = readings.events.front();
  EXPECT_EQ(event.id, "e-1");
  EXPECT_EQ(event.time.text(), "2026-05-03T14:03:00Z");
  EXPECT_TRUE(event.took_effect());
  EXPECT_EQ(event.edits, (std::vector<Edit>{GroupDeleted{{"sg-1"}}}));
  EXPECT_TRUE(read(columns.substr(0, columns.size() - 8)).diagnostics.has("cut_off"));
  EXPECT_TRUE(read("a,b\n1,2\n").diagnostics.has("not_cloudtrail"));
}

}  // namespace
}  // namespace portolan::events
