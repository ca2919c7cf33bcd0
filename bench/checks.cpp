#include <algorithm>
#include <cstdlib>
#include <ctime>
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
constexpr double kMega = 1e6;
constexpr double kMemoryTarget = 2000;  // MB, all findings and what checks share

/// Seconds of processor time of all threads: what a busy machine leaves comparable.
double processor_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// What each check takes by itself, in one thread; what several share counts for the first of them.
void list_checks(const reach::Connections& connections, const checks::Config& config) {
  const checks::Context context(connections, config);
  for (const checks::Check* check : checks::all_checks()) {
    const double before = processor_s();
    const std::size_t count = check->run(context).size();
    fmt::print("  {:40} {:6.3f} s  {} findings\n", check->id, processor_s() - before, count);
  }
}

void run_checks(int interfaces, bool groups_follow_roles, bool lists) {
  const std::string estate = estate_name(interfaces, groups_follow_roles);
  const Snapshot snapshot = estate_of(interfaces, groups_follow_roles);
  const reach::Network network = reach::build(snapshot);
  const checks::Config config;
  const reach::Connections connections(network, kThreads);
  const double held = heap_bytes();
  const double start = now_s();
  const double start_processor = processor_s();
  const checks::Context context(connections, config);
  const auto findings = checks::audit(context);
  const double took = now_s() - start;
  const double processor = processor_s() - start_processor;
  const double memory = heap_bytes() - held;
  const auto passed = std::count_if(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.outcome == Outcome::Pass;
  });
  fmt::print(
      "{}: {} checks, {} findings, {} of them that all is in order, {:.0f} a second, {:.1f} s "
      "of processor time\n",
      estate, checks::all_checks().size(), findings.size(), passed,
      static_cast<double>(findings.size()) / took, processor);
  report({.name = "checks/" + estate, .figure = took, .unit = "s", .target = kTarget});
  report({.name = "checks-memory/" + estate,
          .figure = memory / kMega,
          .unit = "MB",
          .target = kMemoryTarget});
  if (lists) {
    list_checks(connections, config);
  }
}

}  // namespace
}  // namespace portolan::bench

/// `bench_checks [INTERFACES…] [roles|random] [each]`; `each` lists what each check takes.
int main(int count, char** arguments) {
  std::vector<int> sizes;
  std::vector<bool> kinds;
  bool lists = false;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "roles" || argument == "random") {
      kinds.push_back(argument == "roles");
    } else if (argument == "each") {
      lists = true;
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
      portolan::bench::run_checks(size, groups_follow_roles, lists);
    }
  }
  return 0;
}
