#include "reach/connections.h"

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bench/support/estate.h"
#include "bench/support/row.h"

/// All connections of an estate whose VPCs are all joined, where groups follow roles and where each
/// interface has groups of its own choice.
namespace portolan::bench {
namespace {

constexpr int kThreads = 2;

void measure(int interfaces, bool groups_follow_roles) {
  const double empty = heap_bytes();
  const Snapshot snapshot = estate_of(interfaces, groups_follow_roles);
  const double inventory = heap_bytes();
  const reach::Network network = reach::build(snapshot);
  const double start = now_s();
  const reach::Connections connections(network, kThreads);
  const double built = now_s();
  const reach::ConnectionTotals totals = connections.totals(kThreads);
  const double end = now_s();
  const std::string name = estate_name(interfaces, groups_follow_roles);
  const double target = groups_follow_roles ? 1.0 : 10.0;
  fmt::print("{}: {} classes, {} pairs, {} open, {} interfaces open to hosts out there\n", name,
             connections.targets().size(), totals.pairs, totals.open, totals.internet);
  report({.name = "connections-build/" + name,
          .figure = built - start,
          .unit = "s",
          .target = target});
  report({.name = "connections-all/" + name, .figure = end - start, .unit = "s", .target = target});
  // Look-ups and connections, beside the inventory that they are about.
  report({.name = "connections-memory/" + name,
          .figure = heap_bytes() - inventory,
          .peer = inventory - empty,
          .unit = "bytes",
          .target = 1.0});
}

}  // namespace
}  // namespace portolan::bench

/// `bench_connections [INTERFACES…]`
int main(int count, char** arguments) {
  std::vector<int> sizes;
  for (int i = 1; i < count; ++i) {
    sizes.push_back(std::atoi(arguments[i]));
  }
  if (sizes.empty()) {
    sizes = {1000, 10000, 100000};
  }
  for (const int size : sizes) {
    for (const bool groups_follow_roles : {true, false}) {
      portolan::bench::measure(size, groups_follow_roles);
    }
  }
  return 0;
}
