#include "collect/trail_places.h"

#include <gtest/gtest.h>

namespace portolan::collect {

namespace {

TEST(TrailPlaces, tell_region_and_day_of_what_cloudtrail_delivered) {
  const std::string region = "s3://b/AWSLogs/o-1/111122223333/CloudTrail/eu-west-1/";
  const std::string place = region + "2026/05/03/1_CloudTrail_eu-west-1_x.json.gz";
  const auto day = log_day(place);
  ASSERT_TRUE(day);
  EXPECT_EQ(day->region_folder, region);
  EXPECT_EQ(day->day, "2026/05/03");
  EXPECT_EQ(log_day("CloudTrail/eu-west-1/2026/05/03/x")->region_folder, "CloudTrail/eu-west-1/");
  // A prefix may have the same name.
  EXPECT_EQ(log_day("CloudTrail/x/AWSLogs/1/CloudTrail/eu-west-1/2026/05/03/x")->day, "2026/05/03");
}

TEST(TrailPlaces, elsewhere_tell_no_day) {
  for (const char* const place :
       {"", "a.json", "CloudTrail/eu-west-1/x.json", "CloudTrail/eu-west-1/2026/5/3/x.json",
        "MyCloudTrail/eu-west-1/2026/05/03/x.json", "CloudTrail/eu-west-1/2026/05/03",
        "AWSLogs/1/CloudTrail-Digest/eu-west-1/2026/05/03/x.json.gz"}) {
    EXPECT_FALSE(log_day(place)) << place;
  }
}

TEST(TrailPlaces, have_days_before_them) {
  EXPECT_EQ(days_before("2026/05/03", 0), "2026/05/03");
  EXPECT_EQ(days_before("2026/05/03", 3), "2026/04/30");
  EXPECT_EQ(days_before("2024/03/01", 1), "2024/02/29");
  EXPECT_EQ(days_before("2026/01/01", 1), "2025/12/31");
  EXPECT_EQ(days_before("2026/13/77", 1), "");
}

TEST(TrailPlaces, beside_the_logs_are_passed_over_whole) {
  EXPECT_EQ(past_siblings("AWSLogs/1/CloudTrail-Digest/eu-west-1/2026/x.json.gz"),
            "AWSLogs/1/CloudTrail-Digest0");
  EXPECT_GT(past_siblings("CloudTrail-Insight/a"), "CloudTrail-Insight/\xff");
  EXPECT_LT(past_siblings("CloudTrail-Digest/a"), "CloudTrail/");
  EXPECT_EQ(past_siblings("a/NoCloudTrail-Digest/x"), "a/NoCloudTrail-Digest/x");
}

}  // namespace

}  // namespace portolan::collect
