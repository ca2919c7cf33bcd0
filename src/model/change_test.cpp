#include "model/change.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/test_support.h"

namespace portolan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const RulePeer kOffice = cidr("10.0.0.0/8");

/// The one row that the changes lead to.
template <class Resource>
Resource after(std::vector<Change> changes) {
  const auto applied = apply_changes(small_estate(), changes);
  EXPECT_TRUE(applied) << (applied ? "" : applied.error().message);
  if (!applied) {
    return {};
  }
  EXPECT_THAT(applied->rows.of<Resource>(), SizeIs(1));
  return applied->rows.of<Resource>().empty() ? Resource{}
                                              : *applied->rows.of<Resource>().front().after;
}

void expect_nothing(std::vector<Change> changes) {
  const Snapshot before = small_estate();
  const auto applied = apply_changes(before, changes);
  ASSERT_TRUE(applied) << applied.error().message;
  EXPECT_TRUE(applied->rows.empty());
  EXPECT_EQ(&applied->snapshot.all<SecurityGroup>().front(), &before.all<SecurityGroup>().front());
  EXPECT_EQ(&applied->snapshot.all<NetworkInterface>().front(),
            &before.all<NetworkInterface>().front());
}

std::string error_of(const Change& change) {
  const auto applied = apply_changes(small_estate(), std::vector{change});
  return applied ? "" : applied.error().code + ": " + applied.error().message;
}

TEST(Apply, NoChangesLeaveTheSnapshot) { expect_nothing({}); }

TEST(Apply, SharesWhatIsNotEdited) {
  const Snapshot before = small_estate();
  const auto applied = apply_changes(
      before, std::vector<Change>{RuleAdded{{"sg-1"}, rule(false, "tcp/80", cidr("0.0.0.0/0"))}});
  ASSERT_TRUE(applied);
  const auto& changes = applied->rows.of<SecurityGroup>();
  ASSERT_THAT(changes, SizeIs(1));
  EXPECT_EQ(changes.front().before.get(), before.find(SecurityGroupId{"sg-1"}));
  EXPECT_EQ(changes.front().after.get(), applied->snapshot.find(SecurityGroupId{"sg-1"}));
  EXPECT_EQ(applied->snapshot.find(SecurityGroupId{"sg-2"}), before.find(SecurityGroupId{"sg-2"}));
  EXPECT_THAT(before.find(SecurityGroupId{"sg-1"})->rules, SizeIs(2));
}

TEST(Apply, AddsRulesInOrder) {
  const auto group =
      after<SecurityGroup>({RuleAdded{{"sg-1"}, rule(true, "tcp/5432", cidr("10.0.0.0/8"))},
                            RuleAdded{{"sg-1"}, rule(false, "udp/53", cidr("0.0.0.0/0"))},
                            RuleAdded{{"sg-1"}, rule(false, "tcp/1", PrefixListId{"pl-1"})}});
  EXPECT_THAT(group.rules, SizeIs(5));
  EXPECT_TRUE(std::is_sorted(group.rules.begin(), group.rules.end()));
}

TEST(Apply, ARuleThatPermitsTheSameIsNotAdded) {
  SecurityGroupRule again = rule(false, "tcp/22", kOffice);
  again.description = "again";
  expect_nothing({RuleAdded{{"sg-1"}, again}});
}

TEST(Apply, RemovesTheRuleThatPermitsTheSame) {
  SecurityGroupRule same = rule(false, "tcp/22", kOffice);
  same.id = {"sgr-unknown"};
  same.description = "of another document";
  EXPECT_THAT(after<SecurityGroup>({RuleRemoved{{"sg-1"}, same}}).rules, SizeIs(1));
  EXPECT_EQ(error_of(RuleRemoved{{"sg-1"}, rule(true, "tcp/22", kOffice)}),
            "no_such_rule: sg-1 has no egress rule `tcp/22 10.0.0.0/8`");
}

TEST(Apply, RemovesARuleByItsIdAlone) {
  SecurityGroupRule added = rule(false, "tcp/80", cidr("0.0.0.0/0"));
  added.id = {"sgr-1"};
  SecurityGroupRule named;
  named.id = {"sgr-1"};
  expect_nothing({RuleAdded{{"sg-1"}, added}, RuleRemoved{{"sg-1"}, named}});
  EXPECT_EQ(error_of(RuleRemoved{{"sg-1"}, named}),
            "no_such_rule: sg-1 has no `sgr-1`, or ingress rule `none 0.0.0.0/0`");
}

TEST(Apply, AGroupIsOnePeerWhateverElseIsToldOfIt) {
  const RulePeer bare = GroupReference{.group = {"sg-2"}};
  const RulePeer told = GroupReference{.group = {"sg-2"}, .vpc = {"vpc-1"}};
  EXPECT_TRUE(permits_same(rule(false, "any", bare), rule(false, "any", told)));
  EXPECT_FALSE(permits_same(rule(false, "any", bare), rule(true, "any", told)));
  EXPECT_FALSE(permits_same(rule(false, "any", bare),
                            rule(false, "any", GroupReference{.group = {"sg-3"}})));
  EXPECT_FALSE(permits_same(rule(false, "any", bare), rule(false, "any", PrefixListId{"sg-2"})));
}

TEST(Apply, ModifiesARuleInItsPlace) {
  SecurityGroupRule known = rule(false, "tcp/80", cidr("0.0.0.0/0"));
  known.id = {"sgr-1"};
  const auto wanted = rule(false, "tcp/443", cidr("0.0.0.0/0"));
  const auto group = after<SecurityGroup>(
      {RuleAdded{{"sg-1"}, known},
       RuleModified{{"sg-1"}, rule(false, "tcp/80", cidr("0.0.0.0/0")), wanted}});
  EXPECT_TRUE(std::is_sorted(group.rules.begin(), group.rules.end()));
  const auto found = std::find_if(group.rules.begin(), group.rules.end(),
                                  [&](const auto& each) { return permits_same(each, wanted); });
  ASSERT_NE(found, group.rules.end());
  EXPECT_EQ(found->id.value, "sgr-1");
  EXPECT_THAT(group.rules, SizeIs(3));
  EXPECT_THAT(error_of(RuleModified{{"sg-1"}, wanted, wanted}),
              testing::StartsWith("no_such_rule: "));
}

TEST(Apply, AttachesAndDetachesGroups) {
  EXPECT_THAT(
      after<NetworkInterface>({GroupAttached{{"eni-1"}, {"sg-2"}}}).groups,
      ElementsAre(SecurityGroupId{"sg-1"}, SecurityGroupId{"sg-2"}, SecurityGroupId{"sg-3"}));
  EXPECT_THAT(after<NetworkInterface>({GroupDetached{{"eni-1"}, {"sg-1"}}}).groups,
              ElementsAre(SecurityGroupId{"sg-3"}));
  expect_nothing({GroupAttached{{"eni-1"}, {"sg-3"}}});
  expect_nothing({GroupAttached{{"eni-1"}, {"sg-2"}}, GroupDetached{{"eni-1"}, {"sg-2"}}});
  EXPECT_EQ(error_of(GroupDetached{{"eni-1"}, {"sg-2"}}),
            "no_such_group: eni-1 does not have the group `sg-2`");
}

TEST(Apply, SetsAclEntriesByDirectionAndNumber) {
  EXPECT_THAT(after<NetworkAcl>({AclEntrySet{{"acl-1"}, entry(false, 150, false)}}).entries,
              ElementsAre(entry(false, 100, true), entry(false, 150, false),
                          entry(false, 200, false), entry(true, 100, true)));
  EXPECT_THAT(
      after<NetworkAcl>({AclEntrySet{{"acl-1"}, entry(true, 100, false)}}).entries,
      ElementsAre(entry(false, 100, true), entry(false, 200, false), entry(true, 100, false)));
  expect_nothing({AclEntrySet{{"acl-1"}, entry(true, 100, true)}});
}

TEST(Apply, RemovesAclEntries) {
  EXPECT_THAT(after<NetworkAcl>({AclEntryRemoved{{"acl-1"}, false, 200}}).entries,
              ElementsAre(entry(false, 100, true), entry(true, 100, true)));
  EXPECT_EQ(error_of(AclEntryRemoved{{"acl-1"}, true, 200}),
            "no_such_entry: acl-1 has no egress entry `200`");
}

TEST(Apply, SetsRoutesByDestination) {
  const Route nat = route("0.0.0.0/0", RouteTargetKind::NatGateway, "nat-1");
  const auto replaced = after<RouteTable>({RouteSet{{"rtb-1"}, nat}});
  EXPECT_THAT(replaced.routes, SizeIs(3));
  EXPECT_EQ(std::count(replaced.routes.begin(), replaced.routes.end(), nat), 1);
  const auto added = after<RouteTable>(
      {RouteSet{{"rtb-1"}, route("10.9.0.0/16", RouteTargetKind::VpcPeering, "pcx-1")}});
  EXPECT_THAT(added.routes, SizeIs(4));
  EXPECT_TRUE(std::is_sorted(added.routes.begin(), added.routes.end()));
}

TEST(Apply, RemovesRoutes) {
  EXPECT_THAT(after<RouteTable>({RouteRemoved{{"rtb-1"}, PrefixListId{"pl-1"}}}).routes, SizeIs(2));
  EXPECT_EQ(error_of(RouteRemoved{{"rtb-1"}, PrefixListId{"pl-2"}}),
            "no_such_route: rtb-1 has no route to `pl-2`");
  EXPECT_EQ(error_of(RouteRemoved{{"rtb-1"}, cidr("10.9.0.0/16")}),
            "no_such_route: rtb-1 has no route to `10.9.0.0/16`");
}

TEST(Apply, EditsPrefixLists) {
  const PrefixListEntry two{.cidr = cidr("10.2.0.0/16"), .description = "two"};
  const PrefixListEntry one{.cidr = cidr("10.1.0.0/16"), .description = "first"};
  EXPECT_THAT(
      *after<PrefixList>({PrefixListEntrySet{{"pl-1"}, two}, PrefixListEntrySet{{"pl-1"}, one},
                          PrefixListEntryRemoved{{"pl-1"}, cidr("10.3.0.0/16")}})
           .entries,
      ElementsAre(one, two));
  EXPECT_EQ(error_of(PrefixListEntryRemoved{{"pl-1"}, two.cidr}),
            "no_such_entry: pl-1 has no entry `10.2.0.0/16`");
  EXPECT_EQ(error_of(PrefixListEntrySet{{"pl-2"}, two}),
            "entries_not_collected: the entries of pl-2 were not collected: " +
                std::string(call_of(Noun::PrefixLists)));
}

TEST(Apply, MapsPublicAddresses) {
  const auto interface = after<NetworkInterface>(
      {PublicAddressSet{{"eni-1"}, address("10.0.0.4"), std::nullopt},
       PublicAddressSet{{"eni-1"}, address("10.0.0.5"), address("1.2.3.4")}});
  EXPECT_EQ(interface.addresses[0].public_ip, std::nullopt);
  EXPECT_EQ(interface.addresses[1].public_ip, address("1.2.3.4"));
  EXPECT_EQ(error_of(PublicAddressSet{{"eni-1"}, address("10.0.0.6"), std::nullopt}),
            "no_such_address: eni-1 has no private address `10.0.0.6`");
}

TEST(Apply, BlocksPublicAccessAlsoWhereNoSettingWasCollected) {
  const auto row = after<BlockPublicAccess>(
      {PublicAccessBlockSet{*AccountId::parse("123456789012"), *Region::parse("eu-west-1"),
                            BlockMode::Ingress},
       PublicAccessBlockSet{*AccountId::parse("123456789012"), *Region::parse("eu-west-1"),
                            BlockMode::Bidirectional}});
  EXPECT_EQ(row.id.value, "123456789012/eu-west-1");
  EXPECT_EQ(row.mode, BlockMode::Bidirectional);
  EXPECT_EQ(row.owned.region.text(), "eu-west-1");
}

TEST(Apply, EditsPeeringsAndTags) {
  EXPECT_TRUE(after<VpcPeering>({PeeringSet{{"pcx-1"}, true}}).is_active);
  EXPECT_THAT(
      after<NetworkInterface>({TagSet{"eni-1", "App", "shop"}, TagSet{"eni-1", "Name", "web 2"}})
          .owned.tags,
      ElementsAre(Tag{.key = "App", .value = "shop"}, Tag{.key = "Name", .value = "web 2"}));
  EXPECT_THAT(after<NetworkInterface>({TagSet{"eni-1", "Name", std::nullopt}}).owned.tags,
              IsEmpty());
  expect_nothing({TagSet{"eni-1", "App", std::nullopt}});
}

TEST(Apply, SetsAndRemovesResources) {
  SecurityGroup group;
  group.id = {"sg-9"};
  const auto row = std::make_shared<const SecurityGroup>(group);
  const auto applied =
      apply_changes(small_estate(),
                    std::vector<Change>{ResourceSet{row}, ResourceRemoved{SecurityGroupId{"sg-1"}},
                                        ResourceRemoved{VpcPeeringId{"pcx-1"}}});
  ASSERT_TRUE(applied);
  EXPECT_EQ(applied->snapshot.shared(row->id), row);
  EXPECT_EQ(applied->snapshot.find(SecurityGroupId{"sg-1"}), nullptr);
  ASSERT_THAT(applied->rows.of<SecurityGroup>(), SizeIs(2));
  EXPECT_EQ(applied->rows.of<SecurityGroup>()[0].after, nullptr);
  EXPECT_EQ(applied->rows.of<SecurityGroup>()[1].before, nullptr);
  EXPECT_THAT(applied->rows.of<VpcPeering>(), SizeIs(1));
  expect_nothing({ResourceSet{row}, ResourceRemoved{row->id}});
}

TEST(Apply, AnEqualRowKeepsItsAddress) {
  expect_nothing({ResourceSet{
      std::make_shared<const SecurityGroup>(*small_estate().find(SecurityGroupId{"sg-1"}))}});
}

TEST(Apply, NamesTheResourceThatIsMissing) {
  const std::string missing = "no_such_resource: there is no `x-1` in the snapshot";
  EXPECT_EQ(error_of(RuleAdded{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(RuleRemoved{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(RuleModified{{"x-1"}, {}, {}}), missing);
  EXPECT_EQ(error_of(GroupAttached{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(GroupDetached{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(AclEntrySet{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(AclEntryRemoved{{"x-1"}, false, 1}), missing);
  EXPECT_EQ(error_of(RouteSet{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(RouteRemoved{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(PrefixListEntrySet{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(PrefixListEntryRemoved{{"x-1"}, {}}), missing);
  EXPECT_EQ(error_of(PublicAddressSet{{"x-1"}, {}, {}}), missing);
  EXPECT_EQ(error_of(PeeringSet{{"x-1"}, true}), missing);
  EXPECT_EQ(error_of(TagSet{"x-1", "k", "v"}), missing);
  EXPECT_EQ(error_of(ResourceRemoved{SecurityGroupId{"x-1"}}), missing);
}

TEST(Compare, ComparesByValueAndSkipsWhatIsShared) {
  const Snapshot before = small_estate();
  EXPECT_TRUE(compare(before, before).empty());
  EXPECT_TRUE(compare(before, small_estate()).empty());
  const auto applied = apply_changes(before, std::vector<Change>{PeeringSet{{"pcx-1"}, true}});
  ASSERT_TRUE(applied);
  const RowChanges changes = compare(before, applied->snapshot);
  EXPECT_FALSE(changes.empty());
  EXPECT_FALSE(changes.is_known_differently);
  ASSERT_THAT(changes.of<VpcPeering>(), SizeIs(1));
  EXPECT_EQ(changes.of<VpcPeering>().front().after.get(),
            applied->snapshot.find(VpcPeeringId{"pcx-1"}));
}

TEST(Compare, TellsWhenKnowledgeDiffers) {
  Inventory inventory;
  inventory.coverage.add(Noun::Vpcs, {}, {});
  const RowChanges changes = compare(Snapshot(), Snapshot(std::move(inventory)));
  EXPECT_TRUE(changes.is_known_differently);
  EXPECT_FALSE(changes.empty());
}

TEST(Compare, ItsChangesLeadFromTheOneToTheOther) {
  const Snapshot before = small_estate();
  const Snapshot nothing;
  for (const auto& [from, to] : {std::pair(before, nothing), std::pair(nothing, before)}) {
    const auto applied = apply_changes(from, as_changes(compare(from, to)));
    ASSERT_TRUE(applied);
    EXPECT_TRUE(compare(applied->snapshot, to).empty());
  }
}

TEST(FindAny, FindsResourcesOfEachKindByText) {
  const Snapshot snapshot = small_estate();
  EXPECT_EQ(find_any(snapshot, "sg-1"), AnyId(SecurityGroupId{"sg-1"}));
  EXPECT_EQ(find_any(snapshot, "pl-2"), AnyId(PrefixListId{"pl-2"}));
  EXPECT_EQ(find_any(snapshot, "sg-"), std::nullopt);
}

}  // namespace
}  // namespace portolan
