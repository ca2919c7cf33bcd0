#include "cli/clock.h"

#include <chrono>

namespace portolan::cli {

Time current_time() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return Time::from_seconds(std::chrono::duration_cast<std::chrono::seconds>(since_1970).count());
}

}  // namespace portolan::cli
