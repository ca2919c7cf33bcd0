#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/aws/answer_json.h"
#include "collect/aws/calls.h"
#include "collect/aws/client.h"
#include "collect/aws/clock.h"
#include "collect/aws/credentials.h"
#include "collect/aws/limiter.h"
#include "collect/aws/percent.h"
#include "collect/aws/profile.h"
#include "collect/aws/request.h"
#include "collect/aws/s3.h"
#include "collect/aws/secrets.h"
#include "collect/aws/shapes.h"
#include "collect/collect.h"
#include "core/text.h"

namespace portolan::collect::aws {

namespace {

using ::testing::HasSubstr;

std::string json_of(std::string_view service, std::string_view action, std::string_view bytes) {
  const auto answer = answer_json(*find_call(service, action), bytes);
  return answer ? boost::json::serialize(*answer) : answer.error().code;
}

TEST(Answer, of_ec2_becomes_what_the_aws_cli_prints) {
  EXPECT_EQ(
      json_of("ec2", "DescribeSecurityGroups", R"(<?xml version="1.0"?>
<DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
  <requestId>r-1</requestId>
  <securityGroupInfo><item>
    <ownerId>012345678901</ownerId><groupId>sg-1</groupId><groupDescription>a &lt;b&gt;</groupDescription>
    <ipPermissions><item>
      <ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><groups/>
      <ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>
    </item></ipPermissions>
  </item></securityGroupInfo>
</DescribeSecurityGroupsResponse>)"),
      R"({"SecurityGroups":[{"OwnerId":"012345678901","GroupId":"sg-1","Description":"a <b>",)"
      R"("IpPermissions":[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"UserIdGroupPairs":[],)"
      R"("IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]}]})");
}

TEST(Answer, of_a_query_service_stands_in_its_result) {
  EXPECT_EQ(json_of("rds", "DescribeDBInstances",
                    "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances>"
                    "<DBInstance><DBInstanceIdentifier>d</DBInstanceIdentifier><MultiAZ>false"
                    "</MultiAZ></DBInstance></DBInstances></DescribeDBInstancesResult>"
                    "</DescribeDBInstancesResponse>"),
            R"({"DBInstances":[{"DBInstanceIdentifier":"d","MultiAZ":false}]})");
}

TEST(Answer, keeps_members_that_are_not_known) {
  EXPECT_EQ(json_of("ec2", "DescribeVpcs",
                    "<DescribeVpcsResponse><vpcSet/><newSet><item><name>n</name></item></newSet>"
                    "</DescribeVpcsResponse>"),
            R"({"Vpcs":[],"NewSet":[{"Name":"n"}]})");
}

TEST(Answer, unpacks_policies_of_iam) {
  EXPECT_EQ(
      json_of("iam", "GetAccountAuthorizationDetails",
              "<GetAccountAuthorizationDetailsResponse><GetAccountAuthorizationDetailsResult>"
              "<RoleDetailList><member><AssumeRolePolicyDocument>%7B%22Version%22%3A%22v%22%7D"
              "</AssumeRolePolicyDocument></member></RoleDetailList>"
              "</GetAccountAuthorizationDetailsResult></GetAccountAuthorizationDetailsResponse>"),
      R"({"RoleDetailList":[{"AssumeRolePolicyDocument":{"Version":"v"}}]})");
}

TEST(Answer, writes_seconds_since_1970_as_times) {
  EXPECT_EQ(json_of("efs", "DescribeFileSystems", R"({"FileSystems":[{"CreationTime":1.5}]})"),
            R"({"FileSystems":[{"CreationTime":"1970-01-01T00:00:01.500000+00:00"}]})");
}

TEST(Answer, of_a_rest_service_has_the_names_of_the_api) {
  EXPECT_EQ(json_of("mq", "ListBrokers",
                    R"({"brokerSummaries": [{"brokerId": "b", "created": "2026-05-03T14:03:00Z"}],
                        "nextToken": null})"),
            R"({"BrokerSummaries":[{"BrokerId":"b","Created":"2026-05-03T14:03:00+00:00"}]})");
}

TEST(Answer, that_is_cut_off_is_refused) {
  EXPECT_EQ(json_of("rds", "DescribeDBInstances", "<DescribeDBInstancesResponse/>"), "bad_answer");
  EXPECT_EQ(json_of("ec2", "DescribeVpcs", "<DescribeVpcsResponse><vpcSet><item>"), "bad_answer");
  EXPECT_EQ(json_of("ec2", "DescribeVpcs", "<html></html>"), "bad_answer");
  EXPECT_EQ(json_of("ecs", "ListClusters", "{\"clusterArns\":["), "bad_answer");
}

TEST(Answer, tells_errors_in_all_forms) {
  EXPECT_EQ(error_of("<Response><Errors><Error><Code>A</Code></Error></Errors></Response>").code,
            "A");
  EXPECT_EQ(error_of("<ErrorResponse><Error><Code>B</Code></Error></ErrorResponse>").code, "B");
  EXPECT_EQ(error_of(R"({"__type":"com.amazon#C","message":"m"})").code, "C");
  EXPECT_EQ(error_of("<html>").code, "");
}

TEST(Answer, writes_times_as_the_aws_cli) {
  EXPECT_EQ(cli_time("2026-05-03T14:03:00.000Z"), "2026-05-03T14:03:00+00:00");
  EXPECT_EQ(cli_time("2026-05-03T14:03:00.12Z"), "2026-05-03T14:03:00.120000+00:00");
}

TEST(Calls, only_read) {
  for (const Call& call : all_calls()) {
    static constexpr std::array<std::string_view, 6> kReading = {"BatchGet", "Describe", "Get",
                                                                 "List",     "Lookup",   "Search"};
    EXPECT_TRUE(std::any_of(kReading.begin(), kReading.end(), [&](std::string_view verb) {
      return call.action.starts_with(verb);
    })) << command_of(call);
    EXPECT_NE(find_service(call.service), nullptr) << command_of(call);
  }
}

TEST(Calls, walk_what_an_earlier_call_lists_and_know_their_answers) {
  std::set<std::string> before;
  for (const Call& call : all_calls()) {
    if (call.each != nullptr) {
      EXPECT_TRUE(before.contains(std::string(call.service) + " " + std::string(call.each->action)))
          << command_of(call);
    }
    EXPECT_TRUE(before.insert(std::string(call.service) + " " + std::string(call.action)).second);
    for (const std::string_view name : split(call.result, ' ')) {
      const Shape& shape = shape_of(call.service, std::string(call.action) + "()");
      EXPECT_TRUE(name.empty() || shape.by_name(name) != nullptr) << command_of(call);
    }
  }
}

TEST(Calls, are_named_as_the_aws_cli_names_them) {
  EXPECT_EQ(command_of(*find_call("rds", "DescribeDBInstances")), "rds describe-db-instances");
  EXPECT_EQ(file_of(*find_call("ec2", "DescribeVpcs")), "ec2-describe-vpcs.json");
  EXPECT_EQ(command_of(*find_call("wafv2", "ListWebACLs")), "wafv2 list-web-acls");
  EXPECT_EQ(command_of(*find_call("wafv2", "ListResourcesForWebACL")),
            "wafv2 list-resources-for-web-acl");
}

TEST(Policy, allows_each_call_and_nothing_else) {
  const std::string policy = policy_json();
  EXPECT_THAT(policy, HasSubstr("\"ec2:DescribeVpcs\""));
  EXPECT_THAT(policy, HasSubstr("\"elasticloadbalancing:DescribeRules\""));
  EXPECT_THAT(policy, ::testing::Not(HasSubstr("*\",")));
}

std::string deployed(const std::string& name) {
  std::ifstream file(std::string(PORTOLAN_SOURCE_DIR) + "/deploy/aws/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The lines of CloudFormation that are items like `- ec2:DescribeVpcs`, as the JSON has them.
std::string actions_of(const std::string& template_text) {
  static const std::regex kAction(R"(- ([a-z0-9-]+:[A-Za-z0-9]+)\n)");
  std::string all;
  for (std::sregex_iterator at(template_text.begin(), template_text.end(), kAction), end; at != end;
       ++at) {
    all += fmt::format("{}\"{}\"", all.empty() ? "" : ",\n        ", (*at)[1].str());
  }
  return all;
}

TEST(Policy, is_what_the_templates_deploy) {
  EXPECT_EQ(deployed("portolan-policy.json"), policy_json())
      << "portolan collect --print-policy >deploy/aws/portolan-policy.json";
  EXPECT_THAT(policy_json(),
              HasSubstr("[\n        " + actions_of(deployed("portolan-role.yaml")) + "\n      ]"));
}

TEST(Request, of_a_query_service_is_a_form) {
  const auto request = build_request({.call = *find_call("ec2", "DescribeVpcs"),
                                      .endpoint = "http://localhost",
                                      .region = "eu-west-1",
                                      .page = "a+b/="});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "http://localhost/");
  EXPECT_EQ(request->body,
            "MaxResults=1000&NextToken=a%2Bb%2F%3D&Action=DescribeVpcs&Version=2016-11-15");
}

TEST(Request, of_a_rest_service_has_a_sorted_query) {
  const auto request = build_request({.call = *find_call("lambda", "ListFunctions"),
                                      .endpoint = "http://localhost",
                                      .region = "eu-west-1",
                                      .page = "x y"});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->url, "http://localhost/2015-03-31/functions?Marker=x%20y&MaxItems=50");
}

TEST(Request, names_what_the_walked_resource_was_listed_in) {
  const auto path = build_request({.call = *find_call("eks", "DescribeNodegroup"),
                                   .endpoint = "http://x",
                                   .region = "r",
                                   .walked = {.id = "workers", .parent = "kube"}});
  ASSERT_TRUE(path);
  EXPECT_EQ(path->url, "http://x/clusters/kube/node-groups/workers");
  const auto body = build_request({.call = *find_call("ecs", "DescribeServices"),
                                   .endpoint = "http://x",
                                   .region = "r",
                                   .walked = {.id = "arn:s", .parent = "arn:c"}});
  ASSERT_TRUE(body);
  EXPECT_EQ(body->body, R"({"cluster":"arn:c","services":["arn:s"]})");
}

TEST(Request, takes_nothing_but_the_table) {
  const Call made_up{"ec2", "TerminateInstances", ""};
  EXPECT_EQ(build_request({.call = made_up, .endpoint = "http://x", .region = "r"}).error().code,
            "not_in_table");
  EXPECT_EQ(build_request({.call = *find_call("eks", "DescribeCluster"),
                           .endpoint = "http://x",
                           .region = "r",
                           .walked = {.id = "../x"}})
                .error()
                .code,
            "unusable_name");
}

TEST(Request, holds_json_where_the_table_says_so) {
  const auto request = build_request({.call = *find_call("cloudtrail", "LookupEvents"),
                                      .endpoint = "http://x",
                                      .region = "r",
                                      .more = {{"StartTime{}", "5"}, {"NextToken", "t"}}});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->body,
            R"({"LookupAttributes":[{"AttributeKey":"ReadOnly","AttributeValue":"false"}],)"
            R"("NextToken":"t","StartTime":5})");
}

TEST(BucketPlace, is_a_bucket_and_a_folder) {
  const auto place = BucketPlace::parse("s3://logs/a b/%20//x");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->bucket, "logs");
  EXPECT_EQ(place->prefix, "a b/%20//x");
  EXPECT_EQ(place->folder(), "a b/%20//x/");
  EXPECT_EQ(BucketPlace::parse("s3://logs")->folder(), "");
  EXPECT_EQ(BucketPlace::parse("s3://logs//")->folder(), "/");
  for (const char* bad : {"s3://", "s3:///x", "s3://a", "s3://a@b.com/", "s3://.../x", "/logs"}) {
    EXPECT_EQ(BucketPlace::parse(bad).error().code, "bad_bucket") << bad;
  }
}

TEST(BucketEndpoint, has_the_bucket_in_its_name_where_a_certificate_covers_that) {
  const auto url = [](const std::string& bucket) {
    return BucketEndpoint::find({}, bucket, "eu-west-1").url;
  };
  EXPECT_EQ(url("logs"), "https://logs.s3.eu-west-1.amazonaws.com");
  EXPECT_EQ(url("my.logs"), "https://s3.eu-west-1.amazonaws.com/my.logs");
  EXPECT_EQ(url("Old_Logs"), "https://s3.eu-west-1.amazonaws.com/Old_Logs");
  EXPECT_EQ(BucketEndpoint::find({.endpoint_url = "http://localhost:9000/"}, "logs", "r").url,
            "http://localhost:9000/logs");
}

TEST(Objects, are_asked_for_by_keys_as_they_are) {
  const BucketEndpoint endpoint{.url = "http://x/logs", .region = "r", .bucket = "logs"};
  EXPECT_EQ(get_request(endpoint, "/a b+%20//\xc3\xa9~", 1).url,
            "http://x/logs//a%20b%2B%2520//%C3%A9~");
  EXPECT_EQ(list_request(endpoint, "a/b +", "a/b +c", 7).url,
            "http://x/logs?encoding-type=url&list-type=2&max-keys=7&prefix=a%2Fb%20%2B&start-after="
            "a%2Fb%20%2Bc");
  EXPECT_EQ(
      list_request({.url = "https://logs.s3.r.amazonaws.com", .region = "r", .bucket = "logs"}, "",
                   "", 1)
          .url,
      "https://logs.s3.r.amazonaws.com/?encoding-type=url&list-type=2&max-keys=1&prefix=");
}

TEST(ObjectPages, are_whole_and_in_order_or_refused) {
  const auto page = [](const std::string& inside, std::string_view after = "") {
    return parse_page(
        "<ListBucketResult><EncodingType>url</EncodingType>" + inside + "</ListBucketResult>",
        after);
  };
  const std::string a = "<Contents><Key>a+b%2Bc/d</Key><Size>5</Size></Contents>";
  const std::string last = "<IsTruncated>false</IsTruncated>";
  const auto good = page(a + last);
  ASSERT_TRUE(good);
  EXPECT_EQ(good->objects.front().key, "a b+c/d");
  EXPECT_EQ(good->objects.front().size, 5U);
  EXPECT_TRUE(good->is_last);
  EXPECT_FALSE(page(a));                                           // does not say whether it ends
  EXPECT_FALSE(page("<IsTruncated>true</IsTruncated>"));           // goes on with nothing
  EXPECT_FALSE(page(a + a + last));                                // twice
  EXPECT_FALSE(page(a + last, "b"));                               // goes back
  EXPECT_FALSE(page("<Contents><Key>k</Key></Contents>" + last));  // no size
  EXPECT_FALSE(parse_page("<ListBucketResult><IsTruncated>false</IsTruncated>", ""));
}

TEST(Clock, that_is_wrong_is_told_by_how_much) {
  const auto told = [](std::int64_t server) {
    return clock_skew({.server_time_s = server}, 10'000);
  };
  EXPECT_EQ(told(10'000), "");
  EXPECT_EQ(told(10'000 - 1200),
            "the clock of this machine is 20 min ahead of that of the server, set it right");
  EXPECT_EQ(told(10'000 + 3 * 3600 + 300),
            "the clock of this machine is 3 h 5 min behind that of the server, set it right");
  EXPECT_EQ(clock_skew({}, 10'000), "");
}

TEST(Judge, tells_what_may_be_asked_again) {
  const auto verdict = [](long status, const char* code) {
    return judge({.status = status}, code);
  };
  EXPECT_EQ(verdict(200, ""), Verdict::Good);
  EXPECT_EQ(verdict(400, "Throttling"), Verdict::Throttled);
  EXPECT_EQ(verdict(503, "RequestLimitExceeded"), Verdict::Throttled);
  EXPECT_EQ(verdict(500, ""), Verdict::Again);
  EXPECT_EQ(verdict(403, "ExpiredToken"), Verdict::Expired);
  EXPECT_EQ(verdict(403, "UnauthorizedOperation"), Verdict::Denied);
  EXPECT_EQ(verdict(400, "InvalidParameterValue"), Verdict::Failed);
  EXPECT_EQ(judge({.status = 200, .fault = "cut off"}, ""), Verdict::Again);
}

/// When a request may be sent that has waited from `from_s` on.
double send(Limiter& limiter, double from_s) {
  const double at_s = limiter.ready_at(from_s);
  limiter.take(at_s);
  return at_s;
}

TEST(Limiter, lets_a_burst_pass_and_then_a_rate) {
  Limiter limiter;
  double last = 0;
  for (int i = 0; i < 30; ++i) {
    last = send(limiter, last);
  }
  EXPECT_NEAR(last, (30 - 1 - Limiter::kBurst) / Limiter::kRateMax, 0.01);
}

TEST(Limiter, keeps_a_slower_pace_where_aws_wants_it) {
  Limiter limiter({.rate_max = 2, .burst = 0});
  EXPECT_EQ(send(limiter, 100), 100);
  EXPECT_EQ(send(limiter, 100), 100.5);
  EXPECT_EQ(send(limiter, 100.5), 101);
  EXPECT_EQ(find_call("cloudtrail", "LookupEvents")->rate_max, 2);
}

TEST(Limiter, that_was_throttled_slows_down_what_waits) {
  Limiter limiter({.rate_max = 8, .rate_min = 1, .burst = 100});
  EXPECT_EQ(limiter.ready_at(10), 10);
  limiter.throttled(10);
  EXPECT_EQ(limiter.ready_at(10), 10.25);
  limiter.throttled(11.5);
  EXPECT_EQ(limiter.ready_at(11.5), 12);
}

TEST(Limiter, halves_once_for_answers_of_one_burst) {
  Limiter limiter;
  limiter.throttled(10);
  limiter.throttled(10.1);
  EXPECT_EQ(limiter.rate(), Limiter::kRateMax / 2);
  for (int i = 0; i < 100; ++i) {
    limiter.throttled(20 + 2 * i);
  }
  EXPECT_EQ(limiter.rate(), Limiter::kRateMin);
}

/// What the SDKs call them.
/// SOURCE: botocore's service models, `serviceId`.
constexpr std::pair<std::string_view, std::string_view> kIds[] = {
    {"amp", "amp"},
    {"apprunner", "AppRunner"},
    {"appstream", "AppStream"},
    {"autoscaling", "Auto Scaling"},
    {"batch", "Batch"},
    {"cloudhsmv2", "CloudHSM V2"},
    {"cloudtrail", "CloudTrail"},
    {"cloudwatch", "CloudWatch"},
    {"codebuild", "CodeBuild"},
    {"dax", "DAX"},
    {"dms", "Database Migration Service"},
    {"ds", "Directory Service"},
    {"ec2", "EC2"},
    {"ecs", "ECS"},
    {"efs", "EFS"},
    {"eks", "EKS"},
    {"elasticache", "ElastiCache"},
    {"elb", "Elastic Load Balancing"},
    {"elbv2", "Elastic Load Balancing v2"},
    {"emr", "EMR"},
    {"emr-serverless", "EMR Serverless"},
    {"events", "EventBridge"},
    {"evs", "evs"},
    {"firehose", "Firehose"},
    {"glue", "Glue"},
    {"grafana", "grafana"},
    {"iam", "IAM"},
    {"imagebuilder", "imagebuilder"},
    {"kafka", "Kafka"},
    {"kafkaconnect", "KafkaConnect"},
    {"kinesisanalyticsv2", "Kinesis Analytics V2"},
    {"lambda", "Lambda"},
    {"logs", "CloudWatch Logs"},
    {"m2", "m2"},
    {"memorydb", "MemoryDB"},
    {"mq", "mq"},
    {"mwaa", "MWAA"},
    {"network-firewall", "Network Firewall"},
    {"opensearch", "OpenSearch"},
    {"opensearchserverless", "OpenSearchServerless"},
    {"organizations", "Organizations"},
    {"osis", "OSIS"},
    {"pcs", "PCS"},
    {"pipes", "Pipes"},
    {"rds", "RDS"},
    {"redshift", "Redshift"},
    {"redshift-serverless", "Redshift Serverless"},
    {"route53resolver", "Route53Resolver"},
    {"s3", "S3"},
    {"sagemaker", "SageMaker"},
    {"scheduler", "Scheduler"},
    {"sns", "SNS"},
    {"sts", "STS"},
    {"synthetics", "synthetics"},
    {"timestream-influxdb", "Timestream InfluxDB"},
    {"transfer", "Transfer"},
    {"vpc-lattice", "VPC Lattice"},
    {"wafv2", "WAFV2"},
    {"workspaces", "WorkSpaces"},
};

TEST(Services, have_the_names_of_the_sdks_in_variables) {
  EXPECT_EQ(std::size(kIds), all_services().size());
  for (const auto& [name, id] : kIds) {
    std::string variable;
    for (const char c : id) {
      variable += c == ' ' || c == '-' ? '_' : static_cast<char>(std::toupper(c));
    }
    const Service* service = find_service(name);
    ASSERT_NE(service, nullptr) << name;
    EXPECT_EQ(service->variable, variable) << name;
    const std::string full = "AWS_ENDPOINT_URL_" + variable;
    ::setenv(full.c_str(), "http://localhost:9/", 1);
    EXPECT_EQ(endpoint_for({}, name, "eu-west-1"), "http://localhost:9") << name;
    ::unsetenv(full.c_str());
  }
}

TEST(Secrets, are_hidden_in_every_form) {
  const Keys keys{.id = "AKID", .secret = "the/secret+key-of-forty", .token = "short"};
  EXPECT_EQ(without_secrets("a the/secret+key-of-forty b", keys), "a (hidden) b");
  EXPECT_EQ(without_secrets("a=the%2Fsecret%2Bkey-of-forty&b", keys), "a=(hidden)&b");
  EXPECT_EQ(without_secrets("cut off: the/secret+key-o", keys), "cut off: (hidden)");
  EXPECT_EQ(without_secrets("the/secret and short", keys), "the/secret and short");
}

TEST(Profiles, are_read_as_the_aws_cli_reads_them) {
  const Sections config = parse_ini(
      "# comment\n[default]\nregion = eu-west-1\n[profile prod]\nrole_arn=arn:x # why\n"
      "source_profile = default\ns3 =\n  max = 3\n[sso-session s]\nsso_region = "
      "us-east-1\nnonsense");
  const Profiles profiles(config, parse_ini("[default]\naws_access_key_id = A\n"));
  EXPECT_EQ(profiles.value("default", "region"), "eu-west-1");
  EXPECT_EQ(profiles.value("default", "aws_access_key_id"), "A");
  EXPECT_EQ(profiles.value("prod", "role_arn"), "arn:x");
  EXPECT_EQ(profiles.value("prod", "s3.max"), "3");
  EXPECT_EQ(profiles.sso_value("s", "sso_region"), "us-east-1");
  EXPECT_FALSE(profiles.has("s"));
}

TEST(Credentials, without_a_secret_are_refused) {
  EXPECT_EQ(parse_credentials(R"({"AccessKeyId":"A"})").error().code, "bad_credentials");
  const auto good = parse_credentials(
      R"({"AccessKeyId":"A","SecretAccessKey":"S","Token":"T","Expiration":"2026-01-01T00:00:00Z"})");
  ASSERT_TRUE(good);
  EXPECT_EQ(good->keys.token, "T");
  EXPECT_TRUE(good->expires);
}

TEST(Percent, encodes_strictly_and_back) {
  EXPECT_EQ(percent_encoded("a b+~/\xc3\xa9"), "a%20b%2B~%2F%C3%A9");
  EXPECT_EQ(percent_decoded("a%20b%2B%zz%2"), "a b+%zz%2");
}

TEST(Endpoints, are_those_of_the_partition) {
  EXPECT_EQ(endpoint_of(*find_service("ec2"), "eu-west-1"), "https://ec2.eu-west-1.amazonaws.com");
  EXPECT_EQ(endpoint_of(*find_service("ec2"), "cn-north-1"),
            "https://ec2.cn-north-1.amazonaws.com.cn");
  EXPECT_EQ(endpoint_of(*find_service("iam"), "eu-west-1"), "https://iam.amazonaws.com");
  EXPECT_EQ(endpoint_of(*find_service("iam"), "us-gov-west-1"), "https://iam.us-gov.amazonaws.com");
}

/// Groups of one place, and a manifest of calls that were collected there.
std::vector<Document> documents_of(const std::vector<std::string>& calls) {
  boost::json::array entries;
  for (const std::string& call : calls) {
    entries.push_back(boost::json::object{{"Call", call},
                                          {"Account", "123456789012"},
                                          {"Region", "eu-west-1"},
                                          {"Outcome", "collected"}});
  }
  return {{"123456789012/eu-west-1/groups.json", R"({"SecurityGroups": []})"},
          {"portolan-manifest.json",
           boost::json::serialize(boost::json::object{
               {"PortolanManifest",
                boost::json::object{
                    {"Version", 1}, {"Complete", true}, {"Calls", std::move(entries)}}}})}};
}

/// What was not asked in one region of the account.
std::string unasked(std::vector<Document> documents, const std::string& region = "eu-west-1") {
  const Decoded decoded = decode(std::move(documents), {});
  return std::string(decoded.snapshot.coverage().unasked(*AccountId::parse("123456789012"),
                                                         *Region::parse(region)));
}

std::vector<std::string> all_commands() {
  std::vector<std::string> commands;
  for (const Call& call : all_calls()) {
    commands.push_back(command_of(call));
  }
  return commands;
}

TEST(Manifest, tells_what_was_not_asked) {
  std::vector<std::string> calls = all_commands();
  EXPECT_EQ(unasked(documents_of(calls)), "");
  std::erase(calls, "glue get-connections");
  // One call of a service of which others were made: an older Portolan did not know it.
  std::erase(calls, "ec2 describe-spot-fleet-requests");
  EXPECT_EQ(unasked(documents_of(calls)), "ec2 describe-spot-fleet-requests, glue");
  EXPECT_THAT(unasked(documents_of({"ec2 describe-vpcs"})), HasSubstr(", workspaces"));
  EXPECT_THAT(unasked(documents_of({"cloudtrail lookup-events"})), HasSubstr("amp, "))
      << "another run collected the groups";
}

TEST(Manifest, tells_nothing_of_other_places) {
  std::vector<Document> documents = documents_of(all_commands());
  documents.push_back({"123456789012/us-east-1/groups.json", R"({"SecurityGroups": []})"});
  EXPECT_EQ(unasked(documents), "");
  EXPECT_THAT(unasked(documents, "us-east-1"), HasSubstr(", workspaces"));
}

TEST(FileNames, tell_what_was_asked_where_there_is_no_manifest) {
  std::vector<Document> documents{
      {"123456789012/eu-west-1/groups.json", R"({"SecurityGroups": []})"}};
  for (const Call& call : all_calls()) {
    documents.push_back({"123456789012/eu-west-1/" + file_of(call), "{}"});
  }
  EXPECT_EQ(unasked(documents), "");
  for (Document& document : documents) {
    if (document.path.ends_with("glue-get-connections.json")) {
      document.bytes = R"({"ConnectionList": [)";
    }
  }
  EXPECT_EQ(unasked(documents), "glue") << "an answer that broke off is none";
}

TEST(FileNames, may_go_on_with_what_was_asked_about) {
  EXPECT_EQ(call_of_file("a/mq-describe-broker-b-1234.json.gz"), find_call("mq", "DescribeBroker"));
  EXPECT_EQ(call_of_file("ec2-describe-vpcs.json"), find_call("ec2", "DescribeVpcs"));
  EXPECT_EQ(call_of_file("a/vpcs.json"), nullptr);
  EXPECT_EQ(call_of_file("ec2.json"), nullptr);
  EXPECT_EQ(call_of_file(""), nullptr);
}

TEST(Manifest, becomes_gaps) {
  const Decoded decoded = decode({{"portolan-manifest.json",
                                   R"({"PortolanManifest":{"Version":1,"Complete":false,"Calls":[
            {"Call":"ec2 describe-vpcs","Account":"123456789012","Region":"eu-west-1","Outcome":"denied"},
            {"Call":"ec2 describe-subnets","Account":"123456789012","Region":"eu-west-1","Outcome":"collected"}]}})"}},
                                 {});
  EXPECT_TRUE(decoded.diagnostics.has("call_denied"));
  EXPECT_TRUE(decoded.diagnostics.has("collection_unfinished"));
  EXPECT_FALSE(decoded.diagnostics.has("call_failed"));
  EXPECT_EQ(decoded.snapshot.gaps().size(), 2U);
}

}  // namespace

}  // namespace portolan::collect::aws
