#include "model/security_group.h"

namespace portolan {

std::string peer_text(const RulePeer& peer) {
  if (const auto* block = std::get_if<IpPrefix>(&peer)) {
    return block->text();
  }
  const auto* group = std::get_if<GroupReference>(&peer);
  return group != nullptr ? group->group.value : std::get<PrefixListId>(peer).value;
}

}  // namespace portolan
