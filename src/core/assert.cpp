#include "core/assert.h"

#include <cstdlib>
#include <string>
#include <unistd.h>

namespace portolan {

void assertion_failed(const char* expression, const char* file, int line) {
  const std::string text = std::string("portolan: internal error: `") + expression +
                           "` does not hold at " + file + ":" + std::to_string(line) + "\n";
  // write(2) rather than a stream: it works in any state of the process.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  std::abort();
}

}  // namespace portolan
