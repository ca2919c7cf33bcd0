#pragma once

#include <string>
#include <sys/types.h>
#include <vector>

/// Processes that may be killed at any moment.
namespace portolan::tests {

/// A number out of the environment.
int setting(const char* name, int otherwise);

/// Starts `portolan` with these words; what it prints is lost.
pid_t start(std::vector<std::string> words);

/// Waits for its end. The exit code, or -1 if it was killed.
int exit_code_of(pid_t child);

}  // namespace portolan::tests
