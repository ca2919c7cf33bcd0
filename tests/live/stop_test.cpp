#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "tests/support/fault_server.h"
#include "tests/support/random.h"

// Crawls that are ended at any moment, in a friendly way or not: the folder holds whole files only,
// and says that it is not all there is.

namespace portolan::live {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// An account whose answers take a moment.
Reply slow_answer(const Asked& asked) {
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const std::string inside =
      asked.action == "GetCallerIdentity" ? "<Account>123456789012</Account>"
      : asked.action == "AssumeRole"
          ? "<Credentials><AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>a-secret-of-a-role"
            "</SecretAccessKey><SessionToken>a-token-of-a-role</SessionToken></Credentials>"
          : "";
  return {.body = fmt::format("<{0}Response><{0}Result>{1}</{0}Result></{0}Response>", asked.action,
                              inside)};
}

using Words = std::vector<std::string>;

pid_t start_collect(const FaultServer& server, const std::string& folder, const Words& more) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> words = {PORTOLAN_BINARY, "collect",  "--region",  "eu-west-1",
                                    "--service",     "rds",      "--service", "elb",
                                    "--service",     "redshift", "--service", "elasticache",
                                    "--service",     "sns",      "-o",        folder};
  words.insert(words.end(), more.begin(), more.end());
  std::vector<std::string> settings = {
      "AWS_ENDPOINT_URL=" + server.url(), "AWS_ACCESS_KEY_ID=AKIDEXAMPLE",
      "AWS_SECRET_ACCESS_KEY=a-very-secret-key", "AWS_CONFIG_FILE=/nonexistent",
      "AWS_SHARED_CREDENTIALS_FILE=/nonexistent"};
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) {
      result.push_back(text.data());
    }
    result.push_back(nullptr);
    return result;
  };
  pid_t child = 0;
  EXPECT_EQ(posix_spawn(&child, PORTOLAN_BINARY, &actions, nullptr, pointers(words).data(),
                        pointers(settings).data()),
            0);
  posix_spawn_file_actions_destroy(&actions);
  return child;
}

/// The files that a reader of the folder looks at; each has to be whole.
int count_whole(const std::string& folder) {
  int count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".json") {
      std::ifstream file(entry.path());
      boost::system::error_code error;
      json::parse(std::string(std::istreambuf_iterator<char>(file), {}), error);
      EXPECT_FALSE(error) << entry.path();
      ++count;
    }
  }
  return count;
}

bool says_unfinished(const std::string& folder) {
  const auto read = collect::load(folder, {});
  if (!read) {
    return false;
  }
  for (const Gap& gap : read->snapshot.gaps()) {
    if (gap.code == "collection_unfinished") {
      return true;
    }
  }
  return false;
}

/// How many calls a manifest lists that says it is complete; 0 if it does not, or is not there.
std::size_t complete_calls(const std::string& folder) {
  std::ifstream file(folder + "/portolan-manifest.json");
  boost::system::error_code error;
  const json::value value =
      json::parse(std::string(std::istreambuf_iterator<char>(file), {}), error);
  if (error) {
    return 0;
  }
  const json::object& manifest = value.at("PortolanManifest").as_object();
  return manifest.at("Complete").as_bool() ? manifest.at("Calls").as_array().size() : 0;
}

/// Ends crawls with the signal at moments over the time that one takes; returns how many it hit.
int end_crawls(int signal, int times, const Words& more = {}) {
  const FaultServer server(slow_answer);
  std::string base = (fs::temp_directory_path() / "portolan-stop-XXXXXX").string();
  EXPECT_NE(mkdtemp(base.data()), nullptr);
  const pid_t undisturbed = start_collect(server, base + "/whole", more);
  EXPECT_EQ(waitpid(undisturbed, nullptr, 0), undisturbed);
  const std::size_t all_calls = complete_calls(base + "/whole");
  EXPECT_GT(all_calls, 0U);
  tests::Random random(17);
  int longest_ms = 400;
  int ended = 0;
  for (int i = 0; i < times; ++i) {
    const std::string folder = fmt::format("{}/{}", base, i);
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = start_collect(server, folder, more);
    std::this_thread::sleep_for(std::chrono::milliseconds(random.between(0, longest_ms)));
    kill(child, signal);
    int status = 0;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    // What is killed after its last word was whole.
    const std::size_t calls = complete_calls(folder);
    EXPECT_TRUE(calls == 0 || calls == all_calls) << i;
    const bool was_hit = calls == 0 && (WIFSIGNALED(status) || says_unfinished(folder));
    if (!was_hit) {
      const auto took = std::chrono::steady_clock::now() - start;
      longest_ms =
          static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()) + 1;
    }
    ended += was_hit ? 1 : 0;
    if (fs::exists(folder) && count_whole(folder) > 0 && was_hit) {
      EXPECT_TRUE(says_unfinished(folder)) << i;
    }
  }
  fs::remove_all(base);
  return ended;
}

TEST(Stop, by_a_kill_leaves_whole_files_and_says_so) { EXPECT_GT(end_crawls(SIGKILL, 30), 5); }

TEST(Stop, by_the_user_leaves_whole_files_and_says_so) { EXPECT_GT(end_crawls(SIGINT, 10), 1); }

/// Three accounts, entered by a role.
TEST(Stop, amid_a_sweep_leaves_whole_files_and_says_so) {
  const Words sweep = {"--account", "111122223333", "--account", "222233334444",
                       "--account", "333344445555", "--role",    "portolan"};
  EXPECT_GT(end_crawls(SIGKILL, 20, sweep), 5);
  EXPECT_GT(end_crawls(SIGINT, 10, sweep), 1);
}

}  // namespace

}  // namespace portolan::live
