#include "report/gap_lines.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan::report {

namespace {

using ::testing::ElementsAre;

std::vector<Gap> sweep() {
  std::vector<Gap> gaps = {{"collection_unfinished", "", "it was stopped"}};
  for (const char* account : {"111111111111", "222222222222"}) {
    for (int region = 1; region <= 3; ++region) {
      gaps.push_back({"call_denied", fmt::format("{} eu-west-{} efs x", account, region),
                      "`aws efs x` was denied"});
    }
  }
  gaps.push_back({"call_denied", "111111111111 eu-west-1 ec2 y", "`aws ec2 y` was denied"});
  return gaps;
}

TEST(GapLines, say_of_many_of_one_kind_where_they_are) {
  EXPECT_THAT(gap_lines(sweep(), false),
              ElementsAre("it was stopped (collection_unfinished)",
                          "`aws efs x` was denied, in 3 regions of 2 accounts (call_denied)",
                          "111111111111 eu-west-1 ec2 y: `aws ec2 y` was denied (call_denied)"));
}

TEST(GapLines, name_the_first_resources) {
  std::vector<Gap> gaps;
  for (int i = 1; i <= 5; ++i) {
    gaps.push_back({"rules_cut", fmt::format("sg-{}", i), "not all of its rules are there"});
  }
  EXPECT_THAT(
      gap_lines(gaps, false),
      ElementsAre("sg-1, sg-2, sg-3 and 2 more: not all of its rules are there (rules_cut)"));
}

TEST(GapLines, of_no_resource_say_how_often) {
  const std::vector<Gap> gaps(7, {"page_cut", "", "a page is missing"});
  EXPECT_THAT(gap_lines(gaps, false), ElementsAre("a page is missing, 7 times (page_cut)"));
}

TEST(GapLines, leave_none_out_where_all_are_wanted) {
  EXPECT_EQ(gap_lines(sweep(), true).size(), 8U);
}

}  // namespace

}  // namespace portolan::report
