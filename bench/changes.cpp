#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bench/support/estate.h"
#include "bench/support/row.h"
#include "model/change.h"
#include "reach/difference.h"
#include "tests/support/random.h"

/// One change after the other on an estate whose VPCs are all joined: how long until every answer
/// is right again, and how long the exact list of what opened and closed takes.
namespace portolan::bench {
namespace {

constexpr int kThreads = 2;
constexpr double kMicro = 1e-6;

using tests::Random;
using MomentPtr = std::shared_ptr<const reach::Moment>;

template <class Resource>
const Resource& any(const Snapshot& snapshot, Random& random) {
  const auto rows = snapshot.all<Resource>();
  return *std::next(rows.begin(), static_cast<std::ptrdiff_t>(random.below(rows.size())));
}

const NetworkInterface& any_host(const Snapshot& snapshot, Random& random) {
  for (;;) {
    const auto& interface = any<NetworkInterface>(snapshot, random);
    if (!interface.groups.empty() && !interface.instance.empty() && !interface.addresses.empty()) {
      return interface;
    }
  }
}

Change rule_of_known_block(const Snapshot& snapshot, Random& random) {
  const auto& group = any<SecurityGroup>(snapshot, random);
  if (!group.rules.empty() && random.chance(50)) {
    return RuleRemoved{group.id, random.pick(group.rules)};
  }
  const auto& other = any<SecurityGroup>(snapshot, random);
  SecurityGroupRule rule = other.rules.empty() ? SecurityGroupRule{} : random.pick(other.rules);
  rule.id = {};
  return RuleAdded{group.id, std::move(rule)};
}

Change rule_of_new_block(const Snapshot& snapshot, Random& random) {
  SecurityGroupRule rule;
  rule.services = ServiceSet::tcp(random.between(1, 65535));
  rule.protocol = "tcp";
  rule.peer = IpPrefix(any_host(snapshot, random).addresses.front().private_ip, 31);
  return RuleAdded{any<SecurityGroup>(snapshot, random).id, std::move(rule)};
}

Change acl_entry(const Snapshot& snapshot, Random& random) {
  const auto& acl = any<NetworkAcl>(snapshot, random);
  NetworkAclEntry entry;
  entry.number = random.between(1, 90);
  entry.is_egress = random.chance(50);
  entry.allows = random.chance(70);
  entry.cidr = IpPrefix::all(IpFamily::V4);
  entry.services = ServiceSet::tcp(random.between(1, 65535));
  return AclEntrySet{acl.id, std::move(entry)};
}

Change route(const Snapshot& snapshot, Random& random) {
  for (;;) {
    const auto& table = any<RouteTable>(snapshot, random);
    std::vector<Route> routes = table.routes;
    std::erase_if(routes, [](const Route& each) {
      return each.target.kind == RouteTargetKind::Local || !each.cidr;
    });
    if (!routes.empty()) {
      Route changed = random.pick(routes);
      changed.is_blackhole = !changed.is_blackhole;
      return RouteSet{table.id, std::move(changed)};
    }
  }
}

/// An interface like another one, at an address that nobody has.
NetworkInterface copy_of(const NetworkInterface& like, const Snapshot& snapshot, Random& random) {
  NetworkInterface copy = like;
  copy.id.value = fmt::format("eni-0b{:015x}", random.next() >> 4);
  copy.instance = {};
  copy.ipv6 = {};
  copy.addresses.resize(1);
  copy.addresses.front().public_ip = std::nullopt;
  const Subnet* subnet = snapshot.find(like.subnet);
  const IpAddress last = subnet->cidrs.front().last();
  copy.addresses.front().private_ip =
      IpAddress::v4(last.v4_bits() - 1 - static_cast<std::uint32_t>(random.below(40)));
  return copy;
}

Change interface_of_old_class(const Snapshot& snapshot, Random& random) {
  return ResourceSet{std::make_shared<const NetworkInterface>(
      copy_of(any_host(snapshot, random), snapshot, random))};
}

Change interface_of_new_class(const Snapshot& snapshot, Random& random) {
  NetworkInterface copy = copy_of(any_host(snapshot, random), snapshot, random);
  copy.groups = {any_host(snapshot, random).groups.front(),
                 any_host(snapshot, random).groups.front()};
  std::sort(copy.groups.begin(), copy.groups.end());
  return ResourceSet{std::make_shared<const NetworkInterface>(std::move(copy))};
}

Change attachment(const Snapshot& snapshot, Random& random) {
  const auto& interface = any_host(snapshot, random);
  return GroupAttached{interface.id, any_host(snapshot, random).groups.front()};
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1,
                         static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

/// Limits in seconds; wide ones where nothing was promised.
struct Limits {
  double state_p99 = 1;
  double exact_p50 = 1;
  double exact_p99 = 10;
};

struct Kind {
  std::string_view name;
  Change (*make)(const Snapshot&, Random&);
  int count;
  Limits limits;
};

void measure(MomentPtr moment, const std::string& estate, const Kind& kind) {
  Random random(1);
  std::vector<double> states;
  std::vector<double> exacts;
  int followed = 0;
  std::size_t changes = 0;
  for (int i = 0; i < kind.count; ++i) {
    const std::vector<Change> change{kind.make(moment->snapshot(), random)};
    const double start = now_s();
    auto applied = apply_changes(moment->snapshot(), change);
    if (!applied) {
      continue;
    }
    const MomentPtr next = moment->next(std::move(applied->snapshot), applied->rows, kThreads);
    const double right = now_s();
    const reach::Difference difference = reach::difference(*moment, *next, kThreads);
    exacts.push_back(now_s() - start);
    states.push_back(right - start);
    followed += next->follows(*moment) ? 1 : 0;
    changes += difference.changes().size();
    moment = next;
  }
  const auto row = [&](std::string_view what, double figure, double target) {
    report({.name = fmt::format("change-{}/{}/{}", kind.name, what, estate),
            .figure = figure,
            .unit = "s",
            .target = target});
  };
  fmt::print("{} {}: {} changes, {} followed, {} differences\n", estate, kind.name, states.size(),
             followed, changes);
  row("state-p50", quantile(states, 0.5), kind.limits.state_p99);
  row("state-p99", quantile(states, 0.99), kind.limits.state_p99);
  row("exact-p50", quantile(exacts, 0.5), kind.limits.exact_p50);
  row("exact-p99", quantile(exacts, 0.99), kind.limits.exact_p99);
}

/// Two snapshots that differ in 1,000 rules.
void measure_many(const MomentPtr& moment, const std::string& estate) {
  Random random(2);
  std::vector<Change> changes;
  while (changes.size() < 1000) {
    Change change = rule_of_known_block(moment->snapshot(), random);
    if (std::holds_alternative<RuleAdded>(change)) {
      changes.push_back(std::move(change));
    }
  }
  const auto other = apply_changes(moment->snapshot(), changes);
  const double start = now_s();
  const RowChanges rows = compare(moment->snapshot(), other->snapshot);
  auto applied = apply_changes(moment->snapshot(), as_changes(rows));
  const MomentPtr next = moment->next(std::move(applied->snapshot), applied->rows, kThreads);
  const reach::Difference difference = reach::difference(*moment, *next, kThreads);
  report({.name = "diff-1000-rules/" + estate,
          .figure = now_s() - start,
          .unit = "s",
          .target = 10.0});
  fmt::print("{}: {} rows, {} differences, followed: {}\n", estate, rows.of<SecurityGroup>().size(),
             difference.changes().size(), next->follows(*moment));
}

constexpr Limits kRuleLimits{
    .state_p99 = 100 * kMicro, .exact_p50 = 100 * kMicro, .exact_p99 = 5000 * kMicro};

const std::vector<Kind> kKinds = {
    {"rule", rule_of_known_block, 1000, kRuleLimits},
    {"acl-entry", acl_entry, 20, {}},
    {"route", route, 20, {}},
    {"interface-old-class", interface_of_old_class, 50, {}},
    {"interface-new-class", interface_of_new_class, 50, {}},
    {"group-attached", attachment, 50, {}},
    {"new-cidr-border", rule_of_new_block, 50, {}},
};

/// What is measured: nothing named means all.
struct Wanted {
  std::vector<int> sizes;
  std::vector<std::string> names;

  [[nodiscard]] bool has(std::string_view name) const {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
  }
};

void run_changes(int interfaces, bool groups_follow_roles, const Wanted& wanted) {
  const std::string estate = estate_name(interfaces, groups_follow_roles);
  const MomentPtr moment = reach::Moment::of(estate_of(interfaces, groups_follow_roles), kThreads);
  for (const Kind& kind : kKinds) {
    if (wanted.has(kind.name)) {
      measure(moment, estate, kind);
    }
  }
  if (wanted.has("diff")) {
    measure_many(moment, estate);
  }
}

int run(const std::vector<std::string>& arguments) {
  Wanted wanted;
  std::vector<bool> kinds;
  for (const std::string& argument : arguments) {
    if (argument == "roles" || argument == "random") {
      kinds.push_back(argument == "roles");
    } else if (const int size = std::atoi(argument.c_str()); size > 0) {
      wanted.sizes.push_back(size);
    } else {
      wanted.names.push_back(argument);
    }
  }
  if (wanted.sizes.empty()) {
    wanted.sizes = {10000, 100000};
  }
  if (kinds.empty()) {
    kinds = {true, false};
  }
  for (const int size : wanted.sizes) {
    for (const bool groups_follow_roles : kinds) {
      run_changes(size, groups_follow_roles, wanted);
    }
  }
  return 0;
}

}  // namespace
}  // namespace portolan::bench

/// `bench_changes [INTERFACES…] [roles|random] [KIND…]`, where a kind is `rule`, `acl-entry`, …,
/// `diff`.
int main(int count, char** arguments) {
  return portolan::bench::run({arguments + 1, arguments + count});
}
