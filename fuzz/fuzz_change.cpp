// Whatever is typed as a change is read or refused with a reason. What was read is told in a line
// that reads as the same, and it can be applied or is refused with a reason.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "core/assert.h"
#include "model/change_text.h"

namespace {

portolan::Snapshot estate() {
  portolan::Inventory inventory;
  inventory.of<portolan::SecurityGroup>().emplace_back().id = {"sg-1"};
  inventory.of<portolan::SecurityGroup>().back().group_name = "web";
  inventory.of<portolan::NetworkInterface>().emplace_back().id = {"eni-1"};
  inventory.of<portolan::NetworkInterface>().back().addresses = {
      {.private_ip = portolan::IpAddress::v4(0x0a000004),
       .public_ip = portolan::IpAddress::v4(0x01020304),
       .is_primary = true}};
  inventory.of<portolan::NetworkAcl>().emplace_back().id = {"acl-1"};
  inventory.of<portolan::RouteTable>().emplace_back().id = {"rtb-1"};
  inventory.of<portolan::PrefixList>().emplace_back().id = {"pl-1"};
  inventory.of<portolan::VpcPeering>().emplace_back().id = {"pcx-1"};
  return portolan::Snapshot(std::move(inventory));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const portolan::Snapshot kEstate = estate();
  const auto change = portolan::parse_change(kEstate, {reinterpret_cast<const char*>(data), size});
  if (!change) {
    PORTOLAN_ASSERT(!change.error().message.empty());
    return 0;
  }
  const auto again = portolan::parse_change(kEstate, portolan::text(*change));
  PORTOLAN_ASSERT(again.has_value());
  PORTOLAN_ASSERT(*again == *change);
  const std::array changes{*change};
  const auto applied = portolan::apply_changes(kEstate, changes);
  PORTOLAN_ASSERT(applied.has_value() || !applied.error().message.empty());
  return 0;
}
