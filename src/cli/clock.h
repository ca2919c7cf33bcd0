#pragma once

#include "core/time.h"

namespace portolan::cli {

/// What time it is: the only place of the command line that looks at the clock.
Time current_time();

}  // namespace portolan::cli
