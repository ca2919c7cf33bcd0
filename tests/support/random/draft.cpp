#include "tests/support/random/draft.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace portolan::tests::random {

std::string Draft::name(std::string_view stem) { return fmt::format("{}{}", stem, ++names_given); }

std::string Draft::host_address(DraftSubnet& subnet) {
  return fmt::format("{}.{}.{}", vpcs[subnet.vpc].base, subnet.number, subnet.next_host++);
}

std::string Draft::node_address(DraftSubnet& subnet) {
  return fmt::format("{}.{}.{}", vpcs[subnet.vpc].base, subnet.number, subnet.next_node++);
}

std::string Draft::public_address() {
  ++public_addresses_given;
  return fmt::format("52.16.{}.{}", public_addresses_given % 2, 10 + public_addresses_given);
}

void Draft::route(std::size_t table, std::string_view destination, std::string_view target) {
  auto& routes = tables[table].routes;
  const bool is_taken = std::any_of(routes.begin(), routes.end(),
                                    [&](const auto& one) { return one.first == destination; });
  if (!is_taken) {
    routes.emplace_back(destination, target);
    tables[table].is_written = true;
  }
}

std::vector<std::size_t> Draft::tables_of(std::size_t vpc) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (tables[i].vpc == vpc) {
      found.push_back(i);
    }
  }
  return found;
}

std::string joined_names(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ","));
}

}  // namespace portolan::tests::random
