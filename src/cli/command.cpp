#include "cli/command.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/commands/commands.h"
#include "core/text.h"

namespace portolan::cli {
namespace {

constexpr std::array kCommands = {&kCollect, &kReach,   &kConnections, &kWho,         &kDiff,
                                  &kVerify,  &kServe,   &kAudit,       &kTrail,       &kHistory,
                                  &kChecks,  &kExplain, &kHelp,        &kCompletions, &kMan};

constexpr std::array<std::string_view, 3> kColourChoices = {"auto", "always", "never"};

constexpr std::array kSourceOptions = {
    Option{
        .name = "source",
        .letter = 's',
        .value = "SOURCE",
        .summary =
            "folder of AWS CLI `describe-*` JSON, also one folder per account and region; such a "
            "folder in a bucket, s3://BUCKET/FOLDER; or the account itself, aws:PROFILE; default: "
            "$PORTOLAN_SOURCE",
        .completes = Completes::Folder},
    Option{.name = "account",
           .value = "ACCOUNT",
           .summary = "account of documents that do not tell theirs"},
    Option{.name = "region",
           .value = "REGION",
           .summary = "region of documents that do not tell theirs"},
};

constexpr std::array kSharedOptions = {
    Option{.name = "color",
           .value = "WHEN",
           .summary = "colour on a terminal, always or never; NO_COLOR is honoured; default: auto",
           .completes = Completes::Choice,
           .choices = kColourChoices},
    Option{
        .name = "quiet",
        .letter = 'q',
        .summary = "no progress and no list of problems in the input; the exit code still tells"},
    Option{.name = "help", .letter = 'h', .summary = "show this help"},
};

}  // namespace

bool Invocation::has(std::string_view option) const { return options.contains(option); }

std::string Invocation::value(std::string_view option, std::string_view otherwise) const {
  const auto found = options.find(option);
  return std::string(found == options.end() || found->second.empty() ? otherwise
                                                                     : found->second.back());
}

std::vector<std::string> Invocation::values(std::string_view option) const {
  const auto found = options.find(option);
  return found == options.end() ? std::vector<std::string>{} : found->second;
}

std::string Invocation::word(std::size_t index) const {
  return index < words.size() ? words[index] : std::string{};
}

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> result(command.options.begin(), command.options.end());
  if (command.reads_source) {
    result.insert(result.end(), kSourceOptions.begin(), kSourceOptions.end());
  }
  result.insert(result.end(), kSharedOptions.begin(), kSharedOptions.end());
  return result;
}

std::span<const Command* const> all_commands() { return kCommands; }

const Command* find_command(std::string_view name) {
  const auto* const found = std::find_if(kCommands.begin(), kCommands.end(),
                                         [&](const Command* each) { return each->name == name; });
  return found == kCommands.end() ? nullptr : *found;
}

std::string command_advice(std::string_view word) {
  std::vector<std::string> names;
  for (const Command* command : kCommands) {
    names.emplace_back(command->name);
  }
  const std::vector<std::string> near = suggestions(word, names);
  return near.empty() ? "`portolan help` lists all"
                      : fmt::format("did you mean `{}`", fmt::join(near, "` or `"));
}

}  // namespace portolan::cli
