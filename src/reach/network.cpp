#include "reach/network_index.h"
#include "reach/reach.h"

namespace portolan::reach {

Network::Network(const Snapshot& snapshot)
    : snapshot_(&snapshot), index_(std::make_shared<const NetworkIndex>(snapshot)) {}
Network::Network(const Network& before, const Snapshot& after, const RowChanges& rows)
    : snapshot_(&after),
      index_(std::make_shared<const NetworkIndex>(before.index(), after, rows)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

Network build(const Snapshot& snapshot) { return Network(snapshot); }

std::string Place::text() const {
  if (!address) {
    return id;
  }
  return id.empty() ? address->text() : id + " (" + address->text() + ")";
}

}  // namespace portolan::reach
