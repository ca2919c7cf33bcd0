#include "model/change_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/text.h"
#include "core/words.h"

namespace portolan {

namespace {

constexpr std::string_view kLocal = "local";
constexpr std::string_view kBlackhole = "blackhole";

struct TargetPrefix {
  std::string_view text;
  RouteTargetKind kind;
};

constexpr std::array kTargets = {
    TargetPrefix{"igw-", RouteTargetKind::InternetGateway},
    TargetPrefix{"eigw-", RouteTargetKind::EgressOnlyInternetGateway},
    TargetPrefix{"nat-", RouteTargetKind::NatGateway},
    TargetPrefix{"eni-", RouteTargetKind::NetworkInterface},
    TargetPrefix{"pcx-", RouteTargetKind::VpcPeering},
    TargetPrefix{"tgw-", RouteTargetKind::TransitGateway},
    TargetPrefix{"vpce-", RouteTargetKind::VpcEndpoint},
    TargetPrefix{"vgw-", RouteTargetKind::VpnGateway},
    TargetPrefix{"cagw-", RouteTargetKind::CarrierGateway},
    TargetPrefix{"lgw-", RouteTargetKind::LocalGateway},
    TargetPrefix{"arn:", RouteTargetKind::CoreNetwork},
};

struct Mode {
  std::string_view text;
  BlockMode mode;
};

constexpr std::array kModes = {Mode{"off", BlockMode::Off}, Mode{"ingress", BlockMode::Ingress},
                               Mode{"bidirectional", BlockMode::Bidirectional}};

using Point = ServiceSet::Point;

/// ICMP: the type and code, -1 for all; false if the points are several of either.
bool spell_types(Point first, Point last, SpelledServices& spelled_services) {
  if (first == 0 && last == ServiceSet::kBlock - 1) {
    return true;
  }
  spelled_services.from_port = static_cast<int>(first / 256);
  if (first == last) {
    spelled_services.to_port = static_cast<int>(first % 256);
    return true;
  }
  return first % 256 == 0 && last == first + 255;
}

/// Fills the members for services that are one run of points; false if no rule can have them.
bool spell(const ServiceSet::Segment& run, SpelledServices& spelled_services) {
  constexpr std::array<std::string_view, 4> kBlocks = {"tcp", "udp", "icmp", "icmpv6"};
  const Point block = run.first / ServiceSet::kBlock;
  if (run.last / ServiceSet::kBlock != block) {
    return false;
  }
  const Point first = run.first % ServiceSet::kBlock;
  const Point last = run.last % ServiceSet::kBlock;
  if (block >= kBlocks.size()) {
    spelled_services.protocol = std::to_string(first);
    return first == last;
  }
  spelled_services.protocol = kBlocks[block];
  if (run.first >= ServiceSet::kIcmp) {
    return spell_types(first, last, spelled_services);
  }
  spelled_services.from_port = static_cast<int>(first);
  spelled_services.to_port = static_cast<int>(last);
  return true;
}

std::string listed(const std::vector<std::string>& ids) {
  constexpr std::size_t kMostShown = 8;
  std::string result;
  for (std::size_t i = 0; i < ids.size() && i < kMostShown; ++i) {
    result += (i == 0 ? "`" : ", `") + printable(ids[i]) + "`";
  }
  return ids.size() > kMostShown ? fmt::format("{} and {} more", result, ids.size() - kMostShown)
                                 : result;
}

Result<SecurityGroupId> group_called(const Snapshot& snapshot, std::string_view name) {
  if (snapshot.find(SecurityGroupId{std::string(name)}) != nullptr) {
    return SecurityGroupId{std::string(name)};
  }
  std::vector<std::string> ids;
  std::vector<std::string> names;
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    names.push_back(group.group_name);
    if (group.group_name == name) {
      ids.push_back(group.id.value);
    }
  }
  if (ids.empty()) {
    return fail("no_such_group", fmt::format("no security group is called `{}`{}", printable(name),
                                             advice(name, names)));
  }
  if (ids.size() > 1) {
    return fail("ambiguous_name",
                fmt::format("`{}` fits {}, write the one you mean", printable(name), listed(ids)));
  }
  return SecurityGroupId{ids.front()};
}

}  // namespace

std::string advice(std::string_view word, const std::vector<std::string>& known) {
  constexpr std::size_t kLongestName = 256;  // of a longer word nobody knows what was meant
  if (word.size() > kLongestName) {
    return {};
  }
  std::vector<std::string> near = suggestions(word, known);
  near.erase(std::unique(near.begin(), near.end()), near.end());
  for (std::string& each : near) {
    each = printable(each);
  }
  return near.empty() ? "" : fmt::format(", did you mean `{}`", fmt::join(near, "` or `"));
}

std::string_view mode_text(BlockMode mode) {
  const auto* const found = std::find_if(kModes.begin(), kModes.end(),
                                         [&](const Mode& each) { return each.mode == mode; });
  return found == kModes.end() ? std::string_view{} : found->text;
}

Result<BlockMode> parse_mode(std::string_view word) {
  for (const Mode& mode : kModes) {
    if (mode.text == word) {
      return mode.mode;
    }
  }
  return fail("bad_change", fmt::format("`{}` is no mode of blocking public access, write `off`, "
                                        "`ingress` or `bidirectional`",
                                        printable(word)));
}

std::string target_text(const Route& route) {
  if (route.is_blackhole) {
    return std::string(kBlackhole);
  }
  return route.target.kind == RouteTargetKind::Local ? std::string(kLocal)
                                                     : spelled(route.target.id);
}

Result<void> parse_target(std::string_view word, Route& route) {
  route.is_blackhole = word == kBlackhole;
  if (route.is_blackhole) {
    return {};
  }
  if (word == kLocal) {
    route.target = {.kind = RouteTargetKind::Local, .id = {}};
    return {};
  }
  for (const TargetPrefix& target : kTargets) {
    if (word.starts_with(target.text)) {
      route.target = {.kind = target.kind, .id = std::string(word)};
      return {};
    }
  }
  return fail("bad_change",
              fmt::format("`{}` is no target of a route, write the id of a gateway, interface, "
                          "peering or endpoint, `local` or `blackhole`",
                          printable(word)));
}

Result<SpelledServices> parse_rule_services(std::string_view word) {
  SpelledServices result;
  result.services = TRY(ServiceSet::parse(word));
  if (result.services.is_all()) {
    result.protocol = "-1";
    return result;
  }
  if (result.services.empty()) {
    return fail("bad_service", "a rule needs a service, write one like `tcp/22`, or `any`");
  }
  const auto& runs = result.services.segments();
  SpelledServices one = result;
  return runs.size() == 1 && spell(runs.front(), one) ? one : result;
}

Result<IpPrefix> parse_block(std::string_view word) {
  if (word.find('/') != std::string_view::npos) {
    return IpPrefix::parse(word);
  }
  return IpPrefix::host(TRY(IpAddress::parse(word)));
}

Result<RouteDestination> parse_destination(std::string_view word) {
  if (word.starts_with("pl-")) {
    return PrefixListId{std::string(word)};
  }
  return TRY(parse_block(word));
}

Result<SecurityGroupId> parse_group(const Snapshot& snapshot, std::string_view word) {
  constexpr std::string_view kByName = "sg:";
  if (word.starts_with(kByName)) {
    return group_called(snapshot, word.substr(kByName.size()));
  }
  if (word.starts_with("sg-")) {
    return SecurityGroupId{std::string(word)};
  }
  return fail("bad_change",
              fmt::format("`{}` is no security group, write `sg-…` or `sg:NAME`", printable(word)));
}

Result<RulePeer> parse_peer(const Snapshot& snapshot, std::string_view word) {
  if (word.starts_with("sg-") || word.starts_with("sg:")) {
    SecurityGroupId group = TRY(parse_group(snapshot, word));
    return GroupReference{.group = std::move(group)};
  }
  if (word.starts_with("pl-")) {
    return PrefixListId{std::string(word)};
  }
  if (word.find_first_of(".:") == std::string_view::npos) {
    return fail("bad_change", fmt::format("`{}` is no peer, write a CIDR, an address, `sg-…`, "
                                          "`sg:NAME` or `pl-…`",
                                          printable(word)));
  }
  return TRY(parse_block(word));
}

}  // namespace portolan
