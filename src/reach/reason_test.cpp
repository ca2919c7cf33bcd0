#include "reach/reason.h"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace portolan::reach {
namespace {

TEST(Reason, RowsStandInTheOrderOfTheEnum) {
  std::size_t row = 0;
  for (const ReasonInfo& each : all_reasons()) {
    EXPECT_EQ(static_cast<std::size_t>(each.reason), row++) << each.code;
  }
  EXPECT_EQ(all_reasons().back().reason, Reason::PortBlockedByDefault);
}

TEST(Reason, CodesAreUniqueSnakeCaseAndParseBack) {
  std::set<std::string_view> codes;
  for (const ReasonInfo& each : all_reasons()) {
    EXPECT_TRUE(codes.insert(each.code).second) << each.code;
    EXPECT_EQ(each.code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos);
    EXPECT_EQ(parse_reason(each.code), each.reason);
    EXPECT_EQ(text(each.reason), each.code);
  }
  EXPECT_EQ(parse_reason("no_such_reason"), std::nullopt);
  EXPECT_EQ(parse_reason(""), std::nullopt);
}

TEST(Reason, EveryReasonHasASentenceWithoutFullStop) {
  for (const ReasonInfo& each : all_reasons()) {
    ASSERT_FALSE(each.sentence.empty()) << each.code;
    EXPECT_NE(each.sentence.back(), '.') << each.code;
  }
}

TEST(Reason, CodesOfAwsAreSpelledLikeAws) {
  for (const ReasonInfo& each : all_reasons()) {
    EXPECT_EQ(each.aws_code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"),
              std::string_view::npos)
        << each.code;
  }
  EXPECT_EQ(info(Reason::SgNoIngressRule).aws_code, "ENI_SG_RULES_MISMATCH");
  EXPECT_EQ(info(Reason::NatSourceOutsideVpc).aws_code, "NGW_REQUIRES_SOURCE_IN_VPC");
}

}  // namespace
}  // namespace portolan::reach
