// `portolan serve` as a user runs it.

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <set>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/server/running.h"
#include "tests/support/process.h"

namespace portolan::test {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

/// A folder that goes with the test.
struct Folder {
  fs::path path;

  Folder() : path(fs::temp_directory_path() / fmt::format("portolan-serve-{}", getpid())) {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
};

/// `portolan serve` in a process of its own, with the token read from its file.
class Served {
 public:
  Served(std::vector<std::string> arguments, const fs::path& folder)
      : out_(folder / "out"), token_file_(folder / "token") {
    arguments.insert(arguments.begin(), {PORTOLAN_BINARY, "serve"});
    for (const char* more : {"--port", "0", "--api-only", "--token-file"}) {
      arguments.emplace_back(more);
    }
    arguments.push_back(token_file_);
    std::vector<char*> words;
    for (std::string& each : arguments) {
      words.push_back(each.data());
    }
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out_.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn(&process_, words.front(), &actions, nullptr, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    for (int i = 0; i < 600 && !is_ready(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;
  ~Served() {
    if (process_ > 0) {
      end(SIGKILL);
    }
  }

  [[nodiscard]] std::string printed() const { return read(out_); }
  [[nodiscard]] std::string token() const { return token_; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::vector<std::string> headers() const {
    return {fmt::format("Host: 127.0.0.1:{}", port_), "Authorization: Bearer " + token_};
  }
  [[nodiscard]] json::value get(const std::string& path) const {
    std::vector<std::string> lines = headers();
    lines.emplace_back("Accept: application/json");
    return json::parse(ask(port_, "GET", "/api/v1" + path, lines).body);
  }
  /// The exit code, or 128 + the signal that ended it.
  int end(int signal) {
    kill(process_, signal);
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

 private:
  static std::string read(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool is_ready() {
    constexpr std::string_view start = "http://127.0.0.1:";
    const std::string text = printed();
    const std::size_t found = text.find(start);
    if (text.find("Ctrl-C") == std::string::npos || found == std::string::npos) {
      return false;
    }
    port_ = static_cast<std::uint16_t>(std::atoi(text.c_str() + found + start.size()));
    token_ = read(token_file_);
    token_ = token_.substr(0, token_.find('\n'));
    return true;
  }

  fs::path out_;
  fs::path token_file_;
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  std::string token_;
};

TEST(ServeCommand, PrintsAnAddressWithACodeAndKeepsTheTokenInAFileOfTheUserAlone) {
  const Folder folder;
  Served served({std::string(kHarbor)}, folder.path);
  const std::string printed = served.printed();
  EXPECT_NE(printed.find("/#code="), std::string::npos) << printed;
  EXPECT_EQ(printed.find(served.token()), std::string::npos);
  struct stat status = {};
  ASSERT_EQ(stat((folder.path / "token").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(served.token().size(), 64U);
  EXPECT_EQ(served.get("/meta").at("source").as_string(), kHarbor);
  EXPECT_EQ(ask(served.port(), "GET", "/", served.headers()).status, 503);  // --api-only
  EXPECT_EQ(served.end(SIGTERM), 0);
  EXPECT_FALSE(fs::exists(folder.path / "token"));
}

TEST(ServeCommand, EndsWellOnCtrlCAlsoWithListeners) {
  const Folder folder;
  Served served({std::string(kHarbor)}, folder.path);
  Connection listener(served.port());
  listener.send(fmt::format("GET /api/v1/events HTTP/1.1\r\n{}\r\n{}\r\n\r\n", served.headers()[0],
                            served.headers()[1]));
  listener.read_until("beat");
  EXPECT_EQ(served.end(SIGINT), 0);
  EXPECT_TRUE(listener.is_closed_within(5));
}

TEST(ServeCommand, AChangedFolderIsTold) {
  const Folder folder;
  const fs::path source = folder.path / "source";
  fs::copy(kHarbor, source, fs::copy_options::recursive);
  Served served({source, "--watch"}, folder.path);
  const std::string group(
      served.get("/groups").at("groups").as_array().front().at("key").as_string());
  Connection listener(served.port());
  listener.send(fmt::format("GET /api/v1/events HTTP/1.1\r\n{}\r\n{}\r\n\r\n", served.headers()[0],
                            served.headers()[1]));
  listener.read_until("beat\ndata: {}\n\n");
  const std::string before(served.get("/meta").at("snapshot").as_string());

  std::string changed;
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".json") {
      continue;
    }
    std::ifstream file(entry.path());
    std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::size_t found = text.find("0.0.0.0/0\"");
    if (found != std::string::npos && text.find("\"SecurityGroups\"") != std::string::npos) {
      text.replace(found, 9, "0.0.0.0/1");
      std::ofstream(entry.path()) << text;
      changed = entry.path();
      break;
    }
  }
  ASSERT_FALSE(changed.empty()) << "no block to change in " << source;
  const auto start = std::chrono::steady_clock::now();
  const std::string text = listener.read_until("event: change", 120);  // past the beats
  const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  RecordProperty("milliseconds", static_cast<int>(passed.count()));
  EXPECT_NE(text.find("event: change"), std::string::npos) << text;
  EXPECT_NE(served.get("/meta").at("snapshot").as_string(), before);
  EXPECT_EQ(served.end(SIGTERM), 0);
}

TEST(ServeCommand, FollowsWhoThereIs) {
  const Folder folder;
  const fs::path source = folder.path / "source";
  fs::copy(kHarbor, source, fs::copy_options::recursive);
  Served served({source, "--watch"}, folder.path);
  const std::string group = "/who/sg-0c82620822a2add7a";
  EXPECT_NE(json::serialize(served.get(group)).find("user/contractor"), std::string::npos);
  Connection listener(served.port());
  listener.send(fmt::format("GET /api/v1/events HTTP/1.1\r\n{}\r\n{}\r\n\r\n", served.headers()[0],
                            served.headers()[1]));
  listener.read_until("beat\ndata: {}\n\n");
  const fs::path path = source / "123456789012" / "iam-get-account-authorization-details.json";
  std::string text;
  {
    std::ifstream file(path);
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  const std::size_t found = text.find(":user/contractor");
  ASSERT_NE(found, std::string::npos);
  text.replace(found, 16, ":user/visitor");
  std::ofstream(path) << text;
  listener.read_until("event: change", 120);  // past the beats
  const std::string now = json::serialize(served.get(group));
  EXPECT_NE(now.find("user/visitor"), std::string::npos);
  EXPECT_EQ(now.find("user/contractor"), std::string::npos);
  EXPECT_EQ(served.end(SIGTERM), 0);
}

constexpr std::string_view kShop = PORTOLAN_SOURCE_DIR "/tests/cli/estates/shop";
constexpr std::string_view kShopLogs = PORTOLAN_SOURCE_DIR "/tests/cli/logs/shop";

/// What `portolan diff` says of the shop.
json::object printed_difference(const std::string& from, const std::string& to) {
  const Outcome outcome =
      run({.arguments = {PORTOLAN_BINARY, "diff", "-s", std::string(kShop), "--taken",
                         "2026-05-04T09:00:00Z", "--logs", std::string(kShopLogs), "--at", from,
                         "--at", to, "--json", "--quiet"},
           .environment = plain_environment()});
  return json::parse(outcome.out).as_object();
}

TEST(ServeCommand, TwoMomentsDifferAsDiffSays) {
  const Folder folder;
  Served served(
      {std::string(kShop), "--logs", std::string(kShopLogs), "--taken", "2026-05-04T09:00:00Z"},
      folder.path);
  EXPECT_TRUE(served.get("/meta").at("can").at("at").as_bool());
  std::size_t changed = 0;
  // Back and forth, so that moments are made from each other as well.
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
           {"2026-05-03T14:02:00Z", "2026-05-03T14:03:00Z"},
           {"2026-05-03T14:02:00Z", "2026-05-03T14:12:00Z"},
           {"2026-05-03T11:59:59Z", "2026-05-03T14:12:00Z"},
           {"2026-05-03T14:05:00Z", "2026-05-03T15:30:00Z"},
           {"2026-05-03T11:59:59Z", "2026-05-04T09:00:00Z"},
           {"2026-05-03T15:30:00Z", "2026-05-04T08:00:00Z"}}) {
    const json::value told = served.get("/difference?from=" + escaped(from) + "&to=" + escaped(to));
    for (const auto& member : printed_difference(from, to)) {
      const json::array& list = member.value().as_array();
      EXPECT_EQ(json::serialize(told.at(member.key())), json::serialize(list))
          << from << " " << to << " " << member.key_c_str();
      EXPECT_EQ(told.at(std::string(member.key()) + "_total"), list.size());
      changed += list.size();
    }
  }
  EXPECT_GT(changed, 5U);
  // Without an end, against what is served, which is of that moment.
  const json::value until_now = served.get("/difference?from=" + escaped("2026-05-03T11:59:59Z"));
  EXPECT_TRUE(until_now.at("to").is_null());
  EXPECT_EQ(until_now.at("opened"),
            printed_difference("2026-05-03T11:59:59Z", "2026-05-04T09:00:00Z").at("opened"));
  EXPECT_EQ(served.end(SIGTERM), 0);
}

/// What the internet reaches for sure at that moment, as `portolan connections` says it.
std::set<std::string> printed_exposure(const std::string& at) {
  const Outcome outcome =
      run({.arguments = {PORTOLAN_BINARY, "connections", "-s", std::string(kShop), "--taken",
                         "2026-05-04T09:00:00Z", "--logs", std::string(kShopLogs), "--at", at,
                         "--exposed", "--json", "--quiet"},
           .environment = plain_environment()});
  const json::value told = json::parse(outcome.out);
  std::set<std::string> reached;
  for (const json::value& row : told.at("connections").as_array()) {
    for (const json::value& target : row.at("targets").as_array()) {
      if (row.at("services").as_string() != "none") {
        reached.insert(std::string(target.as_string()));
      }
    }
  }
  return reached;
}

TEST(ServeCommand, AMomentIsDrawnAsItWas) {
  const Folder folder;
  Served served(
      {std::string(kShop), "--logs", std::string(kShopLogs), "--taken", "2026-05-04T09:00:00Z"},
      folder.path);
  std::set<std::set<std::string>> seen;
  for (const char* at : {"2026-05-03T11:59:59Z", "2026-05-03T14:03:00Z", "2026-05-03T14:12:00Z",
                         "2026-05-03T15:30:00Z", "2026-05-04T09:00:00Z"}) {
    std::set<std::string> drawn;
    const json::value chart = served.get("/past?at=" + escaped(at));
    for (const json::value& node : chart.at("nodes").as_array()) {
      if (node.at("kind") == "interface" && (node.at("flags").to_number<int>() & 1) != 0) {
        drawn.insert(std::string(node.at("key").as_string()));
      }
    }
    EXPECT_EQ(drawn, printed_exposure(at)) << at;
    seen.insert(drawn);
  }
  EXPECT_GT(seen.size(), 1U);
  const json::value hash = served.get("/meta").at("snapshot");
  EXPECT_EQ(served.get("/past?at=" + escaped("2026-05-04T09:00:00Z")),
            served.get("/snapshot/" + std::string(hash.as_string())))
      << "what is served is of that moment";
  for (const char* wrong : {"/past", "/past?at=yesterday", "/past?at=2026-05-01T00%3A00%3A00Z"}) {
    EXPECT_TRUE(served.get(wrong).as_object().contains("error")) << wrong;
  }
  EXPECT_EQ(served.end(SIGTERM), 0);
}

TEST(ServeCommand, ADifferenceIsCutAndWhatIsNotKnownIsTold) {
  const Folder folder;
  Served served(
      {std::string(kShop), "--logs", std::string(kShopLogs), "--taken", "2026-05-04T09:00:00Z"},
      folder.path);
  const std::string span = "/difference?from=" + escaped("2026-05-03T14:02:00Z") +
                           "&to=" + escaped("2026-05-03T14:03:00Z");
  const json::value told = served.get(span);
  EXPECT_EQ(told.at("opened").as_array().size(), 1U);
  EXPECT_FALSE(told.at("ribbons").as_array().empty());
  EXPECT_TRUE(told.at("ribbons").as_array().front().at("is_open").as_bool());
  EXPECT_EQ(told.at("ribbons_hidden"), 0);
  EXPECT_NE(json::serialize(told.at("gaps")).find("sgr-077"), std::string::npos);
  const json::value cut = served.get(span + "&limit=0");
  EXPECT_TRUE(cut.at("opened").as_array().empty());
  EXPECT_EQ(cut.at("opened_total"), 1);
  for (const char* wrong :
       {"/difference", "/difference?from=yesterday", "/difference?from=2026-05-01T00%3A00%3A00Z",
        "/difference?from=2026-05-03T14%3A02%3A00Z&to=2026-05-03T14%3A01%3A00Z"}) {
    const Answer answer =
        ask(served.port(), "GET", "/api/v1" + std::string(wrong), served.headers());
    EXPECT_EQ(answer.status, 400) << wrong;
  }
  EXPECT_EQ(served.end(SIGTERM), 0);
}

TEST(ServeCommand, SaysWhatIsWrong) {
  const auto complaint = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {PORTOLAN_BINARY, "serve", std::string(kHarbor)});
    const Outcome outcome =
        run({.arguments = std::move(arguments), .environment = plain_environment()});
    EXPECT_EQ(outcome.code, 2);
    return outcome.errors;
  };
  EXPECT_NE(complaint({"--api-only", "--listen", "0.0.0.0"}).find("ssh -L"), std::string::npos);
  EXPECT_NE(complaint({"--api-only", "--port", "70000"}).find("--port"), std::string::npos);
  EXPECT_NE(complaint({"--api-only", "--speed", "2"}).find("--replay"), std::string::npos);
  EXPECT_NE(complaint({"--api-only", "--taken", "2026-05-04T09:00:00Z"}).find("--logs"),
            std::string::npos);
  EXPECT_NE(complaint({"--api-only", "--watch", "--replay", "x"}).find("not both"),
            std::string::npos);
}

TEST(ServeCommand, WithoutAConsoleSaysWhatIsMissing) {
  const Folder folder;
  auto environment = plain_environment();
  environment["PORTOLAN_CONSOLE_FOLDER"] = folder.path;
  const Outcome outcome = run({.arguments = {PORTOLAN_BINARY, "serve", std::string(kHarbor)},
                               .environment = std::move(environment)});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_NE(outcome.errors.find("PORTOLAN_CONSOLE_FOLDER"), std::string::npos) << outcome.errors;
  EXPECT_TRUE(outcome.out.empty()) << outcome.out;
}

}  // namespace
}  // namespace portolan::test
