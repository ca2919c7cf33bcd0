#include <gtest/gtest.h>

#include "tests/support/process.h"

namespace portolan::live {

namespace {

TEST(Tls, counts_with_its_authority_alone_and_goes_through_the_proxy) {
  const auto ran = [](std::vector<std::string> words) {
    return test::run({.arguments = std::move(words), .environment = test::plain_environment()});
  };
  if (ran({"openssl", "version"}).code != 0 || ran({"python3", "--version"}).code != 0) {
    GTEST_SKIP() << "needs openssl and python3";
  }
  const auto outcome = ran({"python3", PORTOLAN_SOURCE_DIR "/tests/live/tls.py", PORTOLAN_BINARY});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.errors;
}

}  // namespace

}  // namespace portolan::live
