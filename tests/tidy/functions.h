#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <vector>

#include "tests/tidy/source_file.h"

namespace portolan::tidy {

/// A function that a file defines, and the lines from its head to its closing brace.
struct Function {
  std::string name;
  std::size_t first_line = 0;  // from 1
  std::size_t length = 0;

  friend auto operator<=>(const Function&, const Function&) = default;
};

/// The functions of a file: free, members and tests (named `Suite.test`). Lambdas and local classes
/// belong to the function around them.
std::vector<Function> functions_of(const SourceFile& file);

}  // namespace portolan::tidy
