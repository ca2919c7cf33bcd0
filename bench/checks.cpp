#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/support/estate.h"
#include "bench/support/row.h"
#include "checks/check.h"
#include "reach/connections.h"

/// All checks over an estate whose VPCs are all joined.
namespace portolan::bench {
namespace {

constexpr int kThreads = 2;
constexpr double kTarget = 5;  // seconds, for 100,000 interfaces

void run_checks(int interfaces, bool groups_follow_roles) {
  const std::string estate = estate_name(interfaces, groups_follow_roles);
  const Snapshot snapshot = estate_of(interfaces, groups_follow_roles);
  const reach::Network network = reach::build(snapshot);
  const checks::Config config;
  const double start = now_s();
  const reach::Connections connections(network, kThreads);
  const checks::Context context(connections, config);
  for (const checks::Check* check : checks::all_checks()) {
    const double before = now_s();
    const std::size_t count = check->run(context).size();
    const double took = now_s() - before;
    if (took > 0.02) {
      fmt::print("  {:40} {:6.3f} s  {} findings\n", check->id, took, count);
    }
  }
  const double second = now_s();
  const checks::Context fresh(connections, config);
  const auto findings = checks::audit(fresh);
  const double took = now_s() - second;
  fmt::print("{}: {} findings, {:.0f} a second; connections and checks one by one {:.2f} s\n",
             estate, findings.size(), static_cast<double>(findings.size()) / took, second - start);
  report({.name = "checks/" + estate, .figure = took, .unit = "s", .target = kTarget});
}

}  // namespace
}  // namespace portolan::bench

/// `bench_checks [INTERFACES…] [roles|random]`
int main(int count, char** arguments) {
  std::vector<int> sizes;
  std::vector<bool> kinds;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "roles" || argument == "random") {
      kinds.push_back(argument == "roles");
    } else {
      sizes.push_back(std::atoi(arguments[i]));
    }
  }
  if (sizes.empty()) {
    sizes = {10000, 100000};
  }
  if (kinds.empty()) {
    kinds = {true, false};
  }
  for (const int size : sizes) {
    for (const bool groups_follow_roles : kinds) {
      portolan::bench::run_checks(size, groups_follow_roles);
    }
  }
  return 0;
}
