#pragma once

#include <vector>

#include <boost/json.hpp>

#include "server/estate.h"

/// Private to the module.
namespace portolan::server {

/// What a change did, as `docs/API.md` says of `/events`.
boost::json::object change_event(const Estate& before, const Estate& after,
                                 const std::vector<Change>& changes, const Cause& cause);

}  // namespace portolan::server
