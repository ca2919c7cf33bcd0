#include "checks/handed_on.h"

#include <algorithm>

#include "checks/targets.h"

namespace portolan::checks {

HandedOn handed_on(const Context& context) {
  HandedOn handed;
  for (const ServedInterface& served : served_interfaces(context)) {
    const bool is_public = std::any_of(served.balancers.begin(), served.balancers.end(),
                                       [](const auto* one) { return one->may_face_internet(); });
    if (is_public && keeps_client_address(served)) {
      ServiceSet& services = handed[served.interface];
      services = services.united(served.services);
    }
  }
  return handed;
}

}  // namespace portolan::checks
