#include <cstdlib>
#include <filesystem>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/support/process.h"

// The AWS CLI as referee, a moto server as AWS. PORTOLAN_MOTO_ROOT is the folder that
// tests/live/make-root.sh made.

namespace portolan::live {

namespace {

const std::string kFolder = PORTOLAN_SOURCE_DIR "/tests/live/";

/// Why a script against moto cannot run here; empty if it can.
std::string obstacle() {
  const char* root = std::getenv("PORTOLAN_MOTO_ROOT");
  if (root == nullptr || ::geteuid() != 0 ||
      !std::filesystem::exists(std::string(root) + "/usr/bin/moto_server")) {
    return "needs root and PORTOLAN_MOTO_ROOT, made by tests/live/make-root.sh";
  }
  const bool has_cli = test::run({.arguments = {"/usr/bin/aws", "--version"},
                                  .environment = test::plain_environment()})
                           .code == 0;
  return has_cli ? "" : "needs the AWS CLI of Debian";
}

void run_script(const std::string& name, const std::string& port) {
  const auto outcome = test::run({.arguments = {"bash", kFolder + name, PORTOLAN_BINARY,
                                                std::getenv("PORTOLAN_MOTO_ROOT"), port},
                                  .environment = test::plain_environment()});
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.errors;
}

TEST(Moto, gives_the_documents_that_the_aws_cli_prints) {
  if (const std::string why = obstacle(); !why.empty()) {
    GTEST_SKIP() << why;
  }
  run_script("moto.sh", "5683");
}

TEST(Moto, lets_a_role_sweep_two_accounts_with_three_regions) {
  if (const std::string why = obstacle(); !why.empty()) {
    GTEST_SKIP() << why;
  }
  run_script("accounts.sh", "5684");
}

TEST(Moto, tells_the_tree_of_an_organization_with_its_policies) {
  if (const std::string why = obstacle(); !why.empty()) {
    GTEST_SKIP() << why;
  }
  run_script("organization.sh", "5685");
}

TEST(Moto, lets_a_role_sweep_an_organization_with_one_closed_account) {
  if (const std::string why = obstacle(); !why.empty()) {
    GTEST_SKIP() << why;
  }
  run_script("sweep.sh", "5710");
}

}  // namespace

}  // namespace portolan::live
