#pragma once

#include <span>
#include <string>

#include "cli/command.h"
#include "core/result.h"

namespace portolan::cli {

/// Sorts the arguments that follow the command's name. Error `usage`, with advice where a name is
/// nearly right. Asked for help, it takes everything else as it is.
///
/// Options stand anywhere, as `--name VALUE`, `--name=VALUE`, `-n VALUE` or `-nVALUE`; after `--`
/// everything is a word; so is what begins with the arrow `->`.
Result<Invocation> parse(const Command& command, std::span<const std::string> arguments);

}  // namespace portolan::cli
