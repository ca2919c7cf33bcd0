#include "cli/config_maps.h"

#include <optional>

#include <fmt/format.h>

#include "checks/delta.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kEntriesMost = 1000;

/// Calls `read(key, value)` for each entry; it returns what is wrong with one, or an empty text.
template <class Read>
tl::expected<void, Fault> each_entry(const YAML::Node& node, std::string_view name,
                                     std::string_view example, const Read& read) {
  if (!node.IsMap()) {
    return tl::unexpected(
        Fault{node.Mark(),
              fmt::format("`{}` is a list of `name: value` lines, as in {}", name, example)});
  }
  if (node.size() > kEntriesMost) {
    return tl::unexpected(
        Fault{node.Mark(), fmt::format("`{}` has more than {} entries", name, kEntriesMost)});
  }
  for (const auto& entry : node) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const std::string value = entry.second.IsScalar() ? entry.second.Scalar() : "";
    if (const std::string wrong = read(key, value); !wrong.empty()) {
      return tl::unexpected(Fault{entry.first.Mark(), wrong});
    }
  }
  return {};
}

bool is_group_pattern(const std::string& text) {
  return (text.starts_with("sg:") && text.size() > 3) ||
         (text.starts_with("tag:") && text.find('=', 5) != std::string::npos);
}

std::string unknown_check(const std::string& id) {
  std::vector<std::string> known;
  for (const checks::Check* check : checks::all_checks()) {
    known.emplace_back(check->id);
  }
  return unknown_name(id, "check", known);
}

}  // namespace

tl::expected<std::vector<checks::AllowedPorts>, Fault> allowed_ports_of(const YAML::Node& node,
                                                                        std::string_view name) {
  std::vector<checks::AllowedPorts> result;
  const auto done = each_entry(
      node, name, "\"sg:edge-*\": tcp/8443",
      [&](const std::string& groups, const std::string& text) -> std::string {
        if (!is_group_pattern(groups)) {
          return fmt::format("`{}` of `{}` names no groups: write sg:PATTERN or tag:KEY=VALUE",
                             printable(groups), name);
        }
        const auto services = ServiceSet::parse(text);
        if (!services) {
          return fmt::format("what `{}` allows `{}` are services, as in tcp/8443 udp/443", name,
                             printable(groups));
        }
        result.push_back({.groups = groups, .services = *services});
        return "";
      });
  if (!done) {
    return tl::unexpected(done.error());
  }
  return result;
}

tl::expected<std::map<std::string, Risk>, Fault> severity_of(const YAML::Node& node,
                                                             std::string_view name) {
  std::map<std::string, Risk> result;
  const auto done = each_entry(
      node, name, "sg-ingress-world-smtp: low",
      [&](const std::string& id, const std::string& text) -> std::string {
        const auto risk = parse_risk(text);
        if (checks::find_check(id) == nullptr && checks::find_delta_check(id) == nullptr) {
          return unknown_check(id);
        }
        if (!risk) {
          return fmt::format("`{}` of {} is one of info, low, medium, high and critical", name, id);
        }
        result[id] = *risk;
        return "";
      });
  if (!done) {
    return tl::unexpected(done.error());
  }
  return result;
}

}  // namespace portolan::cli
