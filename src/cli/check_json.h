#pragma once

#include <boost/json.hpp>

#include "checks/check.h"

namespace portolan::cli {

/// `id`, `title`, `risk`, `resources`, `why`, `fix`, `references`.
boost::json::object check_json(const checks::Check& check);

}  // namespace portolan::cli
