#include "collect/logs.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "collect/trail_logs.h"
#include "tests/live/store.h"

// Logs and dumps in a bucket, on a server that verifies signatures and has bad days.

namespace portolan::live {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Read {
  std::vector<std::string> names;
  std::string text;
  Diagnostics diagnostics;
  std::string error;  // code and message
};

Read read_all(const std::string& where, collect::LogOptions options = {}) {
  Read read;
  const auto logs = collect::Logs::open(where, std::move(options));
  if (!logs) {
    read.error = logs.error().code + ": " + logs.error().message;
    return read;
  }
  collect::LogReader reader(**logs);
  while (const auto log = reader.next()) {
    read.names.push_back(log->name);
    read.text += log->text;
  }
  read.diagnostics = (*logs)->diagnostics();
  return read;
}

/// A server for the store, which the environment of the process points to.
struct Served {
  explicit Served(Store& store)
      : server([&store](const Asked& asked) { return store.answer(asked); }) {
    use_server(server.url(), store.key);
  }
  FaultServer server;
};

Store many_objects(int count) {
  Store store;
  for (int i = 0; i < count; ++i) {
    store.objects[fmt::format("trail/{:05}", i)] = fmt::format("{};", i);
  }
  return store;
}

TEST(Logs, of_a_bucket_come_in_order_over_many_pages) {
  Store store = many_objects(2500);
  store.page_size = 300;
  store.objects["other"] = "x";
  store.objects["trail-old/1"] = "x";
  store.objects["trail/"] = "";  // what the console makes for a folder
  const Served served(store);
  const Read read = read_all("s3://logs/trail");
  EXPECT_EQ(read.error, "");
  ASSERT_EQ(read.names.size(), 2500U);
  EXPECT_TRUE(std::is_sorted(read.names.begin(), read.names.end()));
  EXPECT_EQ(read.names.front(), "00000");
  EXPECT_THAT(read.text, ::testing::StartsWith("0;1;2;"));
  EXPECT_EQ(store.lists, 9U);
  EXPECT_EQ(store.gets, 2500U);
}

TEST(Logs, go_on_after_a_name) {
  Store store = many_objects(50);
  const Served served(store);
  EXPECT_THAT(read_all("s3://logs/trail", {.start_after = "00046"}).names,
              ElementsAre("00047", "00048", "00049"));
  EXPECT_EQ(store.gets, 3U);
  const Read nothing = read_all("s3://logs/trail", {.start_after = "00049"});
  EXPECT_EQ(nothing.error, "");
  EXPECT_TRUE(nothing.names.empty());
}

std::string record(int number) {
  return fmt::format(
      R"({{"eventVersion":"1.08","eventTime":"2026-05-03T14:0{0}:00Z","eventSource":"ec2.amazonaws.com",)"
      R"("eventName":"DeleteSecurityGroup","awsRegion":"eu-west-1","sourceIPAddress":"192.0.2.1",)"
      R"("userIdentity":{{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/ann",)"
      R"("accountId":"111122223333"}},"requestParameters":{{"groupId":"sg-0a{0}"}},)"
      R"("responseElements":{{"_return":true}},"eventID":"00000000-0000-0000-0000-00000000000{0}",)"
      R"("eventType":"AwsApiCall","recipientAccountId":"111122223333"}})",
      number);
}

TEST(Logs, of_a_trail_in_a_bucket_are_its_events) {
  Store store;
  const std::string place = "AWSLogs/111122223333/CloudTrail";
  for (int i = 0; i < 4; ++i) {
    store.objects[fmt::format("{}/eu-west-1/2026/05/03/{}.json", place, i)] =
        fmt::format(R"({{"Records":[{}]}})", record(i));
  }
  store.objects[place + "-Digest/eu-west-1/2026/05/03/d.json"] = "{}";
  store.objects["AWSLogs/readme.txt"] = "x";
  const Served served(store);
  for (const int threads : {1, 3}) {
    const auto list = collect::list_logs({"s3://logs/AWSLogs"});
    ASSERT_TRUE(list.has_value());
    const auto readings = collect::read_logs(*list, {.threads = threads});
    ASSERT_TRUE(readings.has_value());
    EXPECT_EQ(readings->events.size(), 4U);
    EXPECT_TRUE(readings->diagnostics.empty());
  }
  EXPECT_EQ(store.gets, 8U);
  const auto nowhere = collect::list_logs({"s3://elsewhere/AWSLogs"});
  ASSERT_TRUE(nowhere.has_value());
  EXPECT_FALSE(collect::read_logs(*nowhere).has_value());
}

TEST(Logs, have_any_names) {
  Store store;
  const std::vector<std::string> keys = {"/lead",  " ",    "a b",    "a+b", "a%20b",
                                         "a/../b", "x//y", "a&b=c?", "é/ü", "'()*!",
                                         "~tilde", "#",    "\x01"};
  for (const std::string& key : keys) {
    store.objects[key] = key + "\n";
  }
  const Served served(store);
  const Read read = read_all("s3://logs");
  EXPECT_EQ(std::set<std::string>(read.names.begin(), read.names.end()),
            std::set<std::string>(keys.begin(), keys.end()));
  EXPECT_TRUE(read.diagnostics.empty());
  for (const std::string& key : keys) {
    EXPECT_THAT(read.text, HasSubstr(key + "\n"));
  }
}

TEST(Logs, are_one_object_where_it_is_named) {
  Store store = many_objects(3);
  const Served served(store);
  EXPECT_THAT(read_all("s3://logs/trail/00001").names, ElementsAre("00001"));
  EXPECT_THAT(read_all("s3://logs/trail/0000").error, HasSubstr("source_empty"));
}

TEST(Logs, that_are_not_wanted_are_not_downloaded) {
  Store store = many_objects(20);
  const Served served(store);
  const auto wanted = [](std::string_view name) { return name.ends_with('7'); };
  EXPECT_THAT(read_all("s3://logs/trail", {.is_wanted = wanted}).names,
              ElementsAre("00007", "00017"));
  EXPECT_EQ(store.gets, 2U);
}

TEST(Logs, come_once_each_to_several_readers) {
  Store store = many_objects(500);
  const Served served(store);
  const auto logs = collect::Logs::open("s3://logs/trail", {.ahead_bytes_max = 100});
  ASSERT_TRUE(logs);
  std::mutex mutex;
  std::multiset<std::string> names;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&] {
        collect::LogReader reader(**logs);
        while (const auto log = reader.next()) {
          const std::lock_guard lock(mutex);
          names.insert(log->name + log->text.substr(0, 0).data());
        }
      });
    }
  }
  EXPECT_EQ(names.size(), 500U);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 500U);
}

TEST(Logs, of_small_objects_are_on_their_way_together) {
  Store store = many_objects(400);
  std::mutex mutex;
  const FaultServer server(
      [&](const Asked& asked) -> Reply {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        const std::lock_guard lock(mutex);
        return store.answer(asked);
      },
      80);
  use_server(server.url(), store.key);
  EXPECT_EQ(read_all("s3://logs/trail").names.size(), 400U);
  EXPECT_GT(server.in_flight_max(), 24);
  EXPECT_LE(server.in_flight_max(), 64);
}

TEST(Logs, are_all_read_though_the_token_runs_out_in_between) {
  Store store = many_objects(200);
  std::mutex mutex;
  int keys_given = 0;
  int refused = 0;
  const auto answer = [&](const Asked& asked) -> Reply {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const std::lock_guard lock(mutex);
    if (asked.raw.starts_with("GET /keys")) {
      ++keys_given;
      return {.body = fmt::format(R"({{"AccessKeyId":"{}","SecretAccessKey":"{}","Token":"{}"}})",
                                  store.key.id, store.key.secret, store.key.token)};
    }
    if (store.gets == 50) {
      store.key.token = "the-second-token";
    }
    if (store.gets >= 50 && asked.raw.find("the-first-token") != std::string::npos) {
      ++refused;
      return {.status = 400, .body = "<Error><Code>ExpiredToken</Code></Error>"};
    }
    return store.answer(asked);
  };
  store.key.token = "the-first-token";
  const FaultServer server(answer, 40);
  use_server(server.url(), store.key);
  for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}) {
    ::unsetenv(name);
  }
  ::setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", (server.url() + "/keys").c_str(), 1);
  const Read read = read_all("s3://logs/trail");
  ::unsetenv("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  EXPECT_EQ(read.names.size(), 200U) << read.error;
  EXPECT_TRUE(read.diagnostics.empty());
  EXPECT_GT(refused, 1);
  EXPECT_LE(keys_given, 3);
}

TEST(Logs, survive_bad_days) {
  Store store = many_objects(60);
  std::map<std::string, int> tries;
  store.disturb = [&](const std::string& target) -> Reply {
    if (++tries[target] > 1) {
      return {.status = 0};
    }
    switch (tries.size() % 4) {
      case 0:
        return {.status = 503, .body = "<Error><Code>SlowDown</Code></Error>"};
      case 1:
        return {.status = 500, .body = "<html>"};
      case 2:
        return {.body = "cut off in the middle", .send_max = 5};
      default:
        return {.status = 0};
    }
  };
  const Served served(store);
  const Read read = read_all("s3://logs/trail");
  EXPECT_EQ(read.names.size(), 60U) << read.error;
  EXPECT_TRUE(read.diagnostics.empty());
}

TEST(Logs, that_cannot_be_had_are_named_and_the_rest_is_read) {
  Store store = many_objects(5);
  store.disturb = [&](const std::string& target) -> Reply {
    if (target == "/logs/trail/00002") {
      return {.status = 403, .body = "<Error><Code>AccessDenied</Code></Error>"};
    }
    if (target == "/logs/trail/00003") {
      return {.status = 404, .body = "<Error><Code>NoSuchKey</Code></Error>"};
    }
    return {.status = 0};
  };
  const Served served(store);
  const Read read = read_all("s3://logs/trail", {.file_bytes_max = 1000});
  EXPECT_THAT(read.names, ElementsAre("00000", "00001", "00004"));
  EXPECT_TRUE(read.diagnostics.has("access_denied"));
  EXPECT_TRUE(read.diagnostics.has("object_gone"));
  EXPECT_TRUE(read_all("s3://logs/trail", {.file_bytes_max = 1}).diagnostics.has("file_too_big"));
}

TEST(Logs, whose_list_breaks_off_say_so) {
  Store store = many_objects(30);
  store.page_size = 10;
  store.disturb = [&](const std::string& target) -> Reply {
    return target.find("start-after=trail%2F00019") == std::string::npos
               ? Reply{.status = 0}
               : Reply{.status = 403, .body = "<Error><Code>AccessDenied</Code></Error>"};
  };
  const Served served(store);
  const Read read = read_all("s3://logs/trail");
  EXPECT_EQ(read.names.size(), 20U);
  EXPECT_TRUE(read.diagnostics.has("access_denied"));
}

TEST(Buckets, of_another_region_are_asked_there) {
  Store store = many_objects(3);
  store.region = "eu-central-1";
  const Served served(store);
  EXPECT_EQ(read_all("s3://logs/trail").names.size(), 3U);
  store.disturb = [](const std::string&) -> Reply {
    return {.status = 301,
            .body = "<Error><Code>PermanentRedirect</Code></Error>",
            .headers = "x-amz-bucket-region: ap-south-1\r\n"};
  };
  EXPECT_THAT(read_all("s3://logs/trail").error,
              HasSubstr("bucket_elsewhere: bucket `logs` is in region ap-south-1"));
}

TEST(Buckets, say_why_they_cannot_be_read) {
  Store store = many_objects(3);
  const Served served(store);
  EXPECT_THAT(read_all("s3://nothing/x").error, HasSubstr("no_such_bucket: there is no bucket"));
  EXPECT_THAT(read_all("s3:///x").error, HasSubstr("bad_bucket"));
  EXPECT_THAT(read_all("s3://evil.com#/x").error, HasSubstr("bad_bucket"));
  EXPECT_THAT(read_all("s3://logs/y").error, HasSubstr("source_empty"));
  store.clock_s = std::time(nullptr) + 3 * 3600 + 120;
  EXPECT_THAT(read_all("s3://logs/trail").error,
              HasSubstr("clock_skew: S3 refuses the signature (RequestTimeTooSkewed): the clock of "
                        "this machine is 3 h 2 min behind that of the server"));
  store.clock_s = 0;
  ::setenv("AWS_SECRET_ACCESS_KEY", "another-key", 1);
  const std::string refused = read_all("s3://logs/trail").error;
  EXPECT_THAT(refused, HasSubstr("access_denied"));
  EXPECT_THAT(refused, HasSubstr("SignatureDoesNotMatch"));
  EXPECT_THAT(refused, ::testing::Not(HasSubstr("another-key")));
}

TEST(Buckets, that_repeat_a_token_do_not_give_it_away) {
  Store store = many_objects(3);
  store.key.token = "a+token/with=signs";
  store.disturb = [](const std::string&) -> Reply {
    return {.status = 403,
            .body =
                "<Error><Code>SignatureDoesNotMatch</Code><Message>x-amz-security-token:"
                "a+token/with=signs</Message></Error>"};
  };
  const Served served(store);
  const std::string refused = read_all("s3://logs/trail").error;
  EXPECT_THAT(refused, HasSubstr("x-amz-security-token:(hidden)"));
  ::setenv("AWS_SESSION_TOKEN", "", 1);
}

TEST(Buckets, are_read_with_the_token_of_a_session) {
  Store store = many_objects(3);
  store.key.token = "a+token/with=signs";
  const Served served(store);
  EXPECT_EQ(read_all("s3://logs/trail").names.size(), 3U);
  ::setenv("AWS_SESSION_TOKEN", "another", 1);
  EXPECT_THAT(read_all("s3://logs/trail").error, HasSubstr("InvalidToken"));
  ::setenv("AWS_SESSION_TOKEN", "", 1);
}

TEST(Dumps, in_a_bucket_are_sources) {
  Store store;
  store.objects["dump/123456789012/eu-west-1/vpcs.json"] =
      R"({"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/16","OwnerId":"123456789012"}]})";
  store.objects["dump/notes.txt"] = "x";
  const Served served(store);
  const auto read = collect::load("s3://logs/dump", {});
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->documents_read, 1U);
  EXPECT_EQ(store.gets, 1U);
}

}  // namespace

}  // namespace portolan::live
