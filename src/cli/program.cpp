#include "cli/program.h"

#include <span>
#include <string_view>

#include <fmt/format.h>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/terminal.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

Error no_command(const std::string& word) {
  if (word.starts_with('-')) {
    return {"usage", fmt::format("`{}` stands before the command, options follow it; see "
                                 "`portolan help`",
                                 word)};
  }
  return {"unknown_command", fmt::format("`{}` is no command, {}", word, command_advice(word))};
}

Result<ExitCode> run_command(const Command& command, std::span<const std::string> arguments,
                             Terminal& terminal) {
  const Invocation invocation = TRY(parse(command, arguments));
  const std::string colour = invocation.value("color", "auto");
  terminal.choose_colour(colour == "always"  ? Colour::Always
                         : colour == "never" ? Colour::Never
                                             : Colour::Auto);
  if (invocation.has("quiet")) {
    terminal.be_quiet();
  }
  if (invocation.has("help")) {
    terminal.out.write(help_text(command, terminal.style()));
    return ExitCode::Clean;
  }
  return command.run(invocation, terminal);
}

Result<ExitCode> run(const std::vector<std::string>& arguments, Terminal& terminal) {
  const std::string first = arguments.empty() ? "--help" : arguments.front();
  if (first == "--help" || first == "-h") {
    terminal.out.write(overview_text(terminal.style()));
    return ExitCode::Clean;
  }
  if (first == "--version" || first == "-V") {
    terminal.out.write(fmt::format("portolan {}\n", PORTOLAN_VERSION));
    return ExitCode::Clean;
  }
  const Command* command = find_command(first);
  if (command == nullptr) {
    return tl::unexpected(no_command(first));
  }
  return run_command(*command, std::span(arguments).subspan(1), terminal);
}

/// The context says where, unless the message does already.
std::string text_of(const Error& error) {
  const bool is_said = error.message.find(fmt::format("`{}`", error.context)) != std::string::npos;
  return error.context.empty() || is_said ? error.message
                                          : fmt::format("{}: {}", error.context, error.message);
}

}  // namespace

ExitCode run_program(const std::vector<std::string>& arguments) {
  Terminal terminal;
  const Result<ExitCode> code = run(arguments, terminal);
  terminal.out.flush();
  if (!code) {
    terminal.complain(text_of(code.error()));
    return ExitCode::Failed;
  }
  if (terminal.out.fault()) {
    terminal.complain(text_of(*terminal.out.fault()));
    return ExitCode::Failed;
  }
  return *code;
}

}  // namespace portolan::cli
