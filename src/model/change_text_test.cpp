#include "model/change_text.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "model/test_support.h"

namespace portolan {
namespace {

/// The estate after the change; the test fails if it cannot be read or applied.
Snapshot after(std::string_view text) {
  const Snapshot before = small_estate();
  const auto change = parse_change(before, text);
  EXPECT_TRUE(change.has_value()) << text << ": " << (change ? "" : change.error().message);
  if (!change) {
    return before;
  }
  auto applied = apply_changes(before, std::vector<Change>{*change});
  EXPECT_TRUE(applied.has_value()) << text << ": " << (applied ? "" : applied.error().message);
  return applied ? applied->snapshot : before;
}

std::string error_of(std::string_view text) {
  const auto change = parse_change(small_estate(), text);
  return change ? "none" : change.error().code + ": " + change.error().message;
}

const SecurityGroup& group(const Snapshot& snapshot, const char* id) {
  return *snapshot.find(SecurityGroupId{id});
}

bool has_rule(const SecurityGroup& group, const SecurityGroupRule& wanted) {
  return std::any_of(group.rules.begin(), group.rules.end(), [&](const SecurityGroupRule& each) {
    return permits_same(each, wanted) && each.is_egress == wanted.is_egress;
  });
}

TEST(ChangeText, RulesComeAndGo) {
  const auto open = after("sg:web +ingress tcp/443 0.0.0.0/0");
  EXPECT_TRUE(has_rule(group(open, "sg-1"), rule(false, "tcp/443", cidr("0.0.0.0/0"))));
  const auto one = after("sg-1 +egress udp/53 10.0.0.2");
  EXPECT_TRUE(has_rule(group(one, "sg-1"), rule(true, "udp/53", cidr("10.0.0.2/32"))));
  const auto member = after("sg-2 +ingress tcp/5432 sg:web");
  EXPECT_TRUE(
      has_rule(group(member, "sg-2"), rule(false, "tcp/5432", GroupReference{.group = {"sg-1"}})));
  const auto closed = after("sg-1 -ingress tcp/22 10.0.0.0/8");
  EXPECT_FALSE(has_rule(group(closed, "sg-1"), rule(false, "tcp/22", cidr("10.0.0.0/8"))));
  EXPECT_EQ(group(closed, "sg-1").rules.size(), 1U);
}

TEST(ChangeText, InterfacesChangeGroupsAndAddresses) {
  const NetworkInterfaceId id{"eni-1"};
  EXPECT_EQ(after("eni-1 +group sg:db").find(id)->groups.size(), 3U);
  EXPECT_EQ(after("eni-1 -group sg-3").find(id)->groups, (std::vector<SecurityGroupId>{{"sg-1"}}));
  const Snapshot second = after("eni-1 +public 5.6.7.8 10.0.0.5");
  EXPECT_EQ(second.find(id)->addresses[1].public_ip, address("5.6.7.8"));
  EXPECT_EQ(after("eni-1 -public 1.2.3.4").find(id)->addresses[0].public_ip, std::nullopt);
  EXPECT_EQ(after("eni-1 deleted").find(id), nullptr);
}

TEST(ChangeText, NaclsRoutesAndLists) {
  const Snapshot denied = after("acl-1 +ingress 90 deny tcp/22 0.0.0.0/0");
  const NetworkAcl& acl = *denied.find(NetworkAclId{"acl-1"});
  EXPECT_EQ(acl.entries.front().number, 90);
  EXPECT_FALSE(acl.entries.front().allows);
  EXPECT_EQ(after("acl-1 -egress 100").find(NetworkAclId{"acl-1"})->entries.size(), 2U);
  const RouteTableId table{"rtb-1"};
  EXPECT_EQ(after("rtb-1 +route 10.9.0.0/16 tgw-7").find(table)->routes.size(), 4U);
  EXPECT_EQ(after("rtb-1 -route pl-1").find(table)->routes.size(), 2U);
  const PrefixListId list{"pl-1"};
  EXPECT_EQ(after("pl-1 +cidr 10.2.0.0/16").find(list)->entries->size(), 3U);
  EXPECT_EQ(after("pl-1 -cidr 10.1.0.0/16").find(list)->entries->size(), 1U);
  EXPECT_TRUE(after("pcx-1 active").find(VpcPeeringId{"pcx-1"})->is_active);
}

TEST(ChangeText, TagsMayHaveSpaces) {
  const Snapshot snapshot = after("eni-1 +tag Name=web one");
  EXPECT_EQ(snapshot.find(NetworkInterfaceId{"eni-1"})->owned.name(), "web one");
  EXPECT_EQ(after("eni-1 -tag Name").find(NetworkInterfaceId{"eni-1"})->owned.name(), "");
}

TEST(ChangeText, WhatIsWrongIsNamed) {
  EXPECT_NE(error_of("").find("a resource and what becomes of it"), std::string::npos);
  EXPECT_NE(error_of("sg-1 ingress tcp/22 any").find("+ingress SERVICE PEER"), std::string::npos);
  EXPECT_NE(error_of("sg-1 +ingress tcp/70000 10.0.0.0/8").find("tcp/70000"), std::string::npos);
  EXPECT_NE(error_of("sg-1 +ingress tcp/22 10.0.0.0/99").find("10.0.0.0/99"), std::string::npos);
  EXPECT_EQ(error_of("sg:twin +ingress tcp/22 10.0.0.0/8"),
            "ambiguous_name: `sg:twin` is the name of sg-3, sg-4");
  EXPECT_EQ(error_of("sg:none +ingress tcp/22 10.0.0.0/8"),
            "no_such_resource: no security group is called `none`");
  EXPECT_EQ(error_of("eni-9 deleted"), "no_such_resource: there is no `eni-9`");
  EXPECT_NE(error_of("rtb-1 +route 10.0.0.0/8 nowhere").find("nowhere"), std::string::npos);
  EXPECT_NE(error_of("vpc-1 +ingress tcp/22 10.0.0.0/8").find("can be edited"), std::string::npos);
}

}  // namespace
}  // namespace portolan
