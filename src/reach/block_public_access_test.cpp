#include <gtest/gtest.h>

#include "reach/test_support.h"
#include "reach/tracer.h"

namespace portolan::reach {

namespace {

/// One VPC with one subnet, in one account and region.
class BlockPublicAccessTest : public ::testing::Test {
 protected:
  BlockPublicAccessTest() {
    estate_.vpc("vpc-1", {"10.0.0.0/16"}).subnet("subnet-1", "vpc-1", {"10.0.0.0/24"});
    estate_.last<Vpc>().owned = home();
  }

  static Owned home() {
    return {.account = *AccountId::parse("111122223333"), .region = *Region::parse("eu-west-1")};
  }

  void mode(BlockMode mode, Owned owned = home()) {
    estate_.add(BlockPublicAccess{
        .id = {owned.account.text() + "/" + owned.region.text()}, .owned = owned, .mode = mode});
  }

  void exclude(const std::string& resource, bool allows_ingress, bool is_active = true) {
    estate_.add(BlockPublicAccessExclusion{.id = {"vpcbpa-exclude-" + resource},
                                           .owned = home(),
                                           .resource = resource,
                                           .allows_ingress = allows_ingress,
                                           .is_active = is_active});
  }

  [[nodiscard]] bool blocks(bool inbound, PublicGateway gateway) const {
    const Snapshot snapshot = estate_.snapshot();
    const Network network = build(snapshot);
    const auto hop = public_access_block(network, snapshot.all<Vpc>().front(),
                                         &snapshot.all<Subnet>().front(), inbound, gateway);
    EXPECT_TRUE(!hop || (hop->reason == Reason::BlockPublicAccessOn && hop->passage.blocked()));
    return hop.has_value();
  }

  Estate estate_;
};

constexpr auto kIgw = PublicGateway::InternetGateway;
constexpr auto kNat = PublicGateway::NatGateway;
constexpr auto kEigw = PublicGateway::EgressOnly;

TEST_F(BlockPublicAccessTest, NothingIsBlockedWhereTheSettingWasNotCollected) {
  EXPECT_FALSE(blocks(true, kIgw));
  EXPECT_FALSE(blocks(false, kIgw));
}

TEST_F(BlockPublicAccessTest, OffBlocksNothing) {
  mode(BlockMode::Off);
  EXPECT_FALSE(blocks(true, kIgw));
}

TEST_F(BlockPublicAccessTest, BidirectionalBlocksEveryGatewayBothWays) {
  mode(BlockMode::Bidirectional);
  EXPECT_TRUE(blocks(true, kIgw));
  for (const PublicGateway gateway : {kIgw, kNat, kEigw}) {
    EXPECT_TRUE(blocks(false, gateway));
  }
}

TEST_F(BlockPublicAccessTest, IngressLeavesOnlyNatAndEgressOnlyGateways) {
  mode(BlockMode::Ingress);
  EXPECT_TRUE(blocks(true, kIgw));
  EXPECT_TRUE(blocks(false, kIgw));
  EXPECT_FALSE(blocks(false, kNat));
  EXPECT_FALSE(blocks(false, kEigw));
}

TEST_F(BlockPublicAccessTest, AnExclusionOfTheSubnetOrTheVpcLetsAllPass) {
  mode(BlockMode::Bidirectional);
  exclude("subnet-1", true);
  EXPECT_FALSE(blocks(true, kIgw));
}

TEST_F(BlockPublicAccessTest, AnEgressExclusionLetsOutOnly) {
  mode(BlockMode::Bidirectional);
  exclude("vpc-1", false);
  EXPECT_TRUE(blocks(true, kIgw));
  EXPECT_FALSE(blocks(false, kIgw));
}

TEST_F(BlockPublicAccessTest, AnEgressExclusionChangesNothingInIngressMode) {
  mode(BlockMode::Ingress);
  exclude("vpc-1", false);
  EXPECT_TRUE(blocks(false, kIgw));
}

TEST_F(BlockPublicAccessTest, AnExclusionThatIsNotCompleteDoesNotCount) {
  mode(BlockMode::Bidirectional);
  exclude("vpc-1", true, false);
  exclude("subnet-other", true);
  EXPECT_TRUE(blocks(true, kIgw));
}

TEST_F(BlockPublicAccessTest, ASettingOfAnotherRegionOrAccountDoesNotCount) {
  Owned elsewhere = home();
  elsewhere.region = *Region::parse("us-east-1");
  mode(BlockMode::Bidirectional, elsewhere);
  Owned other = home();
  other.account = *AccountId::parse("999999999999");
  mode(BlockMode::Bidirectional, other);
  EXPECT_FALSE(blocks(true, kIgw));
}

}  // namespace

}  // namespace portolan::reach
