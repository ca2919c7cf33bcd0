#include "collect/bucket_records.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/live/store.h"

// A trail in a bucket, read again and again: nothing twice, nothing left out, whatever came late.

namespace portolan::live {

namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

constexpr std::string_view kTrail = "AWSLogs/111122223333/CloudTrail/";

std::string log_key(std::string_view region, std::string_view day, int number) {
  return fmt::format("{}{}/{}/111122223333_CloudTrail_{}_{:04}.json", kTrail, region, day, region,
                     number);
}

std::string log_text(int number) {
  return fmt::format(
      R"({{"Records":[{{"eventVersion":"1.08","eventTime":"2026-05-03T14:00:00Z",)"
      R"("eventSource":"ec2.amazonaws.com","eventName":"DeleteSecurityGroup",)"
      R"("awsRegion":"eu-west-1","userIdentity":{{"type":"IAMUser","arn":"arn:aws:iam::1:user/a",)"
      R"("accountId":"111122223333"}},"requestParameters":{{"groupId":"sg-{0:08x}"}},)"
      R"("eventID":"00000000-0000-0000-0000-{0:012}","eventType":"AwsApiCall",)"
      R"("recipientAccountId":"111122223333"}}]}})",
      number);
}

/// What a store would remember from run to run.
class BucketRecords : public ::testing::Test {
 protected:
  BucketRecords() : server_([this](const Asked& asked) { return store_.answer(asked); }) {
    use_server(server_.url(), store_.key);
  }

  void put(std::string_view region, std::string_view day, int count) {
    for (int i = 0; i < count; ++i) {
      store_.objects[log_key(region, day, i)] = log_text(++written_);
    }
  }

  /// How many objects were downloaded by this run.
  std::size_t read(const std::string& where = "s3://logs/AWSLogs", int again_days = 2,
                   std::size_t pieces_max = 1000) {
    const std::size_t before = store_.gets;
    store_.told = store_.lists = 0;
    auto bucket = collect::BucketRecords::open(
        where, {.days = days_, .again_days = again_days, .is_known = [&](const auto& log) {
                  return seen_.contains({log.place, log.size, log.tag});
                }});
    EXPECT_TRUE(bucket) << bucket.error().message;
    for (std::size_t i = 0; bucket && i < pieces_max; ++i) {
      const auto piece = (*bucket)->next();
      if (!piece) {
        break;
      }
      for (const auto& recorded : piece->readings.events) {
        ids_.insert(recorded.event.id);
      }
      for (const collect::StoredLog& log : piece->logs) {
        seen_.insert({log.place, log.size, log.tag});
      }
    }
    if (bucket && pieces_max > 1) {
      for (const auto& [folder, day] : (*bucket)->days()) {
        days_[folder] = day;
      }
      problems_ = (*bucket)->diagnostics();
    }
    return store_.gets - before;
  }

  static std::string folder(std::string_view region) {
    return fmt::format("s3://logs/{}{}/", kTrail, region);
  }

  Store store_;
  std::map<std::string, std::string> days_;
  std::set<std::tuple<std::string, std::size_t, std::string>> seen_;
  std::set<std::string> ids_;
  Diagnostics problems_;
  int written_ = 0;

 private:
  FaultServer server_;
};

TEST_F(BucketRecords, are_read_once_and_then_only_what_is_new) {
  put("eu-west-1", "2026/05/03", 5);
  put("us-east-1", "2026/05/03", 5);
  EXPECT_EQ(read(), 10U);
  EXPECT_THAT(days_, ElementsAre(Pair(folder("eu-west-1"), "2026/05/03"),
                                 Pair(folder("us-east-1"), "2026/05/03")));
  EXPECT_EQ(read(), 0U);
  put("us-east-1", "2026/05/04", 2);
  put("sa-east-1", "2026/05/04", 1);  // a region that nobody knew
  EXPECT_EQ(read(), 3U);
  EXPECT_EQ(ids_.size(), 13U);
  EXPECT_EQ(read(), 0U);
}

TEST_F(BucketRecords, that_came_late_are_found_within_the_days_that_are_listed_again) {
  put("eu-west-1", "2026/05/01", 1);
  put("eu-west-1", "2026/05/09", 1);
  EXPECT_EQ(read(), 2U);
  store_.objects[log_key("eu-west-1", "2026/05/07", 9)] = log_text(++written_);
  EXPECT_EQ(read(), 1U);
  store_.objects[log_key("eu-west-1", "2026/05/02", 9)] = log_text(++written_);
  EXPECT_EQ(read(), 0U) << "longer ago than two days";
  EXPECT_EQ(read("s3://logs/AWSLogs", 30), 1U);
  EXPECT_EQ(ids_.size(), 4U);
}

TEST_F(BucketRecords, of_old_days_and_of_digests_are_not_even_listed) {
  store_.page_size = 10;
  for (int day = 1; day <= 28; ++day) {
    put("eu-west-1", fmt::format("2026/05/{:02}", day), 10);
    put("us-east-1", fmt::format("2026/05/{:02}", day), 10);
    for (int hour = 0; hour < 24; ++hour) {
      store_
          .objects[fmt::format("AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/05/{:02}/"
                               "{:02}.json.gz",
                               day, hour)] = "{}";
    }
  }
  EXPECT_EQ(read(), 560U);
  EXPECT_LE(store_.told, 590U) << "the digests are passed over";
  EXPECT_EQ(read(), 0U);
  // Three days of each region, and the page on which each region was come to.
  EXPECT_LE(store_.told, 2 * 30U + 4 * 10U);
}

TEST_F(BucketRecords, of_a_run_that_was_killed_are_not_read_again) {
  put("eu-west-1", "2026/05/03", 600);
  EXPECT_GE(read("s3://logs/AWSLogs", 2, 1), 256U);
  EXPECT_TRUE(days_.empty());
  EXPECT_EQ(seen_.size(), 256U);
  EXPECT_EQ(read(), 344U);
  EXPECT_EQ(ids_.size(), 600U);
  EXPECT_THAT(days_, ElementsAre(Pair(folder("eu-west-1"), "2026/05/03")));
}

TEST_F(BucketRecords, that_could_not_be_had_are_asked_for_until_they_can) {
  put("eu-west-1", "2026/04/01", 2);
  put("eu-west-1", "2026/05/03", 1);
  const std::string bad = log_key("eu-west-1", "2026/04/01", 1);
  store_.disturb = [&](const std::string& target) -> Reply {
    return target.find(bad) == std::string::npos
               ? Reply{.status = 0}
               : Reply{.status = 403, .body = "<Error><Code>AccessDenied</Code></Error>"};
  };
  read();
  EXPECT_EQ(ids_.size(), 2U);
  EXPECT_TRUE(problems_.has("access_denied"));
  EXPECT_THAT(days_, ElementsAre(Pair(folder("eu-west-1"), "2026/04/01")));
  store_.disturb = nullptr;
  EXPECT_EQ(read(), 1U);
  EXPECT_EQ(ids_.size(), 3U);
  EXPECT_THAT(days_, ElementsAre(Pair(folder("eu-west-1"), "2026/05/03")));
}

TEST_F(BucketRecords, that_are_damaged_are_told_each_time_until_they_are_written_anew) {
  put("eu-west-1", "2026/04/01", 1);
  put("eu-west-1", "2026/05/03", 1);
  std::string& text = store_.objects[log_key("eu-west-1", "2026/04/01", 0)];
  const std::string whole = std::exchange(text, "{\"Records\":[{");
  EXPECT_EQ(read(), 2U);
  EXPECT_EQ(read(), 1U) << "the damaged one";
  text = whole;
  EXPECT_EQ(read(), 1U);
  EXPECT_EQ(ids_.size(), 2U);
  text.replace(text.find("sg-"), 11, "sg-ffffffff");  // another object of the same size
  EXPECT_EQ(read("s3://logs/AWSLogs", 60), 1U);
}

TEST_F(BucketRecords, whose_list_breaks_off_leave_all_days_to_be_listed) {
  store_.page_size = 10;
  put("eu-west-1", "2026/05/03", 30);
  store_.disturb = [&](const std::string& target) -> Reply {
    return target.find("0019.json") == std::string::npos ||
                   target.find("start-after") == target.npos
               ? Reply{.status = 0}
               : Reply{.status = 403, .body = "<Error><Code>AccessDenied</Code></Error>"};
  };
  EXPECT_EQ(read(), 20U);
  EXPECT_TRUE(days_.empty());
  store_.disturb = nullptr;
  EXPECT_EQ(read(), 10U);
  EXPECT_THAT(days_, ElementsAre(Pair(folder("eu-west-1"), "2026/05/03")));
}

TEST_F(BucketRecords, of_one_day_alone_say_nothing_of_the_others) {
  put("eu-west-1", "2026/05/01", 1);
  put("eu-west-1", "2026/05/09", 1);
  EXPECT_EQ(read(fmt::format("s3://logs/{}eu-west-1/2026/05/09", kTrail)), 1U);
  EXPECT_TRUE(days_.empty());
  EXPECT_EQ(read(), 1U);
  // A day that is named is read, however long ago all before it was.
  store_.objects[log_key("eu-west-1", "2026/05/01", 7)] = log_text(++written_);
  EXPECT_EQ(read(), 0U);
  EXPECT_EQ(read(fmt::format("s3://logs/{}eu-west-1/2026/05/01", kTrail)), 1U);
}

TEST_F(BucketRecords, under_any_other_names_are_read_once_too) {
  store_.objects["export/a.ndjson"] = log_text(++written_);
  store_.objects["export/b.json"] = log_text(++written_);
  EXPECT_EQ(read("s3://logs/export"), 2U);
  EXPECT_EQ(read("s3://logs/export"), 0U);
  EXPECT_TRUE(days_.empty());
  EXPECT_EQ(read("s3://logs/export/b.json"), 0U);
}

}  // namespace

}  // namespace portolan::live
