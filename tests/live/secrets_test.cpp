#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/aws/hidden_members.h"
#include "tests/live/account.h"

// What people keep in environment variables and user data is in no dump.

namespace portolan::live {

namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::Not;

/// An account whose answers are full of the same secret.
FaultServer::Answer indiscreet() {
  return [](const Asked& asked) -> Reply {
    if (asked.action == "GetCallerIdentity") {
      return {.body = answer_of(asked, "<Account>123456789012</Account><Arn>arn:aws:x</Arn>")};
    }
    if (asked.raw.find("/2015-03-31/functions") != std::string::npos) {
      return {.body = R"({"Functions":[{"FunctionName":"f","Environment":{"Variables":)"
                      R"({"DB_PASSWORD":"hunter-2","GROUP":"hunter-2 sg-0a1b2c3d"}}}]})"};
    }
    if (asked.action == "DescribeClusters" && asked.raw.find("2012-12-01") != std::string::npos) {
      return {.body = answer_of(asked,
                                "<Clusters><Cluster><ClusterIdentifier>c</ClusterIdentifier>"
                                "<MasterUserPassword>hunter-2</MasterUserPassword>"
                                "</Cluster></Clusters>")};
    }
    if (asked.action == "DescribeLaunchTemplateVersions") {
      return {.body =
                  "<DescribeLaunchTemplateVersionsResponse><launchTemplateVersionSet><item>"
                  "<launchTemplateId>lt-1</launchTemplateId><versionNumber>1</versionNumber>"
                  "<launchTemplateData><userData>hunter-2</userData></launchTemplateData>"
                  "</item></launchTemplateVersionSet></DescribeLaunchTemplateVersionsResponse>"};
    }
    return {.body = asked.action.empty() ? "{}" : answer_of(asked, "")};
  };
}

TEST(Secrets, of_answers_are_in_no_dump_and_the_manifest_says_so) {
  const FaultServer server(indiscreet());
  const Crawled crawled =
      crawl(server, {.services = {"ec2", "lambda", "redshift"}, .limits = hasty()});
  EXPECT_THAT(crawled.all(), Not(HasSubstr("hunter-2")));
  EXPECT_THAT(crawled.all(), HasSubstr("(hidden) sg-0a1b2c3d")) << "who names a group is told";
  EXPECT_THAT(crawled.all(), HasSubstr("DB_PASSWORD"));
  for (const auto& [call, member] :
       {std::pair("lambda list-functions", "Functions.Environment.Variables"),
        std::pair("redshift describe-clusters", "Clusters.MasterUserPassword"),
        std::pair("ec2 describe-launch-template-versions",
                  "LaunchTemplateVersions.LaunchTemplateData.UserData")}) {
    const json::object entry = crawled.entry(call);
    ASSERT_TRUE(entry.contains("Hidden")) << call;
    EXPECT_EQ(entry.at("Hidden"), json::value(json::array{member})) << call;
  }
  EXPECT_FALSE(crawled.entry("ec2 describe-vpcs").contains("Hidden"));
}

/// An answer, and what is left of it.
std::string discreet(const std::string& text) {
  json::object answer = json::parse(text).as_object();
  collect::aws::hide_secrets(answer);
  return json::serialize(answer);
}

TEST(Secrets, stand_below_many_names) {
  for (
      const char* const text : {
          R"({"projects":[{"environment":{"environmentVariables":[{"name":"A","value":"x1"}]}}]})",
          R"({"VpnConnections":[{"CustomerGatewayConfiguration":"x1"}]})",
          R"({"VpnConnections":[{"Options":{"TunnelOptions":[{"PreSharedKey":"x1"}]}}]})",
          R"({"DirectoryDescriptions":[{"RadiusSettings":{"SharedSecret":"x1"}}]})",
          R"({"DBInstances":[{"PendingModifiedValues":{"MasterUserPassword":"x1"}}]})",
          R"({"Cluster":{"Configurations":[{"Properties":{"k":"x1"}}]}})",
          R"({"Environment":{"AirflowConfigurationOptions":{"k":"x1"}}})",
          R"({"Target":{"Input":"x1"}})",
          R"({"Targets":[{"EcsParameters":{"Overrides":{"Environment":[{"Value":"x1"}]}}}]})",
          R"({"LaunchConfigurations":[{"UserData":"x1"}]})",
          R"({"Functions":[{"Environment":{"Variables":{"name":"x1","value":"x1"}}}]})",
          R"({"Listeners":[{"DefaultActions":[{"AuthenticateOidcConfig":{"ClientSecret":"x1"}}]}]})",
          R"({"Rules":[{"Conditions":[{"HttpHeaderConfig":{"Values":["x1"]}}]}]})",
          R"({"projects":[{"webhook":{"secret":"x1"}}]})",
          R"({"Clusters":[{"PreCoPassword":"x1"}]})",
          R"({"Cluster":{"KerberosAttributes":{"KdcAdminPassword":"x1"}}})",
          R"({"ConnectionList":[{"ConnectionProperties":{"KAFKA_SASL_PLAIN_PASSWORD":"x1"}}]})",
          R"({"services":[{"deployments":[{"logConfiguration":{"options":{"k":"x1"}}}]}]})",
          R"({"HttpEndpointDestinationDescription":{"EndpointConfiguration":{"Url":"x1"}}})",
          R"({"workspace":{"grafanaToken":"x1"}})",
          R"({"Pipeline":{"PipelineConfigurationBody":"x1"}})",
          R"({"SpotFleetRequestConfigs":[{"LaunchSpecifications":[{"UserData":"x1"}]}]})",
      }) {
    EXPECT_THAT(discreet(text), Not(HasSubstr("x1"))) << text;
    EXPECT_THAT(discreet(text), HasSubstr("(hidden)")) << text;
  }
}

TEST(Secrets, are_not_what_has_a_like_name) {
  for (const char* const text : {
           R"({"Tags":[{"Key":"Name","Value":"x1"}]})",
           R"({"Attributes":[{"Key":"deletion_protection.enabled","Value":"x1"}]})",
           R"({"NextToken":"x1"})",
           R"({"ConnectionList":[{"ConnectionProperties":{"JDBC_CONNECTION_URL":"x1"}}]})",
           R"({"MasterUsername":"x1"})",
           R"({"Rules":[{"Conditions":[{"PathPatternConfig":{"Values":["x1"]}}]}]})",
           R"({"VpnConnections":[{"Options":{"TunnelInsideIpVersion":"x1"}}]})",
           R"({"MasterUserSecret":{"SecretArn":"x1"}})",
           R"({"Endpoint":{"Url":"x1"}})",
           R"({"UserData":""})",
       }) {
    EXPECT_EQ(discreet(text), text);
  }
}

}  // namespace

}  // namespace portolan::live
