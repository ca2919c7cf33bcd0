#include "tools/scenario/traffic.h"

#include <charconv>

#include <fmt/format.h>

#include "core/service.h"
#include "core/text.h"

namespace portolan::scenario {

namespace {

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

std::vector<Traffic> port_ranges(std::string_view protocol, std::string_view ports) {
  std::vector<Traffic> ranges;
  for (const std::string& range : list_of(ports)) {
    const std::vector<std::string_view> ends = split(range, '-');
    ranges.push_back({.protocol = std::string(protocol),
                      .from = number_of(ends.front()),
                      .to = number_of(ends.back())});
  }
  return ranges;
}

/// Those with both ports; complains if that is not all of them.
std::vector<Traffic> checked(std::vector<Traffic> ranges, std::string_view service,
                             Arguments& arguments) {
  for (const Traffic& range : ranges) {
    if (!range.from || !range.to) {
      arguments.complain(fmt::format("`{}` is no service", service));
      return {};
    }
  }
  return ranges;
}

Traffic icmp(const std::vector<std::string_view>& parts) {
  const auto part = [&](std::size_t index) {
    return parts.size() > index ? number_of(parts[index]) : std::optional<int>(-1);
  };
  return {.protocol = std::string(parts.front()), .from = part(1), .to = part(2)};
}

}  // namespace

std::vector<Traffic> traffic_of(std::string_view service, Arguments& arguments) {
  const std::vector<std::string_view> parts = split(service, '/');
  const std::string_view protocol = parts.front();
  if (protocol == "any" && parts.size() == 1) {
    return {{.protocol = "-1", .from = std::nullopt, .to = std::nullopt}};
  }
  if (protocol == "raw" && parts.size() == 4) {
    return {{.protocol = std::string(parts[1]),
             .from = number_of(parts[2]),
             .to = number_of(parts[3])}};
  }
  if (protocol == "proto" && parts.size() == 2) {
    return {{.protocol = std::string(parts[1]), .from = std::nullopt, .to = std::nullopt}};
  }
  if (protocol == "icmp" || protocol == "icmpv6") {
    return checked({icmp(parts)}, service, arguments);
  }
  if ((protocol == "tcp" || protocol == "udp") && parts.size() <= 2) {
    return checked(port_ranges(protocol, parts.size() == 2 ? parts[1] : "0-65535"), service,
                   arguments);
  }
  arguments.complain(fmt::format("`{}` is no service", service));
  return {};
}

std::string protocol_number_of(const Traffic& traffic) {
  const auto number = protocol_number(traffic.protocol);
  return number ? std::to_string(*number) : traffic.protocol;
}

Spelling spelling_of(std::string_view rule) {
  const std::size_t at = rule.find('@');
  if (at == std::string_view::npos) {
    return {.service = std::string(rule), .peer = "0.0.0.0/0"};
  }
  return {.service = std::string(rule.substr(0, at)), .peer = std::string(rule.substr(at + 1))};
}

}  // namespace portolan::scenario
