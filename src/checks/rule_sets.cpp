#include "checks/rule_sets.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "checks/openings.h"

namespace portolan::checks {

namespace {

using Point = ServiceSet::Point;

void write_ranges(std::string& text, const IpSet& addresses) {
  for (const IpSet::Range& range : addresses.ranges()) {
    fmt::format_to(std::back_inserter(text), " {}-{}", range.first.text(), range.last.text());
  }
}

}  // namespace

RuleSet::RuleSet(const Snapshot& snapshot, const SecurityGroup& group, bool is_egress) {
  for (const SecurityGroupRule& rule : group.rules) {
    if (rule.is_egress != is_egress || rule.services.empty()) {
      continue;
    }
    auto blocks = peer_blocks(snapshot, rule.peer);
    if (blocks && !blocks->empty()) {
      permissions_.push_back({.services = &rule.services, .blocks = *std::move(blocks)});
      continue;
    }
    has_unread_list_ = has_unread_list_ || !blocks;
    ServiceSet& services = named_[peer_text(rule.peer)];
    services = services.united(rule.services);
  }
}

std::string RuleSet::names_text() const {
  std::string text;
  for (const auto& [name, services] : named_) {
    fmt::format_to(std::back_inserter(text), "|{} {}", name, services.text());
  }
  return text;
}

std::string RuleSet::outline() const {
  ServiceSet services;
  std::vector<IpPrefix> blocks;
  for (const Permission& permission : permissions_) {
    services = services.united(*permission.services);
    blocks.insert(blocks.end(), permission.blocks.begin(), permission.blocks.end());
  }
  std::string text = services.text();
  write_ranges(text, IpSet(blocks));
  return text + names_text();
}

std::string RuleSet::canonical_text() const {
  // Between two neighbouring bounds of services all permissions stay what they are.
  std::vector<Point> bounds;
  for (const Permission& permission : permissions_) {
    for (const ServiceSet::Segment& segment : permission.services->segments()) {
      bounds.push_back(segment.first);
      bounds.push_back(segment.last + 1);
    }
  }
  std::sort(bounds.begin(), bounds.end());
  bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
  std::vector<std::vector<IpPrefix>> blocks(bounds.size());
  const auto number_of = [&](Point point) {
    return static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), point) -
                                    bounds.begin());
  };
  for (const Permission& permission : permissions_) {
    for (const ServiceSet::Segment& segment : permission.services->segments()) {
      for (std::size_t i = number_of(segment.first); i < number_of(segment.last + 1); ++i) {
        blocks[i].insert(blocks[i].end(), permission.blocks.begin(), permission.blocks.end());
      }
    }
  }
  std::string text;
  IpSet last;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    IpSet addresses(blocks[i]);
    if (addresses == last) {
      continue;  // neighbours alike are one
    }
    fmt::format_to(std::back_inserter(text), "|{}:", bounds[i]);
    write_ranges(text, addresses);
    last = std::move(addresses);
  }
  return text + names_text();
}

}  // namespace portolan::checks
