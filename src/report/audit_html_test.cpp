#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/exposure.h"
#include "report/test_support.h"

namespace portolan::report {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::Not;

Finding reached(const std::string& target, const std::string& services) {
  Finding finding = open_ssh();
  finding.message = "the internet reaches it on " + target + " (web-1)";
  finding.affected = {target, "eni-9", "i-0b"};
  finding.witness = {"1.0.0.0 -> " + target + " (52.0.0.1) " + services,
                     "-> igw-1: in from the internet to " + target};
  return finding;
}

TEST(Exposure, tells_target_address_name_and_services) {
  const std::vector<Exposed> exposed = exposed_of(report_of({reached("eni-1", "tcp/22")}));
  ASSERT_EQ(exposed.size(), 1U);
  EXPECT_EQ(exposed[0].target, "eni-1");
  EXPECT_EQ(exposed[0].address, "52.0.0.1");
  EXPECT_EQ(exposed[0].name, "web-1");
  EXPECT_EQ(exposed[0].others, 1U);
  EXPECT_THAT(exposed[0].services, ElementsAre(Field(&ExposedService::services, "tcp/22")));
}

TEST(Exposure, gathers_the_services_of_a_target_worst_first) {
  Finding low = reached("eni-1", "tcp/80 udp/53");
  low.risk = Risk::Low;
  const auto exposed = exposed_of(report_of(
      {reached("eni-1", "tcp/22"), reached("eni-2", "tcp/22"), reached("eni-1", "tcp/22"), low}));
  ASSERT_EQ(exposed.size(), 2U);
  EXPECT_THAT(exposed[0].services, ElementsAre(Field(&ExposedService::services, "tcp/22"),
                                               Field(&ExposedService::services, "tcp/80 udp/53")));
  EXPECT_EQ(exposed[0].services[1].risk, Risk::Low);
  EXPECT_EQ(exposed[0].services[1].finding, 3U);
}

TEST(Exposure, takes_nothing_that_is_not_proven_to_come_from_the_internet) {
  Finding latent = reached("eni-1", "tcp/22");
  latent.is_latent = true;
  Finding internal = reached("eni-1", "tcp/22");
  internal.witness = {"eni-3 (10.0.0.1) -> eni-1 (10.0.0.2) tcp/22"};
  Finding outward = reached("eni-1", "tcp/22");
  outward.witness = {"eni-1 (10.0.0.1) -> 1.0.0.0 tcp/443"};
  Finding remote = reached("eni-1", "tcp/22");
  remote.witness = {"10.9.0.1 -> eni-1 (10.0.0.2) tcp/22"};
  Finding nothing = reached("eni-1", "none");
  Finding unknown = reached("eni-1", "tcp/22");
  unknown.outcome = Outcome::Unknown;
  Finding strange = reached("eni-1", "tcp/22");
  strange.witness = {"1.0.0.0 -> ", "x"};
  EXPECT_TRUE(exposed_of(report_of({latent, internal, outward, remote, nothing, unknown, strange,
                                    passed_ssh()}))
                  .empty());
}

TEST(ExposureChart, links_each_service_to_its_finding_and_ends) {
  std::vector<Finding> findings;
  for (int i = 0; i < 30; ++i) {
    findings.push_back(reached("eni-" + std::to_string(i), "tcp/22"));
  }
  const std::string chart = exposure_chart(exposed_of(report_of(findings)), 20);
  EXPECT_THAT(chart, HasSubstr("href=\"#f19\""));
  EXPECT_THAT(chart, Not(HasSubstr("href=\"#f20\"")));
  EXPECT_THAT(chart, HasSubstr("and 1 more alike"));
}

TEST(ExposureChart, cuts_long_names_between_characters) {
  Finding finding = reached("eni-1", "tcp/22");
  std::string name;
  for (int i = 0; i < 50; ++i) {
    name += "漢";
  }
  finding.message = "eni-1 (" + name + ")";
  const std::string chart = exposure_chart(exposed_of(report_of({finding})), 20);
  EXPECT_THAT(chart, HasSubstr("漢漢…"));
  EXPECT_THAT(chart, Not(HasSubstr("\\x")));
}

TEST(AuditHtml, needs_nothing_but_itself) {
  const std::string out = text_of(audit_html, report_of({reached("eni-1", "tcp/22")}));
  EXPECT_THAT(out, HasSubstr("default-src 'none'"));
  for (const std::string_view request :
       {"<script", "src=", "url(", "@import", "<link", "http:", "https:"}) {
    EXPECT_THAT(out, Not(HasSubstr(std::string(request))));
  }
}

TEST(AuditHtml, shows_findings_and_counts_what_passed) {
  const std::string out =
      text_of(audit_html, report_of({reached("eni-1", "tcp/22"), unknown_ssh(), passed_ssh()}));
  EXPECT_THAT(out, HasSubstr("<li class=\"high\"><b>1</b>high</li>"));
  EXPECT_THAT(out, HasSubstr("<li class=\"critical none\"><b>0</b>critical</li>"));
  EXPECT_THAT(out, HasSubstr("<article id=\"f0\" class=\"high\">"));
  EXPECT_THAT(out, HasSubstr("<h2>Could not be judged</h2>"));
  EXPECT_THAT(out, HasSubstr("<article id=\"f1\" class=\"unknown\">"));
  EXPECT_THAT(out, Not(HasSubstr("no rule opens SSH")));
}

TEST(AuditHtml, lets_no_element_of_a_stranger_through) {
  const std::string out = text_of(audit_html, report_of({hostile()}));
  EXPECT_THAT(out, Not(HasSubstr("<script")));
  EXPECT_THAT(out, Not(HasSubstr("<img")));
  EXPECT_THAT(out, HasSubstr("&lt;script&gt;"));
}

TEST(AuditHtml, says_when_nothing_is_exposed) {
  EXPECT_THAT(text_of(audit_html, report_of({})),
              HasSubstr("No finding proves a way in from the internet."));
}

}  // namespace
}  // namespace portolan::report
