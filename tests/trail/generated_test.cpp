#include <algorithm>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <random>
#include <set>
#include <string>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "answers/change_rows.h"
#include "checks/check.h"
#include "checks/trail.h"
#include "cli/detection_rows.h"
#include "collect/trail_logs.h"
#include "collect/trail_records.h"
#include "tools/trail/calls.h"
#include "tools/trail/plants.h"
#include "tools/trail/trail.h"

/// Made-up trails of days, several accounts, duplicates, disorder and late files: what was planted
/// is found and nothing else, and the answer has the same bytes however it is read.
namespace portolan {

namespace trail {

void PrintTo(const Planted& each, std::ostream* out) {
  *out << fmt::format("{} {} {} {} {} {} {} {}", each.check, each.resource, each.ports, each.peer,
                      each.opened_at, each.closed_at, each.actor, each.closer);
}

}  // namespace trail

namespace {

namespace fs = std::filesystem;

std::vector<checks::Detection> detect(const events::Timeline& timeline) {
  return checks::detect(timeline, {.public_services = checks::default_public_services()});
}

/// What the checks tell that tell anything of what was planted.
std::vector<trail::Planted> found(const events::Timeline& timeline,
                                  const std::vector<trail::Planted>& planted) {
  std::set<std::string> checks;
  for (const trail::Planted& each : planted) {
    checks.insert(each.check);
  }
  std::vector<trail::Planted> all;
  for (const checks::Detection& each : detect(timeline)) {
    if (checks.contains(each.check)) {
      all.push_back({.check = each.check,
                     .resource = each.resource,
                     .ports = each.ports,
                     .peer = each.peer,
                     .opened_at = each.opened_at ? each.opened_at->text() : "",
                     .closed_at = each.closed_at ? each.closed_at->text() : "",
                     .actor = each.actor,
                     .closer = each.closer});
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

events::Timeline timeline_of(const trail::Generated& made) {
  events::TrailReader reader;
  events::Readings readings;
  for (const trail::LogFile& log : made.files) {
    reader.read(log.text, log.path, readings);
  }
  EXPECT_TRUE(readings.diagnostics.empty());
  EXPECT_GT(readings.counts.records, made.records);  // duplicates
  return events::build_timeline(std::move(readings.events));
}

class GeneratedTrail : public testing::TestWithParam<std::uint64_t> {};

TEST_P(GeneratedTrail, HasWhatWasPlantedAndNothingElse) {
  const trail::Generated made = trail::generate({.seed = GetParam(), .planted = 24});
  const events::Timeline timeline = timeline_of(made);
  EXPECT_GT(timeline.duplicates, 0U);
  EXPECT_EQ(made.planted.size(), 24U);
  EXPECT_EQ(found(timeline, made.planted), made.planted);
}

/// Without the calls that are there for their shapes, some of which open something.
TEST_P(GeneratedTrail, HasEveryOtherWayToOpenANetworkAndNothingElse) {
  const int twice = 2 * static_cast<int>(trail::plants().size());
  const trail::Generated made = trail::generate(
      {.seed = GetParam(), .planted = 0, .planted_otherwise = twice, .has_all_calls = false});
  EXPECT_GT(made.planted.size(), static_cast<std::size_t>(twice));  // some are told in two parts
  EXPECT_EQ(found(timeline_of(made), made.planted), made.planted);
}

TEST_P(GeneratedTrail, HidesNothingThatWasPlanted) {
  const trail::Generated made = trail::generate(
      {.seed = GetParam(), .planted_otherwise = static_cast<int>(trail::plants().size())});
  EXPECT_THAT(found(timeline_of(made), made.planted), testing::IsSupersetOf(made.planted));
}

/// But for those of what people do over and over, which the other calls bring.
TEST(MadeTrail, HasAPlantForEachCheckOfOneOpening) {
  const std::set<std::string_view> others = {
      "sg-change-denied",     "sg-change-denied-burst",       "sg-change-rate-anomaly",
      "sg-short-lived-open",  "sg-temporary-open-not-closed", "sg-change-unusual-actor",
      "snapshot-rate-summary"};
  std::set<std::string_view> planted;
  for (const trail::Plant& plant : trail::plants()) {
    planted.insert(plant.told.check);
  }
  for (const checks::TrailCheck& check : checks::trail_checks()) {
    EXPECT_NE(planted.contains(check.id), others.contains(check.id)) << check.id;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, GeneratedTrail, testing::Values(1, 2, 3, 4, 5, 6, 7, 8));

TEST(MadeTrail, HasEveryListedCallAsItsServiceSpellsIt) {
  events::TrailReader reader;
  events::Readings readings;
  for (const trail::LogFile& log : trail::generate({.seed = 9, .days = 2}).files) {
    reader.read(log.text, log.path, readings);
  }
  EXPECT_TRUE(readings.diagnostics.empty());
  std::set<std::string> expected;
  for (const trail::ListedCall& call : trail::listed_calls()) {
    expected.insert(call.source + "/" + call.name);
  }
  std::set<std::string> read;
  for (const events::Event& event : readings.events) {
    EXPECT_FALSE(event.edits.empty()) << event.name;
    read.insert(event.source + "/" + event.name);
  }
  EXPECT_EQ(read, expected);
  EXPECT_EQ(read.size(), events::listed_calls());
}

TEST(MadeTrail, IsWrittenAsItIsMade) {
  std::string last;
  std::size_t files = 0;
  const auto sink = [&](trail::LogFile&& log) {
    const std::string time = log.path.substr(log.path.rfind('_') - 14, 14);
    EXPECT_LE(last, time);  // by delivery: none is held back for later ones
    last = time;
    ++files;
  };
  const trail::Plan plan{.seed = 10, .days = 14, .others_a_day = 50, .has_all_calls = false};
  const trail::Summary made = trail::generate(plan, sink);
  EXPECT_GT(files, 500U);
  EXPECT_EQ(made.records, trail::generate(plan).records);
}

std::string gzip(const std::string& text) {
  libdeflate_compressor* const compressor = libdeflate_alloc_compressor(6);
  std::string packed(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  packed.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(compressor);
  return packed;
}

/// A folder that is gone after the test.
struct Folder {
  fs::path path = fs::temp_directory_path() / fmt::format("portolan-trail-{}", ::getpid());
  Folder() { fs::create_directories(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code error;
    fs::remove_all(path, error);
  }
};

std::string answer(const std::vector<std::string>& words, int threads) {
  const auto list = collect::list_logs(words);
  EXPECT_TRUE(list);
  events::Readings readings = collect::read_logs(*list, {.threads = threads}).value();
  EXPECT_TRUE(readings.diagnostics.empty());
  const events::Timeline timeline = events::build_timeline(std::move(readings.events));
  return answers::changes_csv(answers::change_rows(timeline)) +
         cli::detections_jsonl(detect(timeline));
}

TEST(TrailFiles, AnyOrderAndAnyNumberOfThreadsGiveTheSameBytes) {
  const Folder folder;
  const trail::Generated made = trail::generate({.seed = 11, .days = 3});
  std::vector<std::string> files;
  for (const trail::LogFile& log : made.files) {
    const bool is_packed = files.size() % 2 == 0;
    const fs::path path = folder.path / (log.path + (is_packed ? ".gz" : ""));
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << (is_packed ? gzip(log.text) : log.text);
    files.push_back(path.string());
  }
  // What lies beside the logs in a trail's bucket is no log.
  const fs::path digests = folder.path / "AWSLogs/1/CloudTrail-Digest/x";
  fs::create_directories(digests);
  std::ofstream(digests / "digest.json") << "{\"digestStartTime\":\"2026-05-03T13:00:00Z\"}";
  const std::string expected = answer({folder.path.string()}, 1);
  EXPECT_THAT(expected, testing::HasSubstr("sg-short-lived-open"));
  std::mt19937 random(1);
  for (const int threads : {1, 2, 7}) {
    std::shuffle(files.begin(), files.end(), random);
    EXPECT_EQ(answer(files, threads), expected) << threads;
  }
  // Read twice, or once more in part, it says the same.
  EXPECT_EQ(answer({folder.path.string(), files.front()}, 2), expected);
}

TEST(TrailFiles, RecordsComeInTheOrderOfTheListForAnyNumberOfThreads) {
  const Folder folder;
  for (const trail::LogFile& log : trail::generate({.seed = 13, .days = 1}).files) {
    std::ofstream(folder.path / fs::path(log.path).filename()) << log.text;
  }
  const auto list = collect::list_logs({folder.path.string()});
  ASSERT_TRUE(list);
  const auto texts = [&](int threads) {
    const auto readings = collect::read_records(*list, {.threads = threads});
    std::string all;
    for (const events::RecordedEvent& each : readings->events) {
      all += each.text + "\n";
    }
    return all;
  };
  EXPECT_FALSE(texts(1).empty());
  EXPECT_EQ(texts(4), texts(1));
}

TEST(TrailFiles, DamageCostsNothingElse) {
  const Folder folder;
  const trail::Generated made = trail::generate({.seed = 12, .days = 1, .planted = 0});
  std::ofstream(folder.path / "good.json") << made.files[0].text;
  std::ofstream(folder.path / "cut.json.gz", std::ios::binary)
      << gzip(made.files[1].text).substr(0, 60);
  std::ofstream(folder.path / "bomb.json.gz", std::ios::binary)
      << gzip(std::string(std::size_t{64} << 20U, ' '));
  std::ofstream(folder.path / "empty.json") << "\n";
  const auto list = collect::list_logs({folder.path.string()});
  ASSERT_TRUE(list);
  const events::Readings readings = collect::read_logs(*list).value();
  EXPECT_TRUE(readings.diagnostics.has("bad_gzip"));
  EXPECT_TRUE(readings.diagnostics.has("gzip_bomb"));
  EXPECT_TRUE(readings.diagnostics.has("empty_log"));
  EXPECT_EQ(readings.diagnostics.errors(), 3U);
  EXPECT_GT(readings.counts.records, 0U);
}

}  // namespace
}  // namespace portolan
