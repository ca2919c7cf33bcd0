#pragma once

#include <optional>

#include "reach/tracer.h"

/// Private to the module: the services on an instance's own link.
namespace portolan::reach {

/// The answer if `to` is the resolver, the metadata service, the clock or another link-local
/// address, which neither groups nor NACLs filter; nothing if it is not.
/// SOURCE: VPC guide, "Security groups", "Network ACLs".
std::optional<Outcome> link_local(const Network& network, const End& from, const End& to,
                                  const ServiceSet& services);

}  // namespace portolan::reach
