#include "model/snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace portolan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Subnet subnet(const std::string& id, const std::string& zone = {}) {
  Subnet row;
  row.id = {id};
  row.zone = zone;
  return row;
}

Snapshot two_subnets() {
  Inventory inventory;
  inventory.of<Subnet>() = {subnet("subnet-b"), subnet("subnet-a")};
  inventory.of<Vpc>().emplace_back().id = {"vpc-1"};
  inventory.coverage.add(Noun::Vpcs, {}, {});
  inventory.gaps = {{.code = "b"}, {.code = "a"}, {.code = "b"}};
  inventory.mentions = {{.group = {"sg-2"}}, {.group = {"sg-1"}}};
  return Snapshot(std::move(inventory));
}

TEST(Snapshot, WithoutAnInventoryKnowsNothing) {
  const Snapshot snapshot;
  EXPECT_THAT(snapshot.all<Vpc>(), IsEmpty());
  EXPECT_EQ(snapshot.find(VpcId{"vpc-1"}), nullptr);
  EXPECT_EQ(snapshot.shared(VpcId{"vpc-1"}), nullptr);
  EXPECT_THAT(snapshot.gaps(), IsEmpty());
  EXPECT_THAT(snapshot.mentions(), IsEmpty());
  EXPECT_FALSE(snapshot.coverage().has_any(Noun::Vpcs));
}

TEST(Snapshot, SortsWhatItIsGiven) {
  const Snapshot snapshot = two_subnets();
  EXPECT_THAT(snapshot.all<Subnet>(), ElementsAre(subnet("subnet-a"), subnet("subnet-b")));
  EXPECT_THAT(snapshot.gaps(), ElementsAre(Gap{.code = "a"}, Gap{.code = "b"}));
  EXPECT_EQ(snapshot.mentions().front().group.value, "sg-1");
}

TEST(Snapshot, ACopySharesAllRows) {
  const Snapshot before = two_subnets();
  const Snapshot after = before;
  EXPECT_EQ(&before.all<Subnet>().front(), &after.all<Subnet>().front());
  EXPECT_EQ(before.gaps().data(), after.gaps().data());
}

TEST(Snapshot, AnEditedOneLeavesTheOtherAsItIs) {
  const Snapshot before = two_subnets();
  const auto row = std::make_shared<const Subnet>(subnet("subnet-a", "eu-west-1a"));
  const Snapshot after = before.with(row).without(VpcId{"vpc-1"}).without(VpcId{"vpc-2"});
  EXPECT_EQ(after.shared(row->id), row);
  EXPECT_EQ(after.find(SubnetId{"subnet-b"}), before.find(SubnetId{"subnet-b"}));
  EXPECT_THAT(after.all<Vpc>(), IsEmpty());
  EXPECT_THAT(before.all<Vpc>(), SizeIs(1));
  EXPECT_EQ(before.find(row->id)->zone, "");
  EXPECT_EQ(before.gaps().data(), after.gaps().data());
}

TEST(Snapshot, ManyEditsInPlace) {
  Snapshot snapshot = two_subnets();
  for (int i = 0; i < 1000; ++i) {
    snapshot = std::move(snapshot).with(
        std::make_shared<const Subnet>(subnet("subnet-" + std::to_string(i))));
  }
  EXPECT_THAT(snapshot.all<Subnet>(), SizeIs(1002));
}

TEST(Snapshot, ARowOutlivesIt) {
  std::shared_ptr<const Subnet> kept;
  {
    const Snapshot snapshot = two_subnets();
    kept = snapshot.shared(SubnetId{"subnet-a"});
  }
  EXPECT_EQ(kept->id.value, "subnet-a");
}

}  // namespace
}  // namespace portolan
