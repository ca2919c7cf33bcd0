#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/escape.h"
#include "report/test_support.h"

// JUnit, CSV and Markdown, and how names are escaped there.
namespace portolan::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(AuditJunit, fails_what_is_as_bad_as_asked_and_skips_what_is_unknown) {
  Finding low = open_ssh();
  low.risk = Risk::Low;
  low.resource = "sg-0d";
  AuditReport report = report_of({open_ssh(), low, unknown_ssh(), passed_ssh()});
  report.fail_on = Risk::High;
  const std::string out = text_of(audit_junit, report);
  EXPECT_THAT(out, HasSubstr("<testsuite name=\"sg-ingress-world-ssh\" tests=\"4\" failures=\"1\" "
                             "errors=\"0\" skipped=\"1\">"));
  EXPECT_THAT(out, HasSubstr("<failure type=\"high\" message=\"tcp/22 is open"));
  EXPECT_THAT(out, HasSubstr("<system-out>low: tcp/22 is open"));
  EXPECT_THAT(out, HasSubstr("<skipped message=\"run `ec2 describe-network-acls`\"/>"));
  EXPECT_THAT(out, HasSubstr("name=\"sg-0a &quot;web&quot; [sgr-1]\""));
}

TEST(AuditCsv, quotes_fields_and_takes_the_edge_off_formulas) {
  EXPECT_EQ(csv_field("plain"), "plain");
  EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
  for (const std::string_view formula : {"=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1"}) {
    EXPECT_THAT(csv_field(formula), testing::StartsWith("'")) << formula;
  }
  EXPECT_EQ(csv_field("\t=1"), "\\x09=1");
  EXPECT_EQ(csv_field("=\"a\""), "\"'=\"\"a\"\"\"");
}

TEST(AuditCsv, has_a_row_for_each_finding_and_the_same_fields_in_each) {
  const std::string out = text_of(audit_csv, report_of({hostile(), open_ssh(), passed_ssh()}));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 4);
  EXPECT_THAT(out, HasSubstr(",SSH open to the internet,fail,high,false,123456789012,eu-west-1,"
                             "sg-0a,web,arn:aws:ec2:eu-west-1:123456789012:security-group/sg-0a,"));
}

TEST(AuditMarkdown, shows_findings_and_counts_what_passed) {
  const std::string out =
      text_of(audit_markdown, report_of({open_ssh(), unknown_ssh(), passed_ssh()}));
  EXPECT_THAT(out, HasSubstr("**1 high**; 1 unknown; 1 passed; 12 resources of `dump`\n"));
  EXPECT_THAT(out, HasSubstr("### high: SSH open to the internet\n"));
  EXPECT_THAT(out, HasSubstr("### unknown: SSH open to the internet\n"));
  EXPECT_THAT(out, HasSubstr("- missing: run \\`ec2 describe-network-acls\\`\n"));
  EXPECT_THAT(out, HasSubstr("| sg-ingress-world-ssh | 1 | 1 | 1 |\n"));
  EXPECT_THAT(out, Not(HasSubstr("no rule opens SSH")));
}

TEST(AuditMarkdown, ends_long_lists) {
  Finding finding = open_ssh();
  finding.affected.edit().assign(15, "eni-1");
  finding.rules.edit().assign(15, FindingRule(finding.rules.front()));
  const std::string out = text_of(audit_markdown, report_of(std::vector<Finding>(250, finding)));
  EXPECT_THAT(out, HasSubstr(" and 5 more\n"));
  EXPECT_THAT(out, HasSubstr("- 5 more rules\n"));
  EXPECT_THAT(out, HasSubstr("50 more findings are not shown.\n"));
}

TEST(Escape, leaves_no_markup_in_markdown) {
  EXPECT_EQ(markdown_text("a|b *c* <d> [e](f) `g`"), "a\\|b \\*c\\* &lt;d&gt; \\[e\\](f) \\`g\\`");
  EXPECT_EQ(markdown_text("http://x www.y @z #1"),
            "http\\://x www\\.y <span>@</span>z <span>#</span>1");
  EXPECT_EQ(markdown_text("10.0.0.0/8"), "10.0.0.0/8");
}

TEST(Escape, fences_code_that_holds_fences) {
  EXPECT_EQ(markdown_code("a"), "`a`");
  EXPECT_EQ(markdown_code("a``b"), "```a``b```");
  EXPECT_EQ(markdown_code("`a"), "`` `a ``");
  EXPECT_EQ(markdown_code(""), "");
}

TEST(Escape, writes_out_what_xml_has_no_place_for) {
  EXPECT_EQ(xml_text("<a b='c' d=\"e\">&"), "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;");
  EXPECT_EQ(xml_text("\x01\xef\xbf\xbf é"), "\\x01\\uffff é");
}

}  // namespace
}  // namespace portolan::report
