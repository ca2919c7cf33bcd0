#include "tests/support/random_network.h"

#include <fmt/format.h>

#include "tests/support/random/draft.h"

namespace portolan::tests {

namespace {

using random::Draft;
using random::DraftTable;

/// Comes last: all the others add routes.
void write_tables(Draft& draft) {
  for (const DraftTable& table : draft.tables) {
    if (!table.is_written) {
      continue;
    }
    std::vector<std::string> subnets;
    for (const std::size_t subnet : table.subnets) {
      subnets.push_back(draft.subnets[subnet].name);
    }
    std::string words = table.is_main ? " main" : "";
    // A subnet that no table names has the main one.
    const bool names_subnets = !subnets.empty() && !table.is_main;
    words += names_subnets ? " subnets=" + random::joined_names(subnets) : "";
    for (const auto& [destination, target] : table.routes) {
      words += fmt::format(" {}={}", destination, target);
    }
    draft.line(draft.vpcs[table.vpc].place,
               fmt::format("table {} {}{}", table.name, draft.vpcs[table.vpc].name, words));
  }
}

}  // namespace

std::string random_network(std::uint64_t seed, const RandomNetwork& setting) {
  Draft draft(seed, setting);
  random::draw_vpcs(draft);
  random::draw_gateways(draft);
  random::draw_joints(draft);
  random::draw_interfaces(draft);
  random::draw_balancers(draft);
  random::draw_endpoints(draft);
  random::draw_firewalls(draft);
  random::draw_rules(draft);
  random::draw_settings(draft);
  write_tables(draft);
  std::string text =
      fmt::format("# about: random network {}\n# origin: tests/support/random_network.h\n", seed);
  for (std::size_t place = 0; place < draft.places.size(); ++place) {
    text += fmt::format("account {}\n{}", draft.places[place], draft.lines[place]);
  }
  return text + "error reach nobody -> nobody any -> unknown_name\n";
}

}  // namespace portolan::tests
