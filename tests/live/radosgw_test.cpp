#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <unistd.h>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/bucket_records.h"
#include "collect/collect.h"
#include "collect/logs.h"
#include "tests/support/process.h"

// Debian's radosgw as S3 and STS: not ours, and it verifies signatures.

namespace portolan::live {

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string kScript = PORTOLAN_SOURCE_DIR "/tests/live/radosgw.sh";
constexpr const char* kPort = "5690";
constexpr const char* kPortAhead = "5691";

/// Why it cannot run here; empty if it can.
std::string obstacle() {
  for (const char* program : {"/usr/bin/radosgw", "/usr/bin/radosgw-admin", "/usr/bin/ceph-mon",
                              "/usr/bin/ceph-osd", "/usr/bin/aws", "/usr/bin/faketime"}) {
    if (!fs::exists(program)) {
      return std::string("needs ") + program + " of Debian's radosgw, ceph, awscli and faketime";
    }
  }
  return "";
}

/// The servers, as long as it lives.
class Radosgw {
 public:
  Radosgw() {
    std::string folder = (fs::temp_directory_path() / "portolan-radosgw-XXXXXX").string();
    folder_ = ::mkdtemp(folder.data());
    outcome_ = run({"start", folder_, kPort});
  }
  ~Radosgw() {
    ::unsetenv("AWS_PROFILE");
    run({"stop", folder_});
    fs::remove_all(folder_);
  }
  Radosgw(const Radosgw&) = delete;
  Radosgw& operator=(const Radosgw&) = delete;

  [[nodiscard]] const test::Outcome& outcome() const { return outcome_; }

  /// Points this process to the server on the port: with the owner's keys, or by a profile.
  void use(const char* port, const std::string& profile) const {
    const std::string config = folder_ + "/config";
    std::ofstream(config) << "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = "
                             "a-very-secret-key\n[profile reader]\nrole_arn = "
                             "arn:aws:iam:::role/reader\nsource_profile = default\n";
    ::setenv("AWS_CONFIG_FILE", config.c_str(), 1);
    ::setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent", 1);
    ::setenv("AWS_PROFILE", profile.c_str(), 1);
    ::setenv("AWS_REGION", "us-east-1", 1);
    ::setenv("AWS_ENDPOINT_URL", (std::string("http://127.0.0.1:") + port).c_str(), 1);
    ::unsetenv("AWS_ACCESS_KEY_ID");
  }

 private:
  static test::Outcome run(std::vector<std::string> words) {
    words.insert(words.begin(), {"bash", kScript});
    return test::run({.arguments = words, .environment = test::plain_environment()});
  }

  std::string folder_;
  test::Outcome outcome_;
};

/// Names and what stands in them, or the error.
std::map<std::string, std::string> read_all(const std::string& where,
                                            collect::LogOptions options = {}) {
  const auto logs = collect::Logs::open(where, std::move(options));
  if (!logs) {
    return {{logs.error().code, logs.error().message}};
  }
  std::map<std::string, std::string> read;
  collect::LogReader reader(**logs);
  while (const auto log = reader.next()) {
    read[log->name] = log->text;
  }
  for (const Diagnostic& diagnostic : (*logs)->diagnostics().sorted()) {
    read[diagnostic.code] = text(diagnostic);
  }
  return read;
}

void expect_hostile_keys() {
  auto all = read_all("s3://logs");
  EXPECT_EQ(all.size(), 10U);
  EXPECT_EQ(all.erase("dump/123456789012/eu-west-1/v p+c%.json"), 1U);
  for (const auto& [name, body] : all) {
    EXPECT_EQ(name, body);
  }
  EXPECT_EQ(read_all("s3://logs/x").begin()->first, "/y");
  EXPECT_EQ(read_all("s3://logs//").begin()->first, "lead");
  EXPECT_EQ(read_all("s3://logs/a%20b").begin()->second, "a%20b");
  EXPECT_EQ(read_all("s3://logs", {.start_after = "x//y"}).size(), 2U);  // ~tilde and é/ü
}

/// Places and what is known of them, as a store would keep it.
using Seen = std::map<std::string, std::string>;

/// What was downloaded of the trail: places below the bucket.
std::vector<std::string> read_trail(Seen& seen, std::map<std::string, std::string>& days) {
  std::vector<std::string> places;
  auto bucket = collect::BucketRecords::open(
      "s3://trail/AWSLogs", {.days = days, .is_known = [&](const collect::StoredLog& log) {
                               const auto known = seen.find(log.place);
                               return known != seen.end() && known->second == log.tag;
                             }});
  EXPECT_TRUE(bucket) << bucket.error().message;
  while (auto piece = bucket ? (*bucket)->next() : std::nullopt) {
    for (const collect::StoredLog& log : piece->logs) {
      EXPECT_FALSE(log.tag.empty());
      seen[log.place] = log.tag;
      places.push_back(
          log.place.substr(std::string_view("s3://trail/AWSLogs/1/CloudTrail/").size()));
    }
  }
  days = bucket ? (*bucket)->days() : days;
  return places;
}

void expect_a_trail_is_gone_on_with() {
  Seen seen;
  std::map<std::string, std::string> days;
  EXPECT_THAT(read_trail(seen, days),
              ::testing::ElementsAre("eu-west-1/2026/04/01/a.json", "eu-west-1/2026/05/03/a.json",
                                     "us-east-1/2026/04/01/a.json", "us-east-1/2026/05/03/a.json"));
  EXPECT_EQ(days["s3://trail/AWSLogs/1/CloudTrail/us-east-1/"], "2026/05/03");
  EXPECT_TRUE(read_trail(seen, days).empty());
  seen.erase("s3://trail/AWSLogs/1/CloudTrail/us-east-1/2026/05/03/a.json");
  seen.erase("s3://trail/AWSLogs/1/CloudTrail/us-east-1/2026/04/01/a.json");
  EXPECT_THAT(read_trail(seen, days), ::testing::ElementsAre("us-east-1/2026/05/03/a.json"))
      << "the other one is before the days that are listed again";
}

TEST(Radosgw, lists_and_reads_any_keys_by_session_tokens_and_tells_a_wrong_clock) {
  if (const std::string why = obstacle(); !why.empty()) {
    GTEST_SKIP() << why;
  }
  const Radosgw server;
  ASSERT_EQ(server.outcome().code, 0) << server.outcome().out << server.outcome().errors;

  server.use(kPort, "default");
  expect_hostile_keys();
  EXPECT_TRUE(read_all("s3://private").contains("source_empty"));
  EXPECT_TRUE(read_all("s3://nothing").contains("no_such_bucket"));
  const auto dump = collect::load("s3://logs/dump", {});
  ASSERT_TRUE(dump) << dump.error().message;
  EXPECT_EQ(dump->documents_read, 1U);
  expect_a_trail_is_gone_on_with();

  server.use(kPort, "reader");
  expect_hostile_keys();
  EXPECT_TRUE(read_all("s3://private").contains("access_denied"));

  server.use(kPortAhead, "default");
  EXPECT_THAT(read_all("s3://logs")["clock_skew"],
              HasSubstr("RequestTimeTooSkewed): the clock of this machine is 3 h 0 min behind"));
}

}  // namespace

}  // namespace portolan::live
