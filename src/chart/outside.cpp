#include "chart/outside.h"

namespace portolan::chart {

bool is_anybody(const IpPrefix& block) {
  return block.length() < (block.family() == IpFamily::V4 ? 8 : 20);
}

bool is_served_by_aws(const IpPrefix& block) {
  static const IpPrefix kLinkLocal(IpAddress::v6(0xFD00'0EC2'0000'0000ULL, 0), 32);
  return kLinkLocal.contains(block);
}

}  // namespace portolan::chart
