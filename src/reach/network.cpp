#include "reach/network_index.h"
#include "reach/reach.h"

namespace portolan::reach {

Network::Network(const Snapshot& snapshot)
    : snapshot_(&snapshot), index_(std::make_unique<NetworkIndex>(snapshot)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

Network build(const Snapshot& snapshot) { return Network(snapshot); }

}  // namespace portolan::reach
