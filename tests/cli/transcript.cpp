#include "tests/cli/transcript.h"

#include <filesystem>
#include <span>

#include <fmt/format.h>

#include "core/text.h"
#include "tests/support/process.h"

namespace portolan::test {
namespace {

constexpr std::string_view kPrompt = "$ ";
constexpr std::string_view kExit = "exit ";
constexpr std::string_view kAnyLines = "…";

std::vector<std::string> lines_of(std::string_view text) {
  if (text.ends_with('\n')) {
    text.remove_suffix(1);
  } else if (text.empty()) {
    return {};
  }
  const auto parts = split(text, '\n');
  return {parts.begin(), parts.end()};
}

bool matches_from(std::span<const std::string> lines, std::span<const std::string> expected) {
  if (expected.empty()) {
    return lines.empty();
  }
  if (expected.front() != kAnyLines) {
    return !lines.empty() && lines.front() == expected.front() &&
           matches_from(lines.subspan(1), expected.subspan(1));
  }
  for (std::size_t skipped = 0; skipped <= lines.size(); ++skipped) {
    if (matches_from(lines.subspan(skipped), expected.subspan(1))) {
      return true;
    }
  }
  return false;
}

}  // namespace

Transcript parse_transcript(std::string_view text) {
  Transcript transcript;
  bool is_inside = false;  // between a command and its `exit`
  int number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    if (is_inside) {
      Step& step = transcript.steps.back();
      if (step.command.ends_with('\\') && step.expected.empty()) {
        step.command += "\n" + line;
        continue;
      }
      step.expected.push_back(line);
      is_inside = !line.starts_with(kExit);
    } else if (line.starts_with(kPrompt)) {
      transcript.steps.push_back({number, line.substr(kPrompt.size()), {}});
      transcript.notes.emplace_back();
      is_inside = true;
    } else {
      (transcript.steps.empty() ? transcript.head : transcript.notes.back()).push_back(line);
    }
  }
  return transcript;
}

std::string text(const Transcript& transcript) {
  std::string out;
  const auto add = [&](const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      out += line + "\n";
    }
  };
  add(transcript.head);
  for (std::size_t i = 0; i < transcript.steps.size(); ++i) {
    out += fmt::format("{}{}\n", kPrompt, transcript.steps[i].command);
    add(transcript.steps[i].expected);
    add(transcript.notes[i]);
  }
  return out;
}

std::vector<std::string> perform(const Step& step) {
  auto environment = plain_environment();
  const std::filesystem::path binary(PORTOLAN_BINARY);
  environment["PATH"] = binary.parent_path().string() + ":" + environment["PATH"];
  const Outcome outcome = run({.arguments = {"sh", "-c", step.command},
                               .folder = PORTOLAN_SOURCE_DIR "/tests/cli",
                               .environment = std::move(environment)});
  std::vector<std::string> lines = lines_of(outcome.out);
  for (const std::string& line : lines_of(outcome.errors)) {
    lines.push_back("! " + line);
  }
  lines.push_back(fmt::format("{}{}", kExit, outcome.code));
  return lines;
}

bool matches(const std::vector<std::string>& lines, const std::vector<std::string>& expected) {
  return matches_from(lines, expected);
}

}  // namespace portolan::test
