#include <algorithm>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "report/test_support.h"

// OCSF and ASFF: what collectors of events read. Whether they are valid is tested in tests/formats.
namespace portolan::report {
namespace {

boost::json::value parsed(std::string_view text) {
  boost::system::error_code error;
  boost::json::value document = boost::json::parse(text, error);
  EXPECT_FALSE(error) << text;
  return document;
}

boost::json::value ocsf(const Finding& finding) {
  return parsed(text_of(audit_ocsf, report_of({finding})));
}

boost::json::value asff(const Finding& finding) {
  return parsed(text_of(audit_asff, report_of({finding}))).at(0);
}

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) {
    result += text;
  }
  return result;
}

TEST(AuditOcsf, has_a_line_for_each_finding) {
  const std::string out = text_of(audit_ocsf, report_of({open_ssh(), passed_ssh()}));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
}

TEST(AuditOcsf, says_what_is_wrong_with_what) {
  const boost::json::value event = ocsf(open_ssh());
  EXPECT_EQ(event.at("class_uid"), 2003);
  EXPECT_EQ(event.at("time"), 1777816980000);
  EXPECT_EQ(event.at("severity"), "High");
  EXPECT_EQ(event.at("cloud").at("account").at("uid"), "123456789012");
  EXPECT_EQ(event.at("finding_info").at("title"), "SSH open to the internet");
  EXPECT_EQ(event.at("compliance").at("status"), "Fail");
  EXPECT_EQ(event.at("compliance").at("standards"),
            boost::json::value(boost::json::array{"CIS AWS 5.0"}));
  EXPECT_EQ(event.at("remediation").at("desc"), "remove the rule");
  const boost::json::value& resource = event.at("resources").at(0);
  EXPECT_EQ(resource.at("uid"), "arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a");
  EXPECT_EQ(resource.at("type"), "AWS::EC2::SecurityGroup");
}

TEST(AuditOcsf, resolves_what_passed_and_warns_of_what_is_unknown) {
  const boost::json::value pass = ocsf(passed_ssh());
  EXPECT_EQ(pass.at("status"), "Resolved");
  EXPECT_EQ(pass.at("compliance").at("status"), "Pass");
  EXPECT_FALSE(pass.as_object().contains("remediation"));
  const boost::json::value unknown = ocsf(unknown_ssh());
  EXPECT_EQ(unknown.at("compliance").at("status"), "Warning");
  EXPECT_EQ(unknown.at("compliance").at("status_detail"), "run `ec2 describe-network-acls`");
}

TEST(AuditOcsf, leaves_out_a_place_that_is_not_known) {
  Finding finding = open_ssh();
  finding.account = AccountId();
  finding.region = Region();
  const boost::json::value event = ocsf(finding);
  EXPECT_FALSE(event.at("cloud").as_object().contains("account"));
  EXPECT_FALSE(event.at("cloud").as_object().contains("region"));
}

TEST(AuditAsff, says_what_is_wrong_with_what) {
  const boost::json::value finding = asff(open_ssh());
  EXPECT_EQ(finding.at("ProductArn"),
            "arn:aws:securityhub:eu-west-1:123456789012:product/123456789012/default");
  EXPECT_EQ(finding.at("GeneratorId"), "portolan/sg-ingress-world-ssh");
  EXPECT_EQ(finding.at("UpdatedAt"), "2026-05-03T14:03:00Z");
  EXPECT_EQ(finding.at("Severity").at("Label"), "HIGH");
  EXPECT_EQ(finding.at("Compliance").at("Status"), "FAILED");
  EXPECT_EQ(finding.at("Compliance").at("RelatedRequirements").at(0), "CIS AWS 5.0: 5.3, 5.4");
  EXPECT_EQ(finding.at("Resources").at(0).at("Type"), "AwsEc2SecurityGroup");
  EXPECT_EQ(finding.at("Resources").at(1).at("Type"), "AwsEc2NetworkInterface");
}

TEST(AuditAsff, knows_partitions) {
  Finding finding = open_ssh();
  finding.region = *Region::parse("cn-north-1");
  EXPECT_EQ(asff(finding).at("Resources").at(0).at("Id"),
            "arn:aws-cn:ec2:cn-north-1:123456789012:security-group/sg-0a");
}

TEST(AuditAsff, keeps_an_arn_that_the_finding_names) {
  Finding finding = open_ssh();
  finding.resource =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/50dc6c495c0c9188";
  const boost::json::value resource = asff(finding).at("Resources").at(0);
  EXPECT_EQ(resource.at("Id"), boost::json::string(finding.resource));
  EXPECT_EQ(resource.at("Type"), "AwsElbv2LoadBalancer");
}

TEST(AuditAsff, cuts_what_is_longer_than_the_hub_takes_between_characters) {
  Finding finding = open_ssh();
  finding.message = repeated("é", 2000);
  finding.fix = "";
  finding.affected.edit().assign(100, "eni-1");
  const boost::json::value value = asff(finding);
  const std::string_view description = value.at("Description").as_string();
  EXPECT_LE(description.size(), 1024U);
  EXPECT_TRUE(description.ends_with("é…"));
  EXPECT_EQ(value.at("Resources").as_array().size(), 32U);
  EXPECT_EQ(value.at("Remediation").at("Recommendation").at("Text"), "Use Session Manager.");
}

TEST(AuditAsff, writes_no_empty_text) {
  Finding finding = unknown_ssh();
  finding.message = "  ";
  finding.account = AccountId();
  const boost::json::value value = asff(finding);
  EXPECT_EQ(value.at("Description"), "-");
  EXPECT_EQ(value.at("AwsAccountId"), "000000000000");
  EXPECT_EQ(value.at("Compliance").at("Status"), "WARNING");
  EXPECT_EQ(value.at("Compliance").at("StatusReasons").at(0).at("Description"),
            "run `ec2 describe-network-acls`");
}

TEST(AuditEvents, keep_what_is_muted_as_suppressed) {
  const boost::json::value event = parsed(text_of(audit_ocsf, muted_report()));
  EXPECT_EQ(event.at("status_id"), 3);
  EXPECT_EQ(event.at("comment"), "the bastion (ops, until 2026-06-01T00:00:00Z)");
  const boost::json::value finding = parsed(text_of(audit_asff, muted_report())).at(0);
  EXPECT_EQ(finding.at("Workflow").at("Status"), "SUPPRESSED");
  EXPECT_EQ(finding.at("Note").at("UpdatedBy"), "ops");
}

}  // namespace
}  // namespace portolan::report
