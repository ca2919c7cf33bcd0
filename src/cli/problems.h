#pragma once

#include <cstddef>
#include <string_view>

#include "cli/terminal.h"
#include "core/diagnostics.h"

namespace portolan::cli {

/// Lists the problems of the input on standard error, errors first; beyond `most` only their
/// number, and where to see them: "`portolan audit --format json` lists all".
void list_problems(const Diagnostics& diagnostics, std::size_t most, std::string_view advice,
                   Terminal& terminal);

}  // namespace portolan::cli
