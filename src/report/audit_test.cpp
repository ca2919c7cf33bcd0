#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/report.h"
#include "report/test_support.h"

namespace portolan::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(AuditTable, shows_counts_and_then_each_finding_with_its_causes_and_its_fix) {
  EXPECT_EQ(audit_table(report_of({open_ssh()}), {.width = 80}),
            "1 finding (1 high), 0 unknown, 0 passed; 12 resources of dump\n"
            "\n"
            "high      sg-ingress-world-ssh  sg-0a \"web\"  123456789012 eu-west-1\n"
            "          tcp/22 is open to 0.0.0.0/0 and reaches i-0b\n"
            "          rule    sgr-1 (sg-0a): tcp/22 0.0.0.0/0\n"
            "          affects eni-1, i-0b\n"
            "          fix     remove the rule\n"
            "\n");
}

TEST(AuditTable, tells_why_a_finding_ranks_where_it_does) {
  AuditReport report = report_of({open_ssh()});
  report.standings = {{.hops = 1,
                       .at = "eni-1",
                       .from = "internet",
                       .services = "tcp/22",
                       .is_data_tier = false,
                       .role = "web",
                       .text = "the internet connects to eni-1\x1b on tcp/22"}};
  EXPECT_THAT(audit_table(report, {}),
              HasSubstr("          rank    the internet connects to eni-1\\x1b on tcp/22\n"));
}

TEST(AuditTable, counts_by_check_what_is_for_the_record) {
  Finding info = open_ssh();
  info.risk = Risk::Info;
  info.message = "for the record";
  Finding unknown = info;
  unknown.outcome = Outcome::Unknown;
  const AuditReport report = report_of({info, info, unknown});
  const std::string brief = audit_table(report, {});
  EXPECT_THAT(brief, HasSubstr("  sg-ingress-world-ssh  2, 1 unknown\n"));
  EXPECT_THAT(brief, Not(HasSubstr("for the record\n")));
  EXPECT_THAT(audit_table(report, {.lists_info = true}), HasSubstr("for the record\n"));
}

TEST(AuditTable, shows_witnesses_and_passes_only_when_verbose) {
  Finding pass = open_ssh();
  pass.outcome = Outcome::Pass;
  pass.message = "no admin port is open";
  const AuditReport report = report_of({open_ssh(), pass});

  const std::string brief = audit_table(report, {});
  EXPECT_THAT(brief, HasSubstr("1 finding (1 high), 0 unknown, 1 passed"));
  EXPECT_THAT(brief, Not(HasSubstr("no admin port is open")));
  EXPECT_THAT(brief, Not(HasSubstr("igw-1")));

  const std::string verbose = audit_table(report, {.verbose = true});
  EXPECT_THAT(verbose, HasSubstr("no admin port is open"));
  EXPECT_THAT(verbose, HasSubstr("path    internet -> igw-1"));
}

TEST(AuditTable, names_what_is_missing) {
  Finding unknown = open_ssh();
  unknown.outcome = Outcome::Unknown;
  unknown.gaps = {"run `ec2 describe-network-acls`"};
  AuditReport report = report_of({unknown});
  report.gaps = {{"network_acls_not_collected", "vpc-1", "the network ACLs were not collected"}};

  const std::string table = audit_table(report, {});
  EXPECT_THAT(table, HasSubstr("unknown   sg-ingress-world-ssh"));
  EXPECT_THAT(table, HasSubstr("missing run `ec2 describe-network-acls`"));
  EXPECT_THAT(table, HasSubstr("  vpc-1: the network ACLs were not collected "
                               "(network_acls_not_collected)\n"));
}

TEST(AuditTable, cuts_long_lists_unless_verbose) {
  Finding finding = open_ssh();
  finding.affected = {"e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8"};
  AuditReport report = report_of({finding});
  for (int i = 0; i < 25; ++i) {
    report.gaps.push_back({"missing", "", fmt::format("something {}", i)});
  }

  const std::string brief = audit_table(report, {});
  EXPECT_THAT(brief, HasSubstr("e1, e2, e3, e4, e5, e6 and 2 more\n"));
  EXPECT_THAT(brief, HasSubstr("  and 5 more (--verbose lists all)\n"));

  const std::string verbose = audit_table(report, {.verbose = true});
  EXPECT_THAT(verbose, HasSubstr("e7, e8\n"));
  EXPECT_THAT(verbose, Not(HasSubstr("more")));
}

TEST(AuditTable, lets_no_name_reach_the_terminal_raw) {
  Finding finding = open_ssh();
  finding.name = "\x1b[2Jweb\u202e";
  finding.message = "line\nbreak";
  const std::string table = audit_table(report_of({finding}), {.colour = false});
  EXPECT_THAT(table, HasSubstr("\\x1b[2Jweb\\u202e"));
  EXPECT_THAT(table, HasSubstr("line\\x0abreak"));
  EXPECT_THAT(table, Not(HasSubstr("\x1b")));
}

TEST(AuditTable, marks_latent_findings) {
  Finding finding = open_ssh();
  finding.is_latent = true;
  EXPECT_THAT(audit_table(report_of({finding}), {}), HasSubstr("eu-west-1  (latent)\n"));
}

TEST(AuditTable, tells_what_was_left_out_and_how_controls_stand) {
  AuditReport report = report_of({open_ssh()});
  report.muted.resize(2);
  report.known = 3;
  report.framework = "Benchmark 1";
  report.controls = {{.id = "5.3", .title = "No SSH", .status = "fail", .failed = 1},
                     {.id = "10.1", .title = "Logs", .status = "not covered"}};
  const std::string table = audit_table(report, {});
  EXPECT_THAT(table, HasSubstr("0 unknown, 0 passed, 2 muted, 3 known; 12 resources"));
  EXPECT_THAT(table, HasSubstr("Benchmark 1\n"
                               "  5.3   fail              No SSH (1 finding)\n"
                               "  10.1  not covered       Logs\n\n"));
  const std::string markdown = text_of(audit_markdown, report);
  EXPECT_THAT(markdown, HasSubstr("| 5.3 | fail | 1 | No SSH |"));
  const auto document = boost::json::parse(text_of(audit_json, report));
  EXPECT_EQ(document.at("framework").as_string(), "Benchmark 1");
  EXPECT_EQ(document.at("controls").at(0).at("failed").to_number<int>(), 1);
  EXPECT_EQ(document.at("summary").at("known").to_number<int>(), 3);
}

TEST(AuditJson, keeps_the_order_of_its_keys) {
  AuditReport report = report_of({open_ssh()});
  report.gaps = {{"code", "vpc-1", "message"}};
  report.diagnostics = {{Severity::Error, "bad_json", "it ends early", "a.json", "/Vpcs", "vpc-1"}};
  EXPECT_EQ(text_of(audit_json, report),
            R"({"schema":"portolan/audit/1",
"version":"0.1.0",
"source":"dump",
"summary":{"fail":1,"by_risk":{"critical":0,"high":1,"medium":0,"low":0,"info":0},"unknown":0,"pass":0,"muted":0,"known":0,"resources":12},
"findings":[
{"id":"878260aa-a911-550c-8e1f-575138c47f18","check":"sg-ingress-world-ssh","outcome":"fail","risk":"high","latent":false,"resource":"sg-0a","arn":"arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a","name":"web","account":"123456789012","region":"eu-west-1","message":"tcp/22 is open to 0.0.0.0/0 and reaches i-0b","rules":[{"id":"sgr-1","holder":"sg-0a","peer":"0.0.0.0/0","services":"tcp/22"}],"affected":["eni-1","i-0b"],"witness":["internet -> igw-1"],"gaps":[],"fix":"remove the rule","standing":{"hops":null,"at":"","from":"","services":"","data_tier":false,"role":"","text":""}}
],
"gaps":[
{"code":"code","resource":"vpc-1","message":"message"}
],
"diagnostics":[
{"severity":"error","code":"bad_json","message":"it ends early","file":"a.json","pointer":"/Vpcs","resource":"vpc-1"}
]
}
)");
}

TEST(AuditJson, is_valid_whatever_a_name_contains) {
  Finding finding = open_ssh();
  finding.name = std::string("\xff\"\\\0\u2028", 7);
  boost::system::error_code error;
  const auto document = boost::json::parse(text_of(audit_json, report_of({finding})), error);
  ASSERT_FALSE(error);
  EXPECT_EQ(document.at("findings").at(0).at("name").as_string(), "\\xff\"\\\\x00\\u2028");
}

TEST(AuditJson, is_valid_when_there_is_nothing_to_say) {
  boost::system::error_code error;
  const auto document = boost::json::parse(text_of(audit_json, report_of({})), error);
  ASSERT_FALSE(error);
  EXPECT_TRUE(document.at("findings").as_array().empty());
}

}  // namespace
}  // namespace portolan::report
