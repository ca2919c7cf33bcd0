#include <map>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/process.h"

// The console in a real browser, on the real server. Each test is a file of node:test beside this
// one.
namespace portolan::test {
namespace {

constexpr int kMissing = 77;  // need.mjs: no Node, no browser, or no console in the program

Outcome node(const std::string& file) {
  std::map<std::string, std::string> environment = plain_environment();
  environment["PORTOLAN_BINARY"] = PORTOLAN_BINARY;
  environment["HOME"] = "/tmp";
  return run({.arguments = {"node", "tests/console/" + file},
              .folder = PORTOLAN_SOURCE_DIR,
              .environment = environment});
}

void passes(const std::string& name) {
  const Outcome need = node("need.mjs");
  if (need.code == kMissing || need.code == 127) {
    GTEST_SKIP() << (need.out.empty() ? "Node.js is not installed" : need.out);
  }
  const Outcome outcome = node(name + ".mjs");
  EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.errors;
}

TEST(Browser, reads_charts_links_streams_and_words) { passes("units"); }
TEST(Browser, cuts_picks_frames_and_labels_the_scene) { passes("scene"); }
TEST(Browser, keeps_the_bundle_small) { passes("bundle"); }
TEST(Browser, shows_the_five_worst_loopholes_and_each_view) { passes("views"); }
TEST(Browser, shows_each_panel_of_what_is_selected) { passes("panels"); }
TEST(Browser, shows_what_the_command_line_answers) { passes("parity"); }
TEST(Browser, is_walked_by_the_keyboard_alone) { passes("keyboard"); }
TEST(Browser, is_accessible_by_the_rules_of_axe) { passes("access"); }
TEST(Browser, stands_without_webgl_and_survives_its_loss) { passes("fallback"); }
TEST(Browser, takes_no_name_for_markup_and_asks_nobody_else) { passes("trust"); }
TEST(Browser, opens_again_at_its_deep_link) { passes("links"); }
TEST(Browser, tells_what_if_as_diff_does) { passes("whatif"); }
TEST(Browser, holds_two_moments_against_each_other) { passes("compare"); }
TEST(Browser, shows_the_five_worst_loopholes_in_few_steps) { passes("hunt"); }
TEST(Browser, shows_a_change_of_the_folder) { passes("live"); }

}  // namespace
}  // namespace portolan::test
