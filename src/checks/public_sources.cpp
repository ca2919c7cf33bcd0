#include "checks/public_sources.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "checks/exposure.h"
#include "checks/finding_text.h"
#include "checks/group_rules.h"
#include "checks/services.h"
#include "checks/world.h"

namespace portolan::checks {

namespace {

/// The interfaces with the group, by what public addresses reach of the rule on them.
struct Reach {
  Interfaces reached;
  const NetworkInterface* undecided = nullptr;
};

Reach reach_of(const Context& context, const OpenRule& open) {
  Reach reach;
  for (const NetworkInterface* interface : context.estate().interfaces_of(open.group->id)) {
    bool is_reached = false;
    for (const IpFamily family : kFamilies) {
      if (public_share(open.sources, family) <= 0) {
        continue;
      }
      const Exposed& exposed = context.exposure().of(*interface, family);
      is_reached = is_reached || exposed.some.overlaps(open.rule->services);
      if (exposed.unknown.overlaps(open.rule->services)) {
        reach.undecided = interface;
      }
    }
    if (is_reached) {
      reach.reached.push_back(interface);
    }
  }
  return reach;
}

bool is_known(const Context& context, const IpPrefix& block) {
  const auto& known = context.config().known_networks;
  return std::any_of(known.begin(), known.end(),
                     [&](const KnownNetwork& network) { return network.cidr.contains(block); });
}

bool is_strange(const Context& context, const IpPrefix& block) {
  return public_share(IpSet({block}), block.family()) > 0 && !is_known(context, block) &&
         !context.estate().is_internal(block) &&
         context.estate().free_address(IpSet({block})).has_value();
}

}  // namespace

bool is_wide(const IpPrefix& block) {
  return block.length() < (block.family() == IpFamily::V4 ? 24 : 48);
}

IpPrefix widest_of(const std::vector<IpPrefix>& blocks) {
  const auto share = [](const IpPrefix& block) {
    return public_share(IpSet({block}), block.family());
  };
  return *std::max_element(blocks.begin(), blocks.end(),
                           [&](const auto& a, const auto& b) { return share(a) < share(b); });
}

std::optional<IpPrefix> widest_strange(const Context& context,
                                       const std::vector<IpPrefix>& blocks) {
  std::vector<IpPrefix> strange;
  std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(strange),
               [&](const IpPrefix& block) { return is_strange(context, block); });
  return strange.empty() ? std::nullopt : std::optional<IpPrefix>(widest_of(strange));
}

std::optional<IpPrefix> widest_stranger(const Context& context, const OpenRule& open) {
  const bool opens_world = std::any_of(kFamilies.begin(), kFamilies.end(), [&](IpFamily family) {
    return is_world(open.sources, family);
  });
  const auto blocks = peer_blocks(context.snapshot(), open.rule->peer);
  if (opens_world || !blocks) {
    return std::nullopt;
  }
  if (const auto* id = std::get_if<PrefixListId>(&open.rule->peer)) {
    const PrefixList* list = context.snapshot().find(*id);
    if (list != nullptr && list->is_aws_managed) {
      return std::nullopt;  // addresses of one AWS service, kept by AWS
    }
  }
  return widest_strange(context, *blocks);
}

Finding judge_public(const Context& context, Finding finding, const OpenRule& open,
                     const IpPrefix& widest, std::string_view source) {
  const SecurityGroupRule& rule = *open.rule;
  const Risk shown = grade_world(rule.services, context.config()).risk;
  const bool is_bad = shown >= Risk::High || (shown >= Risk::Medium && is_wide(widest));
  const Interfaces& guarded = context.estate().interfaces_of(open.group->id);
  const Reach reach = reach_of(context, open);
  finding.risk = is_bad ? Risk::Medium : Risk::Low;
  finding.rules = {name_rule(*open.group, rule)};
  finding.affected = affected_ids(reach.reached.empty() ? guarded : reach.reached);
  finding.message = fmt::format("{} is open to {}", services_text(rule.services), source);
  std::string gap = guarded.empty() ? missing_interfaces(context.snapshot(), *open.group) : "";
  if (!reach.reached.empty()) {
    finding.message +=
        fmt::format(", and some of them reach {}", names_of(context.estate(), reach.reached));
  } else if (reach.undecided != nullptr || !gap.empty()) {
    gap = gap.empty() ? context.exposure().doubt(Flow::Inbound, *reach.undecided) : gap;
    finding.message += fmt::format("; whether they reach anything is not known: {}", gap);
    finding.gaps = {gap};
  } else {
    finding.is_latent = true;
    finding.risk = lower(finding.risk);
    finding.message += ", but the internet reaches no interface with the group now";
  }
  return finding;
}

}  // namespace portolan::checks
