#pragma once

#include <string>

#include "cli/command.h"
#include "cli/terminal.h"

namespace portolan::cli {

/// What Portolan is, its commands, examples and exit codes.
std::string overview_text(const Style& style);

/// All about one command.
std::string help_text(const Command& command, const Style& style);

}  // namespace portolan::cli
