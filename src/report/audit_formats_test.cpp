#include <algorithm>
#include <set>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.h"
#include "report/test_support.h"

// What all formats have in common.
namespace portolan::report {
namespace {

using testing::HasSubstr;

class AuditFormats : public testing::TestWithParam<AuditFormat> {
 protected:
  static std::string written(const AuditReport& report) {
    return text_of(GetParam().write, report);
  }
};

TEST_P(AuditFormats, let_no_control_character_or_broken_byte_through) {
  AuditReport report = report_of({hostile()});
  report.source = hostile().name;
  report.gaps = {{"code", hostile().name, hostile().name}};
  std::string out = written(report);
  std::erase_if(out, [](char c) { return c == '\n' || c == '\r'; });
  EXPECT_EQ(out, printable(out));
}

TEST_P(AuditFormats, end_with_a_newline_and_repeat_their_bytes) {
  const AuditReport report = report_of({open_ssh(), unknown_ssh(), passed_ssh()});
  const std::string out = written(report);
  EXPECT_TRUE(out.ends_with('\n'));
  EXPECT_EQ(out, written(report));
}

TEST_P(AuditFormats, write_something_valid_when_there_is_nothing_to_say) {
  AuditReport empty = report_of({});
  empty.checks.clear();
  const std::string out = written(empty);
  if (GetParam().name == "ocsf") {
    EXPECT_EQ(out, "");
  } else {
    EXPECT_TRUE(out.ends_with('\n'));
  }
}

TEST_P(AuditFormats, know_a_finding_by_its_fingerprint) {
  const AuditReport report = report_of({open_ssh()});
  EXPECT_THAT(written(report), HasSubstr(fingerprint(open_ssh())));
}

INSTANTIATE_TEST_SUITE_P(All, AuditFormats, testing::ValuesIn(kAuditFormats),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Fingerprint, is_made_of_check_place_resource_and_rules) {
  // uuid.uuid5(uuid.UUID("5c1e8f0a-3d52-4b8e-9a47-60d12f7bc394"),
  //            "sg-ingress-world-ssh\n123456789012\neu-west-1\nsg-0a\n"
  //            "sg-0a/ingress/tcp/22/0.0.0.0/0")
  EXPECT_EQ(fingerprint(open_ssh()), "878260aa-a911-550c-8e1f-575138c47f18");
}

/// Terraform replaces a rule by revoking it and making it anew; and who has no flat list of rules
/// has no ids of them at all.
TEST(Fingerprint, stays_when_a_rule_is_made_again) {
  Finding again = open_ssh();
  again.rules.front().id = "sgr-2";
  EXPECT_EQ(fingerprint(again), fingerprint(open_ssh()));
  again.rules.front().id = "sg-0a/ingress/tcp/22/0.0.0.0/0";
  EXPECT_EQ(fingerprint(again), fingerprint(open_ssh()));
}

TEST(Fingerprint, stays_when_words_order_and_outcome_change) {
  Finding a = open_ssh();
  a.rules.push_back({"sgr-2", "sg-0a", "::/0", "tcp/22"});
  Finding b = a;
  std::reverse(b.rules.begin(), b.rules.end());
  b.message = "other words";
  b.name = "other";
  b.outcome = Outcome::Unknown;
  b.risk = Risk::Low;
  b.affected.clear();
  EXPECT_EQ(fingerprint(a), fingerprint(b));
}

TEST(Fingerprint, changes_with_each_part) {
  std::set<std::string> seen = {fingerprint(open_ssh())};
  const auto is_new = [&](auto change) {
    Finding finding = open_ssh();
    change(finding);
    return seen.insert(fingerprint(finding)).second;
  };
  EXPECT_TRUE(is_new([](Finding& each) { each.check = "sg-ingress-world-rdp"; }));
  EXPECT_TRUE(is_new([](Finding& each) { each.account = *AccountId::parse("000000000000"); }));
  EXPECT_TRUE(is_new([](Finding& each) { each.region = *Region::parse("eu-west-2"); }));
  EXPECT_TRUE(is_new([](Finding& each) { each.resource = "sg-0b"; }));
  EXPECT_TRUE(is_new([](Finding& each) { each.rules.front().holder = "sg-0b"; }));
  EXPECT_TRUE(is_new([](Finding& each) { each.rules.front().peer = "::/0"; }));
  EXPECT_TRUE(is_new([](Finding& each) { each.rules.front().services = "udp/22"; }));
  EXPECT_TRUE(is_new([](Finding& each) { each.rules.front().is_egress = true; }));
  EXPECT_TRUE(is_new([](Finding& each) { each.rules.front().id = "acl-1/ingress/100"; }));
  EXPECT_TRUE(is_new([](Finding& each) { each.rules.clear(); }));
}

}  // namespace
}  // namespace portolan::report
