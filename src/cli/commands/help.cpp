#include "cli/help.h"

#include <array>

#include <fmt/format.h>

#include "cli/commands/commands.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  const std::string name = invocation.word(0);
  if (name.empty()) {
    terminal.out.write(overview_text(terminal.style()));
    return ExitCode::Clean;
  }
  const Command* command = find_command(name);
  if (command == nullptr) {
    return fail("unknown_command",
                fmt::format("`{}` is no command, {}", printable(name), command_advice(name)));
  }
  terminal.out.write(help_text(*command, terminal.style()));
  return ExitCode::Clean;
}

constexpr std::array<std::string_view, 1> kUsage = {"[COMMAND]"};

constexpr std::array kArguments = {
    Argument{.name = "COMMAND",
             .summary = "the command to tell about; without it, an overview",
             .completes = Completes::CommandName,
             .is_required = false},
};

constexpr std::array kExamples = {
    Example{"all about questions", "portolan help reach"},
};

}  // namespace

const Command kHelp = {
    .name = "help",
    .group = "Learn",
    .summary = "tell about Portolan or one of its commands",
    .description = "The same as `portolan COMMAND --help`.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = {},
    .examples = kExamples,
    .run = run,
};

}  // namespace portolan::cli
