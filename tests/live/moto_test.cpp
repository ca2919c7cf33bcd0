#include <cstdlib>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/support/process.h"

// The AWS CLI as referee, a moto server as AWS. PORTOLAN_MOTO_ROOT is the folder that
// tests/live/make-root.sh made.

namespace portolan::live {

namespace {

constexpr const char* kFolder = PORTOLAN_SOURCE_DIR "/tests/live/";

TEST(Moto, gives_the_documents_that_the_aws_cli_prints) {
  const char* root = std::getenv("PORTOLAN_MOTO_ROOT");
  if (root == nullptr || ::geteuid() != 0) {
    GTEST_SKIP() << "needs root and PORTOLAN_MOTO_ROOT, made by tests/live/make-root.sh";
  }
  if (test::run({.arguments = {"aws", "--version"}, .environment = test::plain_environment()})
          .code != 0) {
    GTEST_SKIP() << "needs the AWS CLI";
  }
  const auto outcome = test::run(
      {.arguments = {"bash", std::string(kFolder) + "moto.sh", PORTOLAN_BINARY, root, "5683"},
       .environment = test::plain_environment()});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.errors;
}

}  // namespace

}  // namespace portolan::live
