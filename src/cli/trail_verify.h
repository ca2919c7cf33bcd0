#pragma once

#include "cli/command.h"
#include "cli/terminal.h"
#include "core/result.h"

namespace portolan::cli {

/// `portolan trail verify FOLDER…`: whether logs are as they were delivered. Errors of
/// `collect::verify_digests`; `usage` without a folder.
Result<ExitCode> verify_trail(const Invocation& invocation, Terminal& terminal);

}  // namespace portolan::cli
