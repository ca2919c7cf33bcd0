#include "model/change_text.h"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/test_support.h"

namespace portolan {
namespace {

/// The change as it was read, as text; or the error's code and message.
std::string read(std::string_view line) {
  const Snapshot snapshot = small_estate();
  const auto change = parse_change(snapshot, line);
  if (!change) {
    return change.error().code + ": " + change.error().message;
  }
  const std::string spelled = text(*change);
  const auto again = parse_change(snapshot, spelled);
  EXPECT_TRUE(again) << spelled << ": " << (again ? "" : again.error().message);
  EXPECT_TRUE(again && *again == *change) << spelled;
  return spelled;
}

template <class Kind>
Kind as(std::string_view line) {
  const auto change = parse_change(small_estate(), line);
  EXPECT_TRUE(change) << line << ": " << (change ? "" : change.error().message);
  const Kind* kind = change ? std::get_if<Kind>(&*change) : nullptr;
  EXPECT_NE(kind, nullptr) << line;
  return kind == nullptr ? Kind{} : *kind;
}

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

const SecurityGroup& group(const Snapshot& snapshot, const char* id) {
  return *snapshot.find(SecurityGroupId{id});
}

bool has_rule(const SecurityGroup& group, const SecurityGroupRule& wanted) {
  return std::any_of(group.rules.begin(), group.rules.end(), [&](const SecurityGroupRule& each) {
    return permits_same(each, wanted) && each.is_egress == wanted.is_egress;
  });
}

TEST(ChangeText, CanonicalLinesReadAsThemselves) {
  for (const std::string_view line : {
           "sg-1 +ingress tcp/22 10.0.0.0/8",
           "sg-1 +ingress tcp/1024-65535 sg-2",
           "sg-1 +ingress any pl-1",
           "sg-1 +ingress icmp/8 2001:db8::/32",
           "sg-1 +ingress proto/50 10.0.0.1/32 \"from the office\"",
           "sg-1 -ingress tcp/22 10.0.0.0/8",
           "sg-1 -ingress sgr-0a",
           "sg-1 +egress udp 0.0.0.0/0",
           "sg-1 -egress any 0.0.0.0/0",
           "sg-1 ~ingress tcp/22 10.0.0.0/8 tcp/22 10.0.0.0/16",
           "sg-1 ~egress any 0.0.0.0/0 tcp/443 0.0.0.0/0",
           "eni-1 +group sg-2",
           "eni-1 -group sg-1",
           "acl-1 +ingress 90 deny tcp/22 0.0.0.0/0",
           "acl-1 +egress 90 allow any ::/0",
           "acl-1 -ingress 100",
           "acl-1 -egress 100",
           "rtb-1 +route 0.0.0.0/0 igw-1",
           "rtb-1 +route ::/0 eigw-1",
           "rtb-1 +route 10.9.0.0/16 local",
           "rtb-1 +route pl-1 vpce-1",
           "rtb-1 +route 10.9.0.0/16 blackhole",
           "rtb-1 -route 0.0.0.0/0",
           "rtb-1 -route pl-1",
           "pl-1 +cidr 10.9.0.0/16",
           "pl-1 +cidr 10.9.0.0/16 \"the ninth\"",
           "pl-1 -cidr 10.1.0.0/16",
           "eni-1 +public 8.8.8.8 10.0.0.5",
           "eni-1 -public 10.0.0.4",
           "pcx-1 active",
           "pcx-1 inactive",
           "public-access 123456789012/eu-west-1 ingress",
           "public-access 123456789012/eu-west-1 off",
           "public-access 123456789012/eu-west-1 bidirectional",
           "eni-1 +tag tier=db",
           "eni-1 +tag Name=\"web 2\"",
           "eni-1 +tag tier=",
           "eni-1 +tag \"a=b\"=c",
           "acl-1 -ingress 32767",
           "sg-1 +ingress tcp/80,443 0.0.0.0/0",
           "sg-1 +ingress \"tcp/80 udp/80\" 0.0.0.0/0",
           "eni-1 -tag Name",
           "sg-2 deleted",
       }) {
    EXPECT_EQ(read(line), line);
  }
}

TEST(ChangeText, ReadsWhatPeopleWrite) {
  EXPECT_EQ(read("  sg:web   +ingress tcp/22\t10.1.2.3 "), "sg-1 +ingress tcp/22 10.1.2.3/32");
  EXPECT_EQ(read("sg:sg-1 +ingress tcp/5432 sg:db"), "sg-1 +ingress tcp/5432 sg-2");
  EXPECT_EQ(read("sg-1 +ingress tcp/22 10.1.2.3/8"), "sg-1 +ingress tcp/22 10.0.0.0/8");
  EXPECT_EQ(read("sg-1 +ingress proto/6 0.0.0.0/0 \"\""), "sg-1 +ingress tcp 0.0.0.0/0");
  EXPECT_EQ(read("eni-1 +group sg:db"), "eni-1 +group sg-2");
  EXPECT_EQ(read("eni-1 +public 8.8.8.8"), "eni-1 +public 8.8.8.8 10.0.0.4");
  EXPECT_EQ(read("eni-1 -public 1.2.3.4"), "eni-1 -public 10.0.0.4");
  EXPECT_EQ(read("eni-1 +tag Name=web  one "), "eni-1 +tag Name=\"web  one\"");
  EXPECT_EQ(read("eni-1 +tag \"Name=web one\""), "eni-1 +tag Name=\"web one\"");
  EXPECT_EQ(as<TagSet>("eni-1 +tag \"a=b\"=c").key, "a=b");
}

TEST(ChangeText, SpellsServicesAsAwsDoes) {
  struct Case {
    std::string_view service;
    std::string_view protocol;
    int from;
    int to;
  };
  for (const Case& each : std::initializer_list<Case>{{"any", "-1", -1, -1},
                                                      {"tcp", "tcp", 0, 65535},
                                                      {"tcp/22", "tcp", 22, 22},
                                                      {"udp/1-9", "udp", 1, 9},
                                                      {"icmp", "icmp", -1, -1},
                                                      {"icmp/8", "icmp", 8, -1},
                                                      {"icmp/3/4", "icmp", 3, 4},
                                                      {"icmpv6/128", "icmpv6", 128, -1},
                                                      {"proto/50", "50", -1, -1},
                                                      {"tcp/80,443", "", -1, -1}}) {
    const auto rule =
        as<RuleAdded>("sg-1 +ingress " + std::string(each.service) + " 0.0.0.0/0").rule;
    EXPECT_EQ(rule.protocol, each.protocol) << each.service;
    EXPECT_EQ(rule.from_port, each.from) << each.service;
    EXPECT_EQ(rule.to_port, each.to) << each.service;
  }
}

TEST(ChangeText, WhatAwsNeedsSeveralRulesForHasNoSpelling) {
  for (const std::string_view service :
       {"tcp/80,443", "icmp/0,8", "icmp/0-8", "proto/50-51", "\"tcp/80 udp/80\"", "\"tcp udp\""}) {
    const auto rule = as<RuleAdded>("sg-1 +ingress " + std::string(service) + " 0.0.0.0/0").rule;
    EXPECT_FALSE(rule.services.empty());
    EXPECT_EQ(rule.protocol, "") << service;
    EXPECT_EQ(rule.from_port, -1) << service;
  }
  EXPECT_THAT(read("sg-1 +ingress none 0.0.0.0/0"), testing::StartsWith("bad_service: "));
}

TEST(ChangeText, ErrorsSayWhatWasExpected) {
  struct Case {
    std::string_view line;
    std::string_view error;
  };
  for (const Case& each : std::initializer_list<Case>{
           {"", "bad_change: `` is no change, write it as `RESOURCE VERB ARGUMENTS`"},
           {"sg-1", "bad_change: `sg-1` is no change, write it as `RESOURCE VERB ARGUMENTS`"},
           {"sg-1 \"", "bad_change: `sg-1 \"` has a quote without an end"},
           {"pcx-11 deleted",
            "no_such_resource: there is no `pcx-11` in the snapshot, did you mean `pcx-1`"},
           {"sg:wep deleted",
            "no_such_group: no security group is called `wep`, did you mean `web`"},
           {"sg:twin deleted",
            "ambiguous_name: `twin` fits `sg-3`, `sg-4`, write the one you mean"},
           {"pcx-1 actve", "bad_change: `actve` is no change of pcx-1, did you mean `active`"},
           {"pcx-1 frobnicate",
            "bad_change: `frobnicate` is no change of pcx-1, write `active`, "
            "`inactive`, `+tag`, `-tag`, `deleted`"},
           {"sg-1 +ingress tcp/22",
            "bad_change: `+ingress` has too few words after it, write "
            "`sg-1 +ingress SERVICE PEER [TEXT]`"},
           {"pcx-1 active now",
            "bad_change: `active` has too many words after it, write `pcx-1 active`"},
           {"sg-1 +ingress tcp/22 office",
            "bad_change: `office` is no peer, write a CIDR, an "
            "address, `sg-…`, `sg:NAME` or `pl-…`"},
           {"sg-1 -ingress tcp/22",
            "bad_change: `tcp/22` is no rule, write `sgr-…`, or its service and its peer"},
           {"eni-1 +group web",
            "bad_change: `web` is no security group, write `sg-…` or `sg:NAME`"},
           {"acl-1 +ingress 0 deny any 0.0.0.0/0",
            "bad_change: `0` is no rule number, write one from 1 to 32766"},
           {"acl-1 +ingress 32767 deny any 0.0.0.0/0",
            "bad_change: `32767` is no rule number, write one from 1 to 32766"},
           {"acl-1 +ingress 1 drop any 0.0.0.0/0",
            "bad_change: `drop` is no action, write `allow` or `deny`"},
           {"rtb-1 +route 0.0.0.0/0 moon",
            "bad_change: `moon` is no target of a route, write the id of a gateway, interface, "
            "peering or endpoint, `local` or `blackhole`"},
           {"eni-1 -public 9.9.9.9", "no_such_address: eni-1 does not have the address `9.9.9.9`"},
           {"eni-1 +tag tier", "bad_change: `tier` is no tag, write it as `KEY=VALUE`"},
           {"eni-1 +tag =db", "bad_change: `=db` is no tag, write it as `KEY=VALUE`"},
           {"public-access here off",
            "bad_change: write `public-access ACCOUNT/REGION off|ingress|bidirectional`"},
           {"public-access 123456789012/eu-west-1 on",
            "bad_change: `on` is no mode of blocking public access, write `off`, `ingress` or "
            "`bidirectional`"},
       }) {
    EXPECT_EQ(read(each.line), each.error) << each.line;
  }
  EXPECT_THAT(read("sg-1 +ingress tcp/99999 0.0.0.0/0"), testing::StartsWith("bad_service: "));
  EXPECT_THAT(read("sg-1 +ingress tcp/1 10.0.0.300"), testing::StartsWith("bad_address: "));
  EXPECT_THAT(read("sg-1 +ingress tcp/1 10.0.0.0/99"), testing::StartsWith("bad_prefix: "));
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

TEST(ChangeText, AWholeResourceIsToldToPeople) {
  EXPECT_EQ(text(ResourceSet{small_estate().shared(SecurityGroupId{"sg-1"})}), "sg-1 replaced");
}

}  // namespace
}  // namespace portolan
