#include "tests/tidy/ratchet.h"

#include <algorithm>
#include <charconv>

#include "tests/tidy/functions.h"

namespace portolan::tidy {

namespace {

constexpr std::string_view kHeader =
    "# Files of more than 700 lines and functions of more than 70, as they are now. They may "
    "shrink, "
    "not grow.\n# Written by PORTOLAN_TIDY_WRITE=1 build/dev/tidy_test\n";

void measure(Ratchet& ratchet, const std::string& key, std::size_t lines, std::size_t limit) {
  if (lines > limit) {
    std::size_t& longest = ratchet[key];  // overloads share a name: the longest counts
    longest = std::max(longest, lines);
  }
}

}  // namespace

Ratchet too_long(const std::vector<SourceFile>& files) {
  Ratchet ratchet;
  for (const SourceFile& file : files) {
    measure(ratchet, "file " + file.path, file.lines.size(), kFileLines);
    for (const Function& function : functions_of(file)) {
      measure(ratchet, "function " + file.path + " " + function.name, function.length,
              kFunctionLines);
    }
  }
  return ratchet;
}

Ratchet parse_ratchet(std::string_view text) {
  Ratchet ratchet;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t space = line.rfind(' ');
    std::size_t lines = 0;
    if (line.starts_with('#') || space == std::string_view::npos) {
      continue;
    }
    std::from_chars(line.data() + space + 1, line.data() + line.size(), lines);
    ratchet.emplace(line.substr(0, space), lines);
  }
  return ratchet;
}

std::string print_ratchet(const Ratchet& ratchet) {
  std::string text(kHeader);
  for (const auto& [key, lines] : ratchet) {
    text += key + " " + std::to_string(lines) + "\n";
  }
  return text;
}

std::vector<std::string> compare(const Ratchet& measured, const Ratchet& excepted) {
  std::vector<std::string> faults;
  for (const auto& [key, lines] : measured) {
    const auto exception = excepted.find(key);
    if (exception == excepted.end()) {
      faults.push_back(key + " is too long: " + std::to_string(lines) + " lines");
    } else if (lines > exception->second) {
      faults.push_back(key + " grew from " + std::to_string(exception->second) + " to " +
                       std::to_string(lines) + " lines");
    }
  }
  for (const auto& [key, lines] : excepted) {
    if (!measured.contains(key)) {
      faults.push_back(key + " is no longer too long: take it out of ratchet.txt");
    }
  }
  return faults;
}

}  // namespace portolan::tidy
