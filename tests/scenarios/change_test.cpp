#include "model/change.h"

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "collect/collect.h"
#include "model/change_text.h"
#include "tests/support/random_changes.h"
#include "tests/support/random_network.h"
#include "tools/scenario/scenario.h"

/// Changes of estates that were decoded: what is compared can be applied, and the other way round.
namespace portolan {
namespace {

Snapshot harbor() {
  const auto folder = std::filesystem::path(PORTOLAN_SOURCE_DIR) / "examples/harbor";
  auto decoded = collect::load(folder.string());
  EXPECT_TRUE(decoded.has_value());
  return decoded ? std::move(decoded->snapshot) : Snapshot{};
}

Snapshot random_estate(std::uint64_t seed) {
  auto scenario = scenario::read_scenario(tests::random_network(seed, {}));
  return collect::decode(std::move(scenario.documents), {}).snapshot;
}

void expect_round_trip(const Snapshot& before, const Snapshot& after) {
  const RowChanges changes = compare(before, after);
  const auto applied = apply_changes(before, as_changes(changes));
  ASSERT_TRUE(applied) << applied.error().message;
  EXPECT_EQ(as_changes(compare(applied->snapshot, after)), std::vector<Change>{});
  EXPECT_EQ(as_changes(applied->rows), as_changes(changes));
}

/// One edit of each resource that has something to edit.
std::vector<Change> edits_of(const Snapshot& snapshot) {
  std::vector<Change> changes;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    if (!group.rules.empty()) {
      changes.emplace_back(RuleRemoved{.group = group.id, .rule = group.rules.front()});
      SecurityGroupRule closed = group.rules.back();
      closed.services = ServiceSet::tcp(7);
      changes.emplace_back(RuleAdded{.group = group.id, .rule = closed});
    }
  }
  for (const NetworkAcl& acl : snapshot.all<NetworkAcl>()) {
    NetworkAclEntry entry = acl.entries.empty() ? NetworkAclEntry{} : acl.entries.front();
    entry.number = 77;
    changes.emplace_back(AclEntrySet{.acl = acl.id, .entry = entry});
  }
  for (const RouteTable& table : snapshot.all<RouteTable>()) {
    if (!table.routes.empty()) {
      changes.emplace_back(
          RouteRemoved{.table = table.id, .destination = destination_of(table.routes.back())});
    }
  }
  for (const NetworkInterface& interface : snapshot.all<NetworkInterface>()) {
    changes.emplace_back(TagSet{.resource = interface.id.value, .key = "Seen", .value = "yes"});
    if (!interface.addresses.empty()) {
      changes.emplace_back(PublicAddressSet{.interface = interface.id,
                                            .private_ip = interface.addresses.back().private_ip,
                                            .public_ip = IpAddress::v4(0x08080808)});
    }
  }
  for (const Instance& instance : snapshot.all<Instance>()) {
    changes.emplace_back(ResourceRemoved{.id = instance.id});
  }
  return changes;
}

void expect_edits_hold(const Snapshot& before) {
  const auto edited = apply_changes(before, edits_of(before));
  ASSERT_TRUE(edited) << edited.error().message;
  EXPECT_FALSE(edited->rows.empty());
  EXPECT_EQ(as_changes(edited->rows), as_changes(compare(before, edited->snapshot)));
  expect_round_trip(before, edited->snapshot);
  expect_round_trip(edited->snapshot, before);
  for (const SecurityGroup& group : edited->snapshot.all<SecurityGroup>()) {
    EXPECT_TRUE(std::is_sorted(group.rules.begin(), group.rules.end()));
  }
  for (const RouteTable& table : edited->snapshot.all<RouteTable>()) {
    EXPECT_TRUE(std::is_sorted(table.routes.begin(), table.routes.end()));
  }
}

TEST(Changes, of_the_example_estate_apply_and_compare) { expect_edits_hold(harbor()); }

TEST(Changes, of_one_estate_loaded_twice_are_none) {
  EXPECT_TRUE(compare(harbor(), harbor()).empty());
}

TEST(Changes, of_random_estates_apply_and_compare) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    expect_edits_hold(random_estate(seed));
  }
}

TEST(Changes, of_random_estates_are_told_in_lines_that_read_back) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Snapshot snapshot = random_estate(seed);
    tests::Random random(seed);
    for (int round = 0; round < 20; ++round) {
      for (const Change& change : tests::random_changes(snapshot, random)) {
        if (std::holds_alternative<ResourceSet>(change)) {
          continue;  // has no line
        }
        const auto again = parse_change(snapshot, text(change));
        ASSERT_TRUE(again) << text(change) << ": " << again.error().message;
        EXPECT_EQ(text(*again), text(change));
      }
    }
  }
}

TEST(Changes, lead_from_any_estate_to_any_other) {
  const Snapshot first = random_estate(1);
  const Snapshot second = random_estate(2);
  expect_round_trip(first, second);
  expect_round_trip(second, harbor());
}

}  // namespace
}  // namespace portolan
