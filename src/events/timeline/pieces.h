#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/security_group.h"

/// Private to the module: rules as sets, to say what of one another leaves.
namespace portolan::events {

/// Services from or to one peer.
struct Piece {
  ServiceSet services;
  RulePeer peer;
  friend bool operator==(const Piece&, const Piece&) = default;
};

/// What `peer_text` wrote, read again.
RulePeer parse_peer_text(const std::string& text);

/// What both have.
std::optional<Piece> common(const Piece& a, const Piece& b);

/// `a` without what `b` has. Exact for services and address blocks; groups and lists are equal or
/// have nothing in common, as their members are not in the rule.
std::vector<Piece> without(const Piece& a, const Piece& b);

}  // namespace portolan::events
