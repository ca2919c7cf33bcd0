#include "tests/tidy/rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/text.h"
#include "tests/tidy/words.h"

namespace portolan::tidy {

namespace {

using Names = std::vector<std::string_view>;

bool contains(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// A module, the headers that others may include (empty: all of them), and what it may include.
struct Module {
  std::string_view name;
  std::string_view door;  // or several, with spaces between
  Names below;
  bool is_pure;
};

// clang-format off
const std::array kModules = {
    Module{"core", "", {}, true},
    Module{"model", "", {"core"}, true},
    Module{"reach", "reach/reach.h reach/connections.h reach/connection_map.h reach/difference.h reach/difference_map.h reach/lateral.h reach/moment.h reach/pair_lookup.h", {"model", "core"}, true},
    Module{"iam", "iam/iam.h", {"model", "core"}, true},
    Module{"events", "events/events.h events/network_past.h events/recorded.h", {"model", "core"}, true},
    Module{"checks", "checks/check.h checks/framework.h checks/mute.h checks/policy.h checks/remedy.h checks/standing.h checks/trail.h checks/trail_windows.h", {"reach", "iam", "events", "model", "core"}, true},
    Module{"collect", "collect/bucket_records.h collect/collect.h collect/digests.h collect/live.h collect/logs.h collect/trail_logs.h collect/trail_records.h", {"events", "model", "core"}, false},
    Module{"store", "store/store.h store/trail_store.h", {"events", "model", "core"}, false},
    Module{"report", "report/patch.h report/report.h", {"model", "core"}, true},
    Module{"answers", "", {"report", "checks", "reach", "iam", "events", "model", "core"}, true},
    Module{"chart", "chart/chart.h chart/columns.h chart/details.h chart/export.h chart/matrix.h chart/ribbons.h chart/select.h chart/traffic.h", {"answers", "report", "checks", "reach", "iam", "events", "model", "core"}, true},
    Module{"server", "server/server.h", {"chart", "answers", "report", "checks", "reach", "iam", "events", "model", "core"}, false},
    Module{"cli", "", {"server", "chart", "answers", "report", "store", "collect", "checks", "reach", "iam", "events", "model", "core"}, false},
};
// clang-format on

/// Ends the process on a broken invariant, which no module may do by itself.
constexpr std::string_view kMayAbort = "src/core/assert.cpp";

// clang-format off
const Names kImpureHeaders = {
    "cstdio", "fcntl.h", "filesystem", "fstream", "iostream", "print", "random", "stdio.h",
    "sys/stat.h", "sys/time.h", "syslog.h", "time.h", "unistd.h"};
const Names kImpureCalls = {
    "_Exit", "abort", "exit", "fopen", "fork", "fprintf", "fputs", "getenv", "gmtime", "localtime",
    "popen", "printf", "puts", "rand", "setenv", "srand", "system"};
const Names kImpureWords = {"cerr", "clog", "cout", "ifstream", "ofstream", "random_device"};
// clang-format on

const Module* find_module(std::string_view name) {
  const auto found = std::ranges::find(kModules, name, &Module::name);
  return found == kModules.end() ? nullptr : &*found;
}

std::string breach(const SourceFile& file, std::size_t line, std::string_view what) {
  return file.path + ":" + std::to_string(line + 1) + ": " + std::string(what);
}

/// What stands between `open` and `close` in a line that starts with #include.
std::optional<std::string_view> included(std::string_view line, char open, char close) {
  const std::size_t start = line.find(open);
  if (!line.starts_with("#include") || start == std::string_view::npos) {
    return std::nullopt;
  }
  return line.substr(start + 1, line.find(close, start + 1) - start - 1);
}

/// Why `module` may not include `header`; empty if it may.
std::string include_fault(const Module& module, std::string_view header) {
  const Module* other = find_module(header.substr(0, header.find('/')));
  if (other == nullptr) {
    return "includes start with a module: `" + std::string(header) + "` does not";
  }
  if (other->name == module.name) {
    return {};
  }
  const std::string name(other->name);
  if (!contains(module.below, name)) {
    return std::string(module.name) + " may not include " + name + ", which is not below it";
  }
  const std::vector<std::string_view> doors = portolan::split(other->door, ' ');
  if (!other->door.empty() && std::ranges::find(doors, header) == doors.end()) {
    return name + " is used through its door " + std::string(other->door);
  }
  return {};
}

/// `time(nullptr)` and the like; a member or a type of ours may well be called time.
bool asks_the_clock(const Word& word) {
  static constexpr std::array<std::string_view, 4> kArguments = {"(nullptr", "(NULL", "(0", "(&"};
  const bool is_time = word.text == "time" && word.is_free_call() &&
                       std::ranges::any_of(kArguments, [&](auto argument) {
                         return word.after.starts_with(argument);
                       });
  return is_time || (word.text == "now" && word.before.ends_with("::"));
}

/// `std::print`, `fmt::print`; our own print makes text.
bool prints(const Word& word) {
  return word.text.starts_with("print") &&
         (word.before.ends_with("std::") || word.before.ends_with("fmt::"));
}

/// Why the word has no place in a pure module; empty if it has.
std::string impurity(const Word& word) {
  const bool is_call = word.is_free_call() && contains(kImpureCalls, word.text);
  if (is_call || contains(kImpureWords, word.text) || asks_the_clock(word) || prints(word)) {
    return "pure modules do without `" + std::string(word.text) + "`";
  }
  return {};
}

/// True if what comes after `code` is inside the braces of an initialiser: behind an open brace,
/// no statement between, stands a designator or a comma.
bool is_in_initialiser(std::string_view code) {
  int depth = 0;  // of brackets that are closed before the end
  bool has_comma = false;
  bool is_assigned = false;
  for (std::size_t at = code.size(); at-- > 0;) {
    const char c = code[at];
    if (c == ')' || c == ']' || c == '}') {
      ++depth;
    } else if (depth > 0) {
      depth -= c == '(' || c == '[' || c == '{' ? 1 : 0;
    } else if (c == '{') {
      return has_comma || trimmed(code.substr(at + 1)).starts_with('.');
    } else if (c == ';') {
      return false;
    } else if (c == '(' || c == '[') {
      has_comma = is_assigned = false;  // of the arguments of a call
    } else {
      is_assigned = is_assigned || c == '=';
      has_comma = has_comma || (c == ',' && !is_assigned);  // not that of `pair<A, B> c = TRY(`
    }
  }
  return false;
}

}  // namespace

Breaches check_includes(const SourceFile& file) {
  Breaches breaches;
  const Module* module = find_module(module_of(file.path));
  if (module == nullptr) {
    return {file.path + ": src/" + std::string(module_of(file.path)) + " is no known module"};
  }
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    if (const auto header = included(file.lines[i], '"', '"')) {
      if (const std::string fault = include_fault(*module, *header); !fault.empty()) {
        breaches.push_back(breach(file, i, fault));
      }
    }
  }
  return breaches;
}

Breaches check_purity(const SourceFile& file) {
  Breaches breaches;
  const Module* module = find_module(module_of(file.path));
  if (module == nullptr || !module->is_pure || is_test(file.path) || file.path == kMayAbort) {
    return breaches;
  }
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const auto header = included(file.lines[i], '<', '>');
    if (header && contains(kImpureHeaders, *header)) {
      breaches.push_back(breach(file, i, "pure modules do without <" + std::string(*header) + ">"));
    }
    for (const Word& word : words_of(file.code[i])) {
      if (const std::string fault = impurity(word); !fault.empty()) {
        breaches.push_back(breach(file, i, fault));
      }
    }
  }
  return breaches;
}

Breaches check_language(const SourceFile& file) {
  Breaches breaches;
  const bool is_product = !module_of(file.path).empty() && !is_test(file.path);
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    for (const Word& word : words_of(file.code[i])) {
      if (is_product && word.text == "throw") {
        breaches.push_back(breach(file, i, "errors are values: return a Result"));
      }
      if (word.text == "using" && word.after.starts_with("namespace")) {
        breaches.push_back(breach(file, i, "name what you use instead of `using namespace`"));
      }
    }
  }
  return breaches;
}

Breaches check_initialisers(const SourceFile& file) {
  Breaches breaches;
  std::string before;  // all code in front of the word
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    const std::string_view line = file.code[i];
    for (const Word& word : words_of(line)) {
      const auto column = static_cast<std::size_t>(word.text.data() - line.data());
      if (word.text == "TRY" && is_in_initialiser(before + std::string(line.substr(0, column)))) {
        breaches.push_back(breach(file, i, "a TRY between braces leaks: give it a statement"));
      }
    }
    before += std::string(line) + '\n';
  }
  return breaches;
}

Breaches check_pragma_once(const SourceFile& file) {
  const bool is_header = file.path.ends_with(".h");
  if (is_header && std::ranges::find(file.lines, "#pragma once") == file.lines.end()) {
    return {file.path + ":1: a header needs `#pragma once`"};
  }
  return {};
}

Breaches check_marks(const SourceFile& file) {
  static constexpr std::array<std::string_view, 2> kMarks = {
      "TO"
      "DO",
      "FIX"
      "ME"};
  Breaches breaches;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    for (const Word& word : words_of(file.lines[i])) {
      const bool is_mark = std::ranges::find(kMarks, word.text) != kMarks.end();
      if (is_mark && !word.after.starts_with("(#")) {
        breaches.push_back(breach(file, i, "a mark needs the number of its issue, `(#12)`"));
      }
    }
  }
  return breaches;
}

Breaches check_hosts(const SourceFile& file) {
  // In two parts, for this file is searched too.
  static constexpr std::array<std::array<std::string_view, 2>, 10> kHosts = {{
      {"deb.debian", ".org"},
      {"snapshot.debian", ".org"},
      {"npmjs", ".org"},
      {"yarnpkg", ".com"},
      {"unpkg", ".com"},
      {"jsdelivr", ".net"},
      {"pypi", ".org"},
      {"pythonhosted", ".org"},
      {"crates", ".io"},
      {"golang", ".org"},
  }};
  Breaches breaches;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    for (const auto& [name, domain] : kHosts) {
      const std::string host = std::string(name) + std::string(domain);
      if (file.lines[i].find(host) != std::string::npos) {
        breaches.push_back(breach(file, i, "no package registry is named in the project"));
      }
    }
  }
  return breaches;
}

}  // namespace portolan::tidy
