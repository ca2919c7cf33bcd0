#include <array>

#include "cli/commands/commands.h"
#include "cli/man_page.h"
#include "cli/terminal.h"

namespace portolan::cli {
namespace {

Result<ExitCode> run(const Invocation& /*invocation*/, Terminal& terminal) {
  terminal.out.write(man_page());
  return ExitCode::Clean;
}

constexpr std::array<std::string_view, 1> kUsage = {""};

constexpr std::array kExamples = {
    Example{"read it", "portolan man | man -l -"},
    Example{"install it", "portolan man > /usr/local/share/man/man1/portolan.1"},
};

}  // namespace

const Command kMan = {
    .name = "man",
    .group = "Learn",
    .summary = "print the manual page",
    .description = "Prints portolan(1) in the format of man.",
    .usage = kUsage,
    .arguments = {},
    .options = {},
    .examples = kExamples,
    .run = run,
};

}  // namespace portolan::cli
