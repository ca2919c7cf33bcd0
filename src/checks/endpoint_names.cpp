#include "checks/endpoint_names.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/text.h"

namespace portolan::checks {

namespace {

constexpr std::string_view kBefore = " by a NAT gateway for ";
constexpr std::string_view kAfter = ": no endpoint leads there";

}  // namespace

std::string missing_endpoints_text(std::size_t subnets, std::span<const std::string> services) {
  return fmt::format("{} private subnet{} out{}{}{}", subnets, subnets == 1 ? " goes" : "s go",
                     kBefore, joined(services, ", "), kAfter);
}

bool names_endpoint(const Finding& finding, std::string_view service) {
  const std::string_view message = finding.message;
  const std::size_t start = message.find(kBefore);
  if (start == std::string_view::npos || !message.ends_with(kAfter)) {
    return false;
  }
  std::string_view list = message.substr(start + kBefore.size());
  list.remove_suffix(kAfter.size());
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(", "), list.size());
    if (list.substr(0, end) == service) {
      return true;
    }
    list.remove_prefix(std::min(end + 2, list.size()));
  }
  return false;
}

}  // namespace portolan::checks
