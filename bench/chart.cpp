#include "chart/chart.h"

#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <libdeflate.h>

#include "bench/support/estate.h"
#include "bench/support/row.h"
#include "chart/columns.h"
#include "chart/details.h"
#include "chart/ribbons.h"

/// What the console shows of estates of any size: the chart with its layout, its columns and what
/// they take over the wire, and ribbons between what is seen.
namespace portolan::bench {
namespace {

constexpr int kThreads = 2;

std::size_t packed_size(const std::string& bytes) {
  constexpr int kLevel = 6;
  libdeflate_compressor* const compressor = libdeflate_alloc_compressor(kLevel);
  std::string packed(libdeflate_gzip_compress_bound(compressor, bytes.size()), '\0');
  const std::size_t size = libdeflate_gzip_compress(compressor, bytes.data(), bytes.size(),
                                                    packed.data(), packed.size());
  libdeflate_free_compressor(compressor);
  return size;
}

/// The nodes of one kind, and what belongs to none of them.
std::vector<chart::NodeNumber> cut_at(const chart::Chart& chart, chart::NodeKind kind) {
  std::vector<chart::NodeNumber> nodes;
  for (chart::NodeNumber number = 0; number < chart.size(); ++number) {
    const chart::NodeKind each = chart[number].kind;
    if (each == kind || each == chart::NodeKind::Outside || each == chart::NodeKind::Balancer) {
      nodes.push_back(number);
    }
  }
  return nodes;
}

void measure_ribbons(const std::string& name, const chart::Chart& chart,
                     const chart::Traffic& traffic) {
  double start = now_s();
  const chart::Lifter lifter(chart, traffic);
  report({.name = "chart-lifter/" + name, .figure = now_s() - start, .unit = "s", .target = 0.5});
  struct Way {
    std::string_view name;
    chart::Lens lens;
    chart::NodeKind kind;
    chart::RibbonMode mode;
  };
  for (const Way& way :
       {Way{"subnets-risky", chart::Lens::Location, chart::NodeKind::Subnet,
            chart::RibbonMode::Risky},
        Way{"subnets-all", chart::Lens::Location, chart::NodeKind::Subnet, chart::RibbonMode::All},
        Way{"classes-risky", chart::Lens::Policy, chart::NodeKind::Class,
            chart::RibbonMode::Risky}}) {
    const chart::Frontier frontier{
        .lens = way.lens, .nodes = cut_at(chart, way.kind), .mode = way.mode};
    start = now_s();
    const auto ribbons = lifter.lift(frontier);
    const double end = now_s();
    if (!ribbons) {
      fmt::print("{}: {}\n", way.name, ribbons.error().message);
      continue;
    }
    fmt::print("{} {}: {} nodes, {} ribbons\n", name, way.name, frontier.nodes.size(),
               ribbons->ribbons.size() + ribbons->hidden);
    report({.name = fmt::format("chart-ribbons-{}/{}", way.name, name),
            .figure = end - start,
            .unit = "s",
            .target = 0.3});
  }
}

void measure(int interfaces) {
  const Snapshot snapshot = estate_of(interfaces, true);
  const reach::Network network = reach::build(snapshot);
  const reach::Connections connections(network, kThreads);
  const std::string name = estate_name(interfaces, true);
  double start = now_s();
  const chart::Traffic traffic(connections, kThreads);
  report({.name = "chart-traffic/" + name, .figure = now_s() - start, .unit = "s", .target = 1.0});
  const checks::Config config;
  const std::vector<Finding> findings;
  start = now_s();
  const chart::Chart chart =
      chart::make_chart({.traffic = traffic, .findings = findings, .config = config});
  report({.name = "chart-layout/" + name, .figure = now_s() - start, .unit = "s", .target = 1.0});
  start = now_s();
  const std::string bytes = chart::columns_of(chart);
  report({.name = "chart-columns/" + name, .figure = now_s() - start, .unit = "s", .target = 0.1});
  fmt::print("{}: {} nodes, {} bytes of columns, {} packed\n", name, chart.size(), bytes.size(),
             packed_size(bytes));
  measure_ribbons(name, chart, traffic);
  const std::string key = snapshot.all<NetworkInterface>().begin()->id.value;
  start = now_s();
  const auto details = chart::details_of(snapshot, key);
  report({.name = "chart-details/" + name,
          .figure = now_s() - start,
          .unit = "s",
          .target = details ? 0.2 : 0});
}

}  // namespace
}  // namespace portolan::bench

/// `bench_chart [INTERFACES…]`
int main(int count, char** arguments) {
  std::vector<int> sizes;
  for (int i = 1; i < count; ++i) {
    sizes.push_back(std::atoi(arguments[i]));
  }
  if (sizes.empty()) {
    sizes = {1000, 10000, 100000};
  }
  for (const int size : sizes) {
    portolan::bench::measure(size);
  }
  return 0;
}
