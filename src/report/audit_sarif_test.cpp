#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/test_support.h"

namespace portolan::report {
namespace {

boost::json::value run_of(const AuditReport& report) {
  boost::system::error_code error;
  const boost::json::value log = boost::json::parse(text_of(audit_sarif, report), error);
  EXPECT_FALSE(error);
  return log.at("runs").at(0);
}

boost::json::value result_of(const Finding& finding) {
  return run_of(report_of({finding})).at("results").at(0);
}

TEST(AuditSarif, has_a_rule_for_each_check_and_no_result_for_a_pass) {
  const boost::json::value run = run_of(report_of({open_ssh(), passed_ssh()}));
  const boost::json::value& rule = run.at("tool").at("driver").at("rules").at(0);
  EXPECT_EQ(rule.at("id"), "sg-ingress-world-ssh");
  EXPECT_EQ(rule.at("properties").at("security-severity"), "8.0");
  EXPECT_EQ(run.at("results").as_array().size(), 1U);
  EXPECT_EQ(run.at("properties").at("pass"), 1);
}

TEST(AuditSarif, places_a_result_in_a_file_that_stands_for_the_resource) {
  const boost::json::value result = result_of(open_ssh());
  EXPECT_EQ(result.at("level"), "error");
  EXPECT_EQ(result.at("ruleIndex"), 0);
  EXPECT_EQ(result.at("message").at("text"),
            "tcp/22 is open to 0.0.0.0/0 and reaches i-0b; fix: remove the rule");
  const boost::json::value& location = result.at("locations").at(0);
  EXPECT_EQ(location.at("physicalLocation").at("artifactLocation").at("uri"),
            "aws/123456789012/eu-west-1/sg-0a");
  EXPECT_EQ(location.at("logicalLocations").at(1).at("fullyQualifiedName"),
            "arn:aws:ec2:eu-west-1:123456789012:security-group-rule/sgr-1");
}

TEST(AuditSarif, makes_no_arn_of_an_id_that_is_not_of_aws) {
  Finding finding = open_ssh();
  finding.rules.front().id = "sg-0a/ingress/tcp/22/0.0.0.0/0";
  EXPECT_EQ(result_of(finding)
                .at("locations")
                .at(0)
                .at("logicalLocations")
                .at(1)
                .at("fullyQualifiedName"),
            "sg-0a/ingress/tcp/22/0.0.0.0/0");
}

TEST(AuditSarif, keeps_what_is_muted_as_suppressed) {
  const boost::json::value result = run_of(muted_report()).at("results").at(0);
  EXPECT_EQ(result.at("ruleId"), "sg-ingress-world-ssh");
  const boost::json::value& suppression = result.at("suppressions").at(0);
  EXPECT_EQ(suppression.at("status"), "accepted");
  EXPECT_EQ(suppression.at("justification"), "the bastion");
  EXPECT_EQ(suppression.at("properties").at("owner"), "ops");
}

TEST(AuditSarif, leaves_open_what_is_unknown) {
  const boost::json::value result = result_of(unknown_ssh());
  EXPECT_EQ(result.at("kind"), "open");
  EXPECT_EQ(result.at("level"), "none");
}

TEST(AuditSarif, shows_the_hops_of_the_witness_as_a_flow) {
  const boost::json::value result = result_of(open_ssh());
  const boost::json::value& flow = result.at("codeFlows").at(0).at("threadFlows").at(0);
  EXPECT_EQ(flow.at("locations").at(0).at("location").at("message").at("text"),
            "internet -> igw-1");
}

TEST(AuditSarif, lets_a_message_hold_no_link_and_no_placeholder) {
  Finding finding = open_ssh();
  finding.message = "[here](http://evil) {0}";
  finding.fix.clear();
  EXPECT_EQ(result_of(finding).at("message").at("text"), "\\[here\\](http://evil) {{0}}");
}

TEST(AuditSarif, escapes_what_is_no_path) {
  Finding finding = open_ssh();
  finding.resource = "../a b?";
  finding.account = AccountId();
  EXPECT_EQ(result_of(finding)
                .at("locations")
                .at(0)
                .at("physicalLocation")
                .at("artifactLocation")
                .at("uri"),
            "aws/-/eu-west-1/..%2Fa%20b%3F");
}

TEST(AuditSarif, notifies_of_problems_of_the_input) {
  AuditReport report = report_of({});
  report.diagnostics = {{Severity::Error, "bad_json", "it ends early", "a.json", "/Vpcs", ""}};
  report.gaps = {{"not_collected", "vpc-1", "the network ACLs were not collected"}};
  const boost::json::value run = run_of(report);
  const boost::json::value& list = run.at("invocations").at(0).at("toolExecutionNotifications");
  EXPECT_EQ(list.at(0).at("level"), "error");
  EXPECT_EQ(list.at(0).at("descriptor").at("id"), "bad_json");
  EXPECT_EQ(list.at(1).at("message").at("text"), "vpc-1: the network ACLs were not collected");
}

}  // namespace
}  // namespace portolan::report
