#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.h"
#include "core/result.h"

/// What a command is. Help, shell completions and the man page are derived from these values, so a
/// command is described once.
namespace portolan::cli {

class Terminal;

/// What a shell may offer for a word.
enum class Completes : std::uint8_t { Nothing, Folder, File, Choice, CheckId, CommandName };

/// A word that is no option.
struct Argument {
  std::string_view name;  // in capitals
  std::string_view summary;
  Completes completes = Completes::Nothing;
  std::span<const std::string_view> choices = {};
  bool is_required = true;
  bool repeats = false;  // the last argument only
};

struct Option {
  std::string_view name;        // without dashes
  char letter = 0;              // 0: has no short form
  std::string_view value = {};  // in capitals; empty: a switch
  std::string_view summary = {};
  Completes completes = Completes::Nothing;
  std::span<const std::string_view> choices = {};
  bool repeats = false;  // otherwise the last one counts, so that an alias can be overruled
};

struct Example {
  std::string_view what;
  std::string_view line;  // as typed in a shell
};

/// The arguments as they were typed, sorted by what they are. Nothing is resolved yet.
struct Invocation {
  std::vector<std::string> words;
  std::map<std::string, std::vector<std::string>, std::less<>> options;  // by name

  [[nodiscard]] bool has(std::string_view option) const;
  /// The last value of `option`, or `otherwise`.
  [[nodiscard]] std::string value(std::string_view option, std::string_view otherwise = {}) const;
  [[nodiscard]] std::vector<std::string> values(std::string_view option) const;
  /// The word at `index`, or nothing.
  [[nodiscard]] std::string word(std::size_t index) const;
};

struct Command {
  std::string_view name;
  std::string_view group;                   // heading of the overview that it stands under
  std::string_view summary;                 // one line, begins with a verb
  std::string_view description;             // paragraphs, parted by empty lines
  std::span<const std::string_view> usage;  // what follows the name, one for each way to call it
  std::span<const Argument> arguments;
  std::span<const Option> options;  // its own; `options_of` adds the shared ones
  std::span<const Example> examples;
  bool reads_source = false;
  Result<ExitCode> (*run)(const Invocation& invocation, Terminal& terminal) = nullptr;
};

/// The command's own options, those of a source if it reads one, and those that all have.
std::vector<Option> options_of(const Command& command);

/// All commands, in the order of the overview.
std::span<const Command* const> all_commands();
/// Null if there is no such command.
const Command* find_command(std::string_view name);
/// `did you mean …`, or where to look.
std::string command_advice(std::string_view word);

}  // namespace portolan::cli
