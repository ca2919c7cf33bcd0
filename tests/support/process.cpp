#include "tests/support/process.h"

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace portolan::test {
namespace {

constexpr int kCannotStart = 127;
constexpr int kSignalBase = 128;

struct Pipe {
  int read_end = -1;
  int write_end = -1;

  Pipe() {
    std::array<int, 2> ends = {-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) == 0) {
      read_end = ends[0];
      write_end = ends[1];
    }
  }
};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) {
    result.push_back(text.data());
  }
  result.push_back(nullptr);
  return result;
}

[[noreturn]] void become(const Command& command, const Pipe& out, const Pipe& errors) {
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> variables;
  for (const auto& [name, value] : command.environment) {
    variables.push_back(name + "=" + value);
  }
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  dup2(out.write_end, STDOUT_FILENO);
  dup2(errors.write_end, STDERR_FILENO);
  if (chdir(command.folder.c_str()) == 0) {
    execvpe(arguments.front().c_str(), pointers_to(arguments).data(),
            pointers_to(variables).data());
  }
  _exit(kCannotStart);
}

/// Takes what there is to read; false at the end.
bool take(int descriptor, std::string& text) {
  std::array<char, 65536> block = {};
  const ssize_t size = read(descriptor, block.data(), block.size());
  if (size > 0) {
    text.append(block.data(), static_cast<std::size_t>(size));
  }
  return size > 0;
}

/// Reads both streams as they come, so that neither can fill up and stop the program.
void take_all(int out, int errors, Outcome& outcome) {
  std::array<pollfd, 2> waited = {pollfd{out, POLLIN, 0}, pollfd{errors, POLLIN, 0}};
  while (waited[0].fd >= 0 || waited[1].fd >= 0) {
    poll(waited.data(), waited.size(), -1);
    if (waited[0].revents != 0 && !take(out, outcome.out)) {
      waited[0].fd = -1;
    }
    if (waited[1].revents != 0 && !take(errors, outcome.errors)) {
      waited[1].fd = -1;
    }
  }
}

}  // namespace

Outcome run(const Command& command) {
  Outcome outcome;
  const Pipe out;
  const Pipe errors;
  const pid_t child = fork();
  if (child == 0) {
    become(command, out, errors);
  }
  close(out.write_end);
  close(errors.write_end);
  take_all(out.read_end, errors.read_end, outcome);
  close(out.read_end);
  close(errors.read_end);
  int status = 0;
  waitpid(child, &status, 0);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalBase + WTERMSIG(status);
  return outcome;
}

std::map<std::string, std::string> plain_environment() {
  const char* const path = std::getenv("PATH");
  return {{"PATH", path == nullptr ? "/usr/bin:/bin" : path}, {"LC_ALL", "C.UTF-8"}};
}

}  // namespace portolan::test
