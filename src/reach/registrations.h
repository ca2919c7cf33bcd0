#pragma once

#include <string>
#include <unordered_map>
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

 private:
  [[nodiscard]] std::vector<const NetworkInterface*> interfaces_of(const TargetGroup& group,
                                                                   const Target& target) const;
  void add(const std::vector<const NetworkInterface*>& interfaces, const std::string& text);

  const NetworkIndex& index_;
  std::unordered_map<NetworkInterfaceId, std::string> texts_;
};

}  // namespace portolan::reach
