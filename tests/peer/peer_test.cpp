#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/process.h"

// What `portolan who --requests` decides, held against an evaluator that somebody else wrote.
namespace portolan::test {
namespace {

constexpr int kNoPeer = 77;  // compare.py: no npm, or no network

TEST(Peer, differs_only_in_what_is_judged) {
  const Outcome outcome = run({.arguments = {"python3", "tests/peer/compare.py", PORTOLAN_BINARY,
                                             std::string(PORTOLAN_BINARY) + "-peer"},
                               .folder = PORTOLAN_SOURCE_DIR,
                               .environment = plain_environment()});
  if (outcome.code == kNoPeer || outcome.code == 127) {
    GTEST_SKIP() << "no peer: npm or the network is missing";
  }
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.errors;
  fmt::print("{}", outcome.out);
}

}  // namespace
}  // namespace portolan::test
