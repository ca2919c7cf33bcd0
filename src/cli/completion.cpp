#include "cli/completion.h"

#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "checks/check.h"
#include "cli/command.h"

namespace portolan::cli {
namespace {

/// The words that may stand for a value, or none if it is a file or free text.
std::vector<std::string> words_of(Completes completes, std::span<const std::string_view> choices) {
  std::vector<std::string> words;
  switch (completes) {
    case Completes::Choice:
      words.assign(choices.begin(), choices.end());
      break;
    case Completes::CheckId:
      for (const checks::Check* check : checks::all_checks()) {
        words.emplace_back(check->id);
      }
      break;
    case Completes::CommandName:
      for (const Command* command : all_commands()) {
        words.emplace_back(command->name);
      }
      break;
    case Completes::Nothing:
    case Completes::Folder:
    case Completes::File:
      break;
  }
  return words;
}

std::string spaced(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

/// `text` in single quotes, with `escape` in place of those inside.
std::string quoted(std::string_view text, std::string_view escape) {
  std::string result = "'";
  for (const char letter : text) {
    if (letter == '\'') {
      result += escape;
    } else {
      result += letter;
    }
  }
  return result + "'";
}

// --- bash ---

std::string bash_reply(Completes completes, std::span<const std::string_view> choices) {
  switch (completes) {
    case Completes::Folder:
      return "_portolan_paths -d";
    case Completes::File:
      return "_portolan_paths -f";
    case Completes::Nothing:
      return ":";
    case Completes::Choice:
    case Completes::CheckId:
    case Completes::CommandName:
      break;
  }
  return fmt::format("_portolan_words \"{}\"", spaced(words_of(completes, choices)));
}

/// The cases of the word after an option that takes a value.
void add_bash_values(std::string& out, const Command& command) {
  for (const Option& option : options_of(command)) {
    if (!option.value.empty()) {
      const std::string letter =
          option.letter == 0 ? "" : fmt::format("|\"{} -{}\"", command.name, option.letter);
      fmt::format_to(std::back_inserter(out), "    \"{} --{}\"{}) {}; return ;;\n", command.name,
                     option.name, letter, bash_reply(option.completes, option.choices));
    }
  }
}

void add_bash_words(std::string& out, const Command& command) {
  std::vector<std::string> options;
  for (const Option& option : options_of(command)) {
    options.push_back(fmt::format("--{}", option.name));
  }
  const Argument* first = command.arguments.empty() ? nullptr : &command.arguments.front();
  fmt::format_to(std::back_inserter(out),
                 "    {})\n"
                 "      case \"$current\" in\n"
                 "        -*) _portolan_words \"{}\" ;;\n"
                 "        *) {} ;;\n"
                 "      esac ;;\n",
                 command.name, spaced(options),
                 first == nullptr ? ":" : bash_reply(first->completes, first->choices));
}

// --- zsh ---

/// A summary inside the brackets of `_arguments`.
std::string zsh_summary(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') {
      result += '\\';
    }
    result += letter;
  }
  return result;
}

std::string zsh_action(Completes completes, std::span<const std::string_view> choices) {
  switch (completes) {
    case Completes::Folder:
      return "_files -/";
    case Completes::File:
      return "_files";
    case Completes::Nothing:
      return " ";
    case Completes::Choice:
    case Completes::CheckId:
    case Completes::CommandName:
      break;
  }
  return fmt::format("({})", spaced(words_of(completes, choices)));
}

/// `'*--check[only this]:ID:(a b)'`, once for each form of the option.
void add_zsh_option(std::string& out, const Option& option) {
  const std::string value =
      option.value.empty()
          ? ""
          : fmt::format(":{}:{}", option.value, zsh_action(option.completes, option.choices));
  std::vector<std::string> forms = {fmt::format("--{}", option.name)};
  if (option.letter != 0) {
    forms.push_back(fmt::format("-{}", option.letter));
  }
  for (const std::string& form : forms) {
    const std::string spec = fmt::format("{}{}[{}]{}", option.repeats ? "*" : "", form,
                                         zsh_summary(option.summary), value);
    fmt::format_to(std::back_inserter(out), " \\\n        {}", quoted(spec, "'\\''"));
  }
}

void add_zsh_command(std::string& out, const Command& command) {
  fmt::format_to(std::back_inserter(out), "    {})\n      _arguments", command.name);
  for (const Option& option : options_of(command)) {
    add_zsh_option(out, option);
  }
  for (const Argument& argument : command.arguments) {
    const std::string spec = fmt::format("{}:{}:{}", argument.repeats ? "*" : "", argument.name,
                                         zsh_action(argument.completes, argument.choices));
    fmt::format_to(std::back_inserter(out), " \\\n        {}", quoted(spec, "'\\''"));
  }
  out += " ;;\n";
}

// --- fish ---

std::string fish_quoted(std::string_view text) { return quoted(text, "\\'"); }

/// `-x -a …` for a value or an argument.
std::string fish_action(Completes completes, std::span<const std::string_view> choices) {
  switch (completes) {
    case Completes::Folder:
      return " -x -a '(__fish_complete_directories)'";
    case Completes::File:
      return " -r -F";
    case Completes::Nothing:
      return " -x";
    case Completes::Choice:
    case Completes::CheckId:
    case Completes::CommandName:
      break;
  }
  return fmt::format(" -x -a {}", fish_quoted(spaced(words_of(completes, choices))));
}

void add_fish_command(std::string& out, const Command& command) {
  fmt::format_to(std::back_inserter(out),
                 "complete -c portolan -n __fish_use_subcommand -a {} -d {}\n", command.name,
                 fish_quoted(command.summary));
  const std::string here =
      fmt::format("complete -c portolan -n '__fish_seen_subcommand_from {}'", command.name);
  for (const Option& option : options_of(command)) {
    const std::string letter = option.letter == 0 ? "" : fmt::format(" -s {}", option.letter);
    const std::string action =
        option.value.empty() ? "" : fish_action(option.completes, option.choices);
    fmt::format_to(std::back_inserter(out), "{}{} -l {}{} -d {}\n", here, letter, option.name,
                   action, fish_quoted(option.summary));
  }
  for (const Argument& argument : command.arguments) {
    if (argument.completes != Completes::Nothing) {
      fmt::format_to(std::back_inserter(out), "{}{}\n", here,
                     argument.completes == Completes::File
                         ? " -F"
                         : fish_action(argument.completes, argument.choices));
    }
  }
}

}  // namespace

std::string bash_completion() {
  std::string out =
      "# bash completion for portolan, made by `portolan completions bash`\n"
      "_portolan_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$current\"); }\n"
      "_portolan_paths() {\n"
      "  compopt -o filenames 2>/dev/null\n"
      "  mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$current\")\n"
      "}\n"
      "_portolan() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]}\n"
      "  COMPREPLY=()\n";
  fmt::format_to(std::back_inserter(out),
                 "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                 "    _portolan_words \"{} --help --version\"\n"
                 "    return\n"
                 "  fi\n"
                 "  case \"${{COMP_WORDS[1]}} ${{COMP_WORDS[COMP_CWORD-1]}}\" in\n",
                 spaced(words_of(Completes::CommandName, {})));
  for (const Command* command : all_commands()) {
    add_bash_values(out, *command);
  }
  out += "  esac\n  case \"${COMP_WORDS[1]}\" in\n";
  for (const Command* command : all_commands()) {
    add_bash_words(out, *command);
  }
  return out + "  esac\n}\ncomplete -F _portolan portolan\n";
}

std::string zsh_completion() {
  std::string out =
      "#compdef portolan\n"
      "# zsh completion for portolan, made by `portolan completions zsh`\n"
      "_portolan() {\n"
      "  local -a commands=(\n";
  for (const Command* command : all_commands()) {
    const std::string entry = fmt::format("{}:{}", command->name, zsh_summary(command->summary));
    fmt::format_to(std::back_inserter(out), "    {}\n", quoted(entry, "'\\''"));
  }
  out +=
      "  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local name=$words[2]\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $name in\n";
  for (const Command* command : all_commands()) {
    add_zsh_command(out, *command);
  }
  return out +
         "  esac\n"
         "}\n"
         "if [[ $funcstack[1] == _portolan ]]; then\n"
         "  _portolan \"$@\"\n"
         "else\n"
         "  compdef _portolan portolan\n"
         "fi\n";
}

std::string fish_completion() {
  std::string out =
      "# fish completion for portolan, made by `portolan completions fish`\n"
      "complete -c portolan -f\n";
  for (const Command* command : all_commands()) {
    add_fish_command(out, *command);
  }
  return out;
}

}  // namespace portolan::cli
