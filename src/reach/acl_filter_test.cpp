#include "reach/acl_filter.h"

#include <gtest/gtest.h>

#include "reach/reach.h"

namespace portolan::reach {
namespace {

IpPrefix cidr(std::string_view text) { return *IpPrefix::parse(text); }
IpAddress address(std::string_view text) { return *IpAddress::parse(text); }

NetworkAclEntry entry(int number, bool is_egress, bool allows, std::string_view block,
                      ServiceSet services) {
  return {.number = number,
          .is_egress = is_egress,
          .allows = allows,
          .cidr = cidr(block),
          .services = std::move(services)};
}

/// A subnet with one NACL of these entries.
Snapshot subnet_with(std::vector<NetworkAclEntry> entries) {
  Inventory inventory;
  Subnet subnet;
  subnet.id = {"subnet-1"};
  subnet.vpc = {"vpc-1"};
  inventory.of<Subnet>().push_back(subnet);
  NetworkAcl acl;
  acl.id = {"acl-1"};
  acl.vpc = {"vpc-1"};
  acl.subnets = {{"subnet-1"}};
  acl.entries = std::move(entries);
  inventory.of<NetworkAcl>().push_back(acl);
  return Snapshot(std::move(inventory));
}

Passage filter(const Snapshot& snapshot, Direction direction, bool is_egress, ClientPorts ports,
               const ServiceSet& services) {
  const Network network(snapshot);
  return acl_filter(network,
                    {.subnet = &snapshot.all<Subnet>().front(),
                     .is_egress = is_egress,
                     .peer = address("198.51.100.7"),
                     .direction = direction,
                     .ports = ports},
                    services)
      .passage;
}

TEST(AclFilter, LowestRuleNumberDecidesWhateverTheOrderOfTheWider) {
  const Snapshot snapshot = subnet_with({entry(90, false, false, "0.0.0.0/0", ServiceSet::tcp(22)),
                                         entry(100, false, true, "0.0.0.0/0", ServiceSet::all())});
  const Passage passage = filter(snapshot, Direction::Forward, false, {}, ServiceSet::tcp(22, 23));
  EXPECT_EQ(passage.yes, ServiceSet::tcp(23));
}

TEST(AclFilter, EntriesOfTheOtherFamilyDoNotCount) {
  const Snapshot snapshot = subnet_with({entry(100, false, true, "::/0", ServiceSet::all())});
  EXPECT_TRUE(filter(snapshot, Direction::Forward, false, {}, ServiceSet::tcp(22)).blocked());
}

TEST(AclFilter, RepliesNeedTheWholeEphemeralRangeForASureYes) {
  const Snapshot snapshot =
      subnet_with({entry(100, true, true, "0.0.0.0/0", ServiceSet::tcp(32768, 65535))});
  const ServiceSet ssh = ServiceSet::tcp(22);
  EXPECT_EQ(filter(snapshot, Direction::Return, true, {}, ssh).verdict(), Verdict::Depends);
  EXPECT_EQ(filter(snapshot, Direction::Return, true, {.first = 32768, .last = 61000}, ssh).yes,
            ssh);
}

TEST(AclFilter, NoEphemeralPortBackMeansNo) {
  const Snapshot snapshot =
      subnet_with({entry(100, true, true, "0.0.0.0/0", ServiceSet::tcp(443))});
  EXPECT_TRUE(filter(snapshot, Direction::Return, true, {}, ServiceSet::tcp(443)).blocked());
}

TEST(AclFilter, EchoNeedsTheEchoReply) {
  const Snapshot snapshot = subnet_with({entry(100, true, true, "0.0.0.0/0", ServiceSet::icmp(0))});
  const ServiceSet echo = ServiceSet::icmp(8);
  EXPECT_EQ(filter(snapshot, Direction::Return, true, {}, echo).yes, echo);
  const Snapshot closed = subnet_with({entry(100, true, true, "0.0.0.0/0", ServiceSet::icmp(8))});
  EXPECT_TRUE(filter(closed, Direction::Return, true, {}, echo).blocked());
}

TEST(AclFilter, MissingAclIsUnknownAndSaysWhatToCollect) {
  Inventory inventory;
  Subnet subnet;
  subnet.id = {"subnet-1"};
  inventory.of<Subnet>().push_back(subnet);
  const Snapshot snapshot(std::move(inventory));
  const Network network(snapshot);
  const Outcome outcome = acl_filter(network,
                                     {.subnet = &snapshot.all<Subnet>().front(),
                                      .is_egress = false,
                                      .peer = address("198.51.100.7"),
                                      .direction = Direction::Forward,
                                      .ports = {}},
                                     ServiceSet::tcp(22));
  EXPECT_EQ(outcome.passage.unknown, ServiceSet::tcp(22));
  ASSERT_EQ(outcome.hops.size(), 1U);
  EXPECT_EQ(outcome.hops[0].reason, Reason::NotCollected);
  EXPECT_NE(outcome.hops[0].detail.find("describe-network-acls"), std::string::npos);
}

TEST(AclFilter, ClientPortsFollowThePlatform) {
  Inventory inventory;
  Instance windows;
  windows.id = {"i-1"};
  windows.platform = "Windows";
  Instance linux_host;
  linux_host.id = {"i-2"};
  inventory.of<Instance>() = {windows, linux_host};
  const Snapshot snapshot(std::move(inventory));
  NetworkInterface interface;
  interface.instance = {"i-1"};
  EXPECT_EQ(ClientPorts::of(snapshot, &interface).first, 49152);
  interface.instance = {"i-2"};
  EXPECT_EQ(ClientPorts::of(snapshot, &interface).last, 61000);
  EXPECT_EQ(ClientPorts::of(snapshot, nullptr).first, 1024);
}

}  // namespace
}  // namespace portolan::reach
