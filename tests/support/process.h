#pragma once

#include <map>
#include <string>
#include <vector>

/// Runs programs for tests and keeps what they wrote.
namespace portolan::test {

struct Command {
  std::vector<std::string> arguments;              // the program first
  std::string folder = ".";                        // where it runs
  std::map<std::string, std::string> environment;  // all of it
};

struct Outcome {
  std::string out;
  std::string errors;
  int code = -1;  // 128 + signal if a signal ended it, as shells say
};

/// Runs to the end, with nothing on standard input. A program that cannot start ends with 127.
Outcome run(const Command& command);

/// The environment for programs under test: PATH with the folder of portolan in front, UTF-8, and
/// nothing else of the machine.
std::map<std::string, std::string> plain_environment();

}  // namespace portolan::test
