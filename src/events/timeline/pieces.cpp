#include "events/timeline/pieces.h"

#include <utility>

namespace portolan::events {

namespace {

/// The peer that both have; blocks are one in the other, or apart.
std::optional<RulePeer> common_peer(const RulePeer& a, const RulePeer& b) {
  const auto* const x = std::get_if<IpPrefix>(&a);
  const auto* const y = std::get_if<IpPrefix>(&b);
  if (x != nullptr && y != nullptr) {
    if (x->overlaps(*y)) {
      return x->length() >= y->length() ? *x : *y;
    }
    return std::nullopt;
  }
  return peer_text(a) == peer_text(b) ? std::optional(a) : std::nullopt;
}

}  // namespace

RulePeer parse_peer_text(const std::string& text) {
  if (const auto block = IpPrefix::parse(text)) {
    return *block;
  }
  if (text.starts_with("pl-")) {
    return PrefixListId{text};
  }
  return GroupReference{.group = {text}};
}

std::optional<Piece> common(const Piece& a, const Piece& b) {
  ServiceSet services = a.services.intersected(b.services);
  const auto peer = common_peer(a.peer, b.peer);
  if (services.empty() || !peer) {
    return std::nullopt;
  }
  return Piece{std::move(services), *peer};
}

std::vector<Piece> without(const Piece& a, const Piece& b) {
  const auto shared = common(a, b);
  if (!shared) {
    return {a};
  }
  std::vector<Piece> rest;
  if (ServiceSet services = a.services.without(b.services); !services.empty()) {
    rest.push_back({std::move(services), a.peer});
  }
  if (const auto* block = std::get_if<IpPrefix>(&a.peer)) {
    const IpSet outside = IpSet({*block}).without(IpSet({std::get<IpPrefix>(shared->peer)}));
    for (const IpPrefix& each : outside.prefixes()) {
      rest.push_back({shared->services, each});
    }
  }
  return rest;
}

}  // namespace portolan::events
