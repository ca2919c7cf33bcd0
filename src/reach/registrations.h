#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "reach/reach.h"

/// Private to the module: which balancers an interface is registered with.
namespace portolan::reach {

/// What balancers know of each interface, as text: interfaces of equal text are registered alike.
class Registrations {
 public:
  explicit Registrations(const Network& network);

  /// Empty if it is registered with none.
  [[nodiscard]] const std::string& of(const NetworkInterface& interface) const;
  /// True if its instance or an address of it stands in some registration, also of one that was
  /// not there when they were read.
  [[nodiscard]] bool name(const NetworkInterface& interface) const;

 private:
  void add(const std::vector<const NetworkInterface*>& interfaces, const std::string& text);

  std::unordered_map<NetworkInterfaceId, std::string> texts_;
  std::unordered_set<std::string> named_;  // ids of instances, and addresses as text
};

}  // namespace portolan::reach
