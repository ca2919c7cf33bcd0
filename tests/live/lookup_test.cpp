#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/live.h"
#include "collect/trail_logs.h"
#include "events/events.h"
#include "tests/live/store.h"
#include "tests/support/fault_server.h"

// CloudTrail's event history: page by page into files that the trail's reader reads.

namespace portolan::live {

namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A change as LookupEvents gives it: the record is text.
std::string event(int number) {
  return fmt::format(
      R"({{"EventId":"e-{0}","EventName":"AuthorizeSecurityGroupIngress","EventTime":1777817000,)"
      R"("CloudTrailEvent":"{{\"eventVersion\":\"1.08\",\"eventTime\":\"2026-05-03T14:03:{0:02}Z\",)"
      R"(\"eventSource\":\"ec2.amazonaws.com\",\"eventName\":\"AuthorizeSecurityGroupIngress\",)"
      R"(\"awsRegion\":\"eu-west-1\",\"eventID\":\"e-{0}\",\"recipientAccountId\":\"123456789012\",)"
      R"(\"requestParameters\":{{\"groupId\":\"sg-1\"}}}}"}})",
      number);
}

struct Looked {
  std::map<std::string, std::string> files;
  std::vector<std::string> manifests;  // one after the other
  Result<collect::LookupSummary> summary;
};

Looked look(const FaultServer& server) {
  use_server(server.url(), {.id = "AKIDEXAMPLE", .secret = "a-very-secret-key"});
  Looked looked;
  looked.summary = collect::lookup_events({.regions = {"eu-west-1"},
                                           .since = Time::from_seconds(1777800000),
                                           .until = Time::from_seconds(1777900000)},
                                          {.take = [&](collect::Document document) -> Result<void> {
                                             if (document.path == "portolan-manifest.json") {
                                               looked.manifests.push_back(document.bytes);
                                             }
                                             looked.files[document.path] = document.bytes;
                                             return {};
                                           },
                                           .progress = [](std::size_t) {},
                                           .is_stopped = [] { return false; }});
  return looked;
}

TEST(Lookup, reads_all_pages_into_what_the_trail_reads) {
  std::string raw;
  const FaultServer server([&](const Asked& asked) -> Reply {
    raw += asked.raw;
    if (asked.raw.find(R"("NextToken":"two")") != std::string::npos) {
      return {.body = fmt::format(R"({{"Events":[{}]}})", event(3))};
    }
    return {.body = fmt::format(R"({{"Events":[{},{}],"NextToken":"two"}})", event(1), event(2))};
  });
  const Looked looked = look(server);
  ASSERT_TRUE(looked.summary) << looked.summary.error().message;
  EXPECT_EQ(looked.summary->events, 3U);
  EXPECT_TRUE(looked.summary->gaps.empty());
  EXPECT_THAT(raw, HasSubstr("CloudTrail_20131101.LookupEvents"));
  EXPECT_THAT(raw, HasSubstr(R"("StartTime":1777800000)"));
  ASSERT_EQ(looked.files.size(), 2U);
  EXPECT_EQ(looked.files.begin()->first, "eu-west-1/cloudtrail-lookup-events-00001.json");
  EXPECT_THAT(looked.manifests.front(), HasSubstr(R"("Complete":false,"Calls":[])"));
  EXPECT_THAT(looked.manifests.back(), HasSubstr(R"("Complete":true)"));
  EXPECT_THAT(looked.manifests.back(), HasSubstr(R"("Outcome":"collected","Items":3)"));

  events::TrailReader reader;
  events::Readings readings;
  reader.read(looked.files.begin()->second, "x", readings);
  EXPECT_EQ(readings.counts.records, 3U);
  EXPECT_EQ(readings.counts.candidates, 3U);
}

TEST(Lookup, that_breaks_off_says_so_and_keeps_what_it_has) {
  const FaultServer server([](const Asked& asked) -> Reply {
    if (asked.raw.find(R"("NextToken":"two")") != std::string::npos) {
      return {.status = 400, .body = R"({"__type":"AccessDeniedException","message":"no"})"};
    }
    return {.body = fmt::format(R"({{"Events":[{}],"NextToken":"two"}})", event(1))};
  });
  const Looked looked = look(server);
  ASSERT_TRUE(looked.summary);
  EXPECT_EQ(looked.summary->events, 1U);
  ASSERT_EQ(looked.summary->gaps.size(), 1U);
  EXPECT_EQ(looked.summary->gaps.front().code, "AccessDeniedException");
  EXPECT_EQ(looked.files.size(), 2U);
  EXPECT_THAT(looked.manifests.back(), HasSubstr(R"("Outcome":"partial")"));
}

/// Writes what was looked up into a folder and reads it as a trail.
Result<events::Readings> read_back(const Looked& looked) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("portolan-lookup-{}", ::getpid());
  for (const auto& [path, bytes] : looked.files) {
    fs::create_directories((folder / path).parent_path());
    std::ofstream(folder / path) << bytes;
  }
  auto readings = collect::read_logs(*collect::list_logs({folder.string()}));
  fs::remove_all(folder);
  return readings;
}

TEST(Lookup, that_is_not_whole_is_known_to_be_so_where_it_is_read) {
  bool is_denied = false;
  const FaultServer server([&](const Asked& asked) -> Reply {
    if (is_denied && asked.raw.find(R"("NextToken":"two")") != std::string::npos) {
      return {.status = 400, .body = R"({"__type":"AccessDeniedException","message":"no"})"};
    }
    const bool is_last = asked.raw.find(R"("NextToken":"two")") != std::string::npos;
    return {.body = fmt::format(R"({{"Events":[{}]{}}})", event(is_last ? 2 : 1),
                                is_last ? "" : R"(,"NextToken":"two")")};
  });
  const auto whole = read_back(look(server));
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_EQ(whole->events.size(), 2U);
  for (const Diagnostic& each : whole->diagnostics.sorted()) {
    ADD_FAILURE() << text(each);
  }
  is_denied = true;
  const auto part = read_back(look(server));
  ASSERT_TRUE(part);
  EXPECT_EQ(part->events.size(), 1U);
  EXPECT_TRUE(part->diagnostics.has("call_partial"));
  EXPECT_GT(part->diagnostics.errors(), 0U);
}

TEST(Lookup, does_not_go_round_in_circles) {
  const FaultServer server([](const Asked&) -> Reply {
    return {.body = fmt::format(R"({{"Events":[{}],"NextToken":"two"}})", event(1))};
  });
  const Looked looked = look(server);
  ASSERT_TRUE(looked.summary);
  ASSERT_EQ(looked.summary->gaps.size(), 1U);
  EXPECT_EQ(looked.summary->gaps.front().code, "repeated_page");
}

}  // namespace

}  // namespace portolan::live
