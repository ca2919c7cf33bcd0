#pragma once

#include <string>
#include <string_view>

#include "model/snapshot.h"

/// Private to the module: what was not collected, in words for `Finding::gaps`.
namespace portolan::checks {

/// `the interfaces of 111122223333 eu-west-1 were not collected: ec2 describe-network-interfaces`;
/// empty if that kind of document was read for the owner's account and region.
std::string missing(const Snapshot& snapshot, Noun noun, std::string_view what, const Owned& owned);

/// Why the rules of the group are not known whole; empty if they are.
std::string missing_rules(const Snapshot& snapshot, const SecurityGroup& group);

/// That the group's own document was not read (which `describe-security-group-rules` is not);
/// empty if it was.
std::string missing_document(const SecurityGroup& group);

/// The id of what there is one of for each account and region: `111122223333/eu-west-1`.
std::string place_id(const Owned& owned);

}  // namespace portolan::checks
