#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "collect/collect.h"

namespace portolan::packets {

/// What came out of one network.
struct Verdicts {
  std::size_t hosts = 0;
  std::size_t questions = 0;  // from, to, service
  std::size_t attempts = 0;   // of each question one, or one for each client port
  std::size_t passed = 0;     // attempts
  std::size_t depends = 0;    // questions with this answer
  std::size_t unknown = 0;    // questions that trace leaves open: the kernel settles nothing there
  std::vector<std::string> disagreements;
};

/// Builds the network of some documents in the kernel, tries all connections between its hosts and
/// some of the internet, and compares with what `reach::trace` says of the network of others, which
/// are the same unless a test wants them to disagree. Fails the test at hand if the network cannot
/// be built.
Verdicts judge(const std::vector<collect::Document>& built,
               const std::vector<collect::Document>& asked);

}  // namespace portolan::packets
