#pragma once

#include <functional>
#include <map>
#include <vector>

#include "checks/check.h"
#include "model/security_group.h"

/// Private to the module: what the rules of a group open to one peer together.
namespace portolan::checks {

/// The rules of a group that have one peer.
struct PeerRules {
  std::vector<const SecurityGroupRule*> rules;
  ServiceSet services;
};

/// The ingress rules of the group that count, by peer.
std::map<RulePeer, PeerRules> rules_by_peer(
    const SecurityGroup& group, const std::function<bool(const SecurityGroupRule&)>& counts);

/// Completes `finding`, whose message says what is open and to whom, and whose risk is that of what
/// gets in: who of the snapshot does. Latent, and one lower, if nobody does.
Finding judge_peer(const Context& context, Finding finding, const SecurityGroup& group,
                   const RulePeer& peer, const PeerRules& rules);

}  // namespace portolan::checks
