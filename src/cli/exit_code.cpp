#include "cli/exit_code.h"

namespace portolan::cli {

ExitCode exit_code(const Events& events) {
  if (events.failed) {
    return ExitCode::Failed;
  }
  if (events.bad_input) {
    return ExitCode::Incomplete;
  }
  if (events.found) {
    return ExitCode::Findings;
  }
  return events.unknown ? ExitCode::Incomplete : ExitCode::Clean;
}

}  // namespace portolan::cli
