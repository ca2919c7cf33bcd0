#pragma once

#include <string>
#include <vector>

#include "tools/scenario/scenario.h"

namespace portolan::scenario {

/// An expectation that was not met, or could not be understood: where, and what was found instead.
struct Miss {
  int line = 0;
  std::string message;
};

/// Decodes the inventory of a scenario, asks its questions and compares the answers.
/// Warnings and errors of the decoder that no `diagnostic` line expects are misses too.
std::vector<Miss> judge(const Scenario& scenario);

}  // namespace portolan::scenario
