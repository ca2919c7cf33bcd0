#include "core/name.h"

#include <gtest/gtest.h>

namespace portolan {
namespace {

TEST(AccountId, IsTwelveDigits) {
  const auto account = AccountId::parse("012345678901");
  ASSERT_TRUE(account.has_value());
  EXPECT_TRUE(account->known());
  EXPECT_EQ(account->text(), "012345678901");
  for (const char* const text :
       {"", "12345678901", "1234567890123", "12345678901x", "1234-5678-90", " 12345678901"}) {
    const auto bad = AccountId::parse(text);
    ASSERT_FALSE(bad.has_value()) << text;
    EXPECT_EQ(bad.error().code, "bad_account");
  }
}

TEST(AccountId, IsUnknownUntilRead) {
  EXPECT_FALSE(AccountId().known());
  EXPECT_EQ(AccountId().text(), "");
}

TEST(Region, HasTheShapeOfARegion) {
  for (const char* const text : {"eu-west-1", "us-gov-east-1", "us-isob-east-1", "ap-southeast-12",
                                 "cn-north-1", "eu-isoe-west-1", "mx-central-1"}) {
    const auto region = Region::parse(text);
    ASSERT_TRUE(region.has_value()) << text;
    EXPECT_EQ(region->text(), text);
  }
  for (const char* const text : {"", "eu", "eu-west", "eu-1", "eu-west-", "eu-west-1a", "EU-west-1",
                                 "eu--west-1", "-eu-west-1", "a-b-c-d-1", "eu-west-1-", "1-eu-west",
                                 "aws-global", "eu-we5t-1", "eu west 1"}) {
    const auto bad = Region::parse(text);
    ASSERT_FALSE(bad.has_value()) << text;
    EXPECT_EQ(bad.error().code, "bad_region");
  }
}

TEST(Region, IsThatOfItsZones) {
  EXPECT_EQ(region_of_zone("us-east-1a").text(), "us-east-1");
  EXPECT_EQ(region_of_zone("us-gov-west-1b").text(), "us-gov-west-1");
  EXPECT_EQ(region_of_zone("us-west-2-lax-1a").text(), "us-west-2");
  EXPECT_EQ(region_of_zone("us-east-1-wl1-bos-wlz-1").text(), "us-east-1");
}

TEST(Region, IsUnknownForWhatIsNoZone) {
  for (const char* const text : {"", "us-east-1", "us-east-1A", "us-east-1-", "us-east-1ab",
                                 "use1-az1", "us-east-1--a", "us-east-1 a"}) {
    EXPECT_FALSE(region_of_zone(text).known()) << text;
  }
}

TEST(Arn, HasSixParts) {
  const std::string text =
      "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:loadbalancer/app/shop/50dc6c495c0c";
  const auto arn = Arn::parse(text);
  ASSERT_TRUE(arn.has_value());
  EXPECT_EQ(arn->service(), "elasticloadbalancing");
  EXPECT_EQ(arn->region(), "cn-north-1");
  EXPECT_EQ(arn->account(), "123456789012");
  EXPECT_EQ(arn->resource(), "loadbalancer/app/shop/50dc6c495c0c");
  EXPECT_EQ(arn->text(), text);
}

TEST(Arn, KeepsColonsInTheResource) {
  const auto arn = Arn::parse("arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vpc:*");
  ASSERT_TRUE(arn.has_value());
  EXPECT_EQ(arn->resource(), "log-group:/aws/vpc:*");
}

TEST(Arn, MayLackRegionAndAccount) {
  const auto arn = Arn::parse("arn:aws:s3:::bucket/key");
  ASSERT_TRUE(arn.has_value());
  EXPECT_EQ(arn->region(), "");
  EXPECT_EQ(arn->account(), "");
  EXPECT_EQ(arn->resource(), "bucket/key");
}

TEST(Arn, RejectsOtherText) {
  for (const char* const text : {"", "arn", "arn:", "arn:aws:s3::bucket", "urn:a:b:c:d:e",
                                 "arnx:a:b:c:d:e", " arn:a:b:c:d:e"}) {
    const auto bad = Arn::parse(text);
    ASSERT_FALSE(bad.has_value()) << text;
    EXPECT_EQ(bad.error().code, "bad_arn");
  }
}

TEST(Arn, OfNothingHasEmptyParts) {
  EXPECT_TRUE(Arn().empty());
  EXPECT_EQ(Arn().service(), "");
  EXPECT_EQ(Arn().resource(), "");
}

}  // namespace
}  // namespace portolan
