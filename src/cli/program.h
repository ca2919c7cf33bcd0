#pragma once

#include <string>
#include <vector>

#include "cli/exit_code.h"

namespace portolan::cli {

/// Runs the command that `arguments` (without the program's name) ask for, on standard streams.
ExitCode run_program(const std::vector<std::string>& arguments);

}  // namespace portolan::cli
