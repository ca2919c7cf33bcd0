#include <array>

#include "cli/commands/commands.h"
#include "cli/completion.h"
#include "cli/terminal.h"

namespace portolan::cli {
namespace {

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  const std::string shell = invocation.word(0);
  terminal.out.write(shell == "bash"  ? bash_completion()
                     : shell == "zsh" ? zsh_completion()
                                      : fish_completion());
  return ExitCode::Clean;
}

constexpr std::array<std::string_view, 3> kShells = {"bash", "zsh", "fish"};
constexpr std::array<std::string_view, 1> kUsage = {"SHELL"};

constexpr std::array kArguments = {
    Argument{.name = "SHELL",
             .summary = "bash, zsh or fish",
             .completes = Completes::Choice,
             .choices = kShells},
};

constexpr std::array kExamples = {
    Example{"bash, for this shell", "source <(portolan completions bash)"},
    Example{"zsh, for good, into a folder of $fpath",
            "portolan completions zsh > ~/.zfunc/_portolan"},
    Example{"fish, for good",
            "portolan completions fish > ~/.config/fish/completions/portolan.fish"},
};

}  // namespace

const Command kCompletions = {
    .name = "completions",
    .group = "Learn",
    .summary = "print what a shell needs to complete commands, options and check ids",
    .description = "The script goes to standard output; the examples show where to put it.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = {},
    .examples = kExamples,
    .run = run,
};

}  // namespace portolan::cli
