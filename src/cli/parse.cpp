#include "cli/parse.h"

#include <algorithm>
#include <optional>

// CLI11 throws; this file is the only one that sees it.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "core/text.h"

namespace portolan::cli {
namespace {

constexpr std::size_t kWordsMost = 1000;

tl::unexpected<Error> usage(const Command& command, std::string_view problem) {
  return fail("usage", fmt::format("{}; see `portolan help {}`", problem, command.name));
}

/// CLI11 takes every word that begins with a dash for an option, the arrow too, unless a space
/// stands before it.
constexpr std::string_view kArrow = "->";
constexpr std::string_view kShieldedArrow = " ->";

std::string shielded(const std::string& word) {
  return word.starts_with(kArrow) ? " " + word : word;
}

std::string unshielded(const std::string& word) {
  return word.starts_with(kShieldedArrow) ? word.substr(1) : word;
}

bool is_option(const std::string& word) {
  return word.size() > 1 && word.starts_with('-') && !word.starts_with(kArrow);
}

std::string names_of(const Option& option) {
  return option.letter == 0 ? fmt::format("--{}", option.name)
                            : fmt::format("-{},--{}", option.letter, option.name);
}

/// An option of the table and what CLI11 made of it.
struct Declared {
  Option option;
  CLI::Option* parsed = nullptr;
};

std::vector<Declared> declare(const Command& command, CLI::App& app) {
  std::vector<Declared> result;
  for (const Option& option : options_of(command)) {
    CLI::Option* parsed =
        option.value.empty() ? app.add_flag(names_of(option)) : app.add_option(names_of(option));
    parsed->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    parsed->allow_extra_args(false);
    result.push_back({option, parsed});
  }
  return result;
}

/// The advice for an option that does not exist.
std::string unknown_option(const Command& command, std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  std::vector<std::string> known;
  for (const Option& option : options_of(command)) {
    known.push_back(fmt::format("--{}", option.name));
  }
  const std::vector<std::string> near = suggestions(name, known);
  const std::string advice =
      near.empty() ? "" : fmt::format(", did you mean `{}`", fmt::join(near, "` or `"));
  return fmt::format("`{}` is no option of `{}`{}", printable(name), command.name, advice);
}

/// What is wrong with the value of `option`, if anything.
std::optional<std::string> fault_of(const Option& option, const std::string& value) {
  if (option.choices.empty() ||
      std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) {
    return std::nullopt;
  }
  return fmt::format("`--{}` is one of {}, not `{}`", option.name, fmt::join(option.choices, ", "),
                     printable(value));
}

Result<void> check_words(const Command& command, const std::vector<std::string>& words) {
  const auto& arguments = command.arguments;
  const bool is_open_ended = !arguments.empty() && arguments.back().repeats;
  const std::size_t most = is_open_ended ? kWordsMost : arguments.size();
  if (words.size() > most) {
    return usage(command,
                 fmt::format("`{}` does not take `{}`", command.name, printable(words[most])));
  }
  for (std::size_t i = words.size(); i < arguments.size(); ++i) {
    if (arguments[i].is_required) {
      return usage(command, fmt::format("`{}` needs {}", command.name, arguments[i].name));
    }
  }
  for (std::size_t i = 0; i < std::min(words.size(), arguments.size()); ++i) {
    const auto& choices = arguments[i].choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), words[i]) == choices.end()) {
      return usage(command, fmt::format("{} is one of {}, not `{}`", arguments[i].name,
                                        fmt::join(choices, ", "), printable(words[i])));
    }
  }
  return {};
}

Result<Invocation> collect(const Command& command, const std::vector<Declared>& declared) {
  Invocation invocation;
  for (const auto& [option, parsed] : declared) {
    for (const std::string& value : parsed->results()) {
      if (const auto fault = fault_of(option, value)) {
        return usage(command, *fault);
      }
    }
    if (parsed->count() > 0) {
      invocation.options.emplace(option.name, parsed->results());
    }
  }
  return invocation;
}

/// CLI11 says `--format: 1 required TEXT missing`; people know the option, not its type.
std::string message_of(const CLI::ParseError& error) {
  const std::string_view text = error.what();
  const std::string_view name = text.substr(0, text.find(':'));
  return name.starts_with('-') ? fmt::format("`{}` needs a value", printable(name))
                               : printable(text);
}

/// What CLI11 makes of arguments without `--`. Words are all that it did not recognise.
Result<Invocation> parse_until_dashes(const Command& command,
                                      std::span<const std::string> arguments) {
  try {
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    const std::vector<Declared> declared = declare(command, app);
    std::vector<std::string> reversed(arguments.size());  // as CLI11 takes them
    std::transform(arguments.rbegin(), arguments.rend(), reversed.begin(), shielded);
    app.parse(std::move(reversed));

    Invocation invocation = TRY(collect(command, declared));
    for (const std::string& word : app.remaining()) {
      invocation.words.push_back(unshielded(word));
    }
    return invocation;
  } catch (const CLI::ParseError& error) {
    return usage(command, message_of(error));
  } catch (const CLI::Error& error) {
    return usage(command, printable(error.what()));
  }
}

}  // namespace

Result<Invocation> parse(const Command& command, std::span<const std::string> arguments) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  const auto count = static_cast<std::size_t>(end - arguments.begin());
  Invocation invocation = TRY(parse_until_dashes(command, arguments.first(count)));
  if (invocation.has("help")) {
    return invocation;
  }
  for (const std::string& word : invocation.words) {
    if (is_option(word)) {
      return usage(command, unknown_option(command, word));
    }
  }
  if (end != arguments.end()) {
    invocation.words.insert(invocation.words.end(), end + 1, arguments.end());
  }
  if (const auto checked = check_words(command, invocation.words); !checked) {
    return tl::unexpected(checked.error());
  }
  return invocation;
}

}  // namespace portolan::cli
