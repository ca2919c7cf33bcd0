#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "tests/live/account.h"

// Many requests at once: how fast they are sent, how many at a time, and what becomes of them when
// the credentials run out in between.

namespace portolan::live {

namespace {

using ::testing::HasSubstr;
using ::testing::Not;

double seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// An account with so many load balancers, for each of which two calls are made.
FaultServer::Answer balancers(int count, FaultServer::Answer on_each) {
  return [count, on_each = std::move(on_each)](const Asked& asked) -> Reply {
    if (asked.action == "GetCallerIdentity") {
      return {.body = answer_of(asked, "<Account>123456789012</Account>")};
    }
    if (asked.action == "DescribeLoadBalancers") {
      std::string list;
      for (int i = 0; i < count; ++i) {
        list += fmt::format("<member><LoadBalancerArn>b-{}</LoadBalancerArn></member>", i);
      }
      return {.body = answer_of(asked, "<LoadBalancers>" + list + "</LoadBalancers>")};
    }
    const bool is_of_one =
        asked.action == "DescribeListeners" || asked.action == "DescribeLoadBalancerAttributes";
    return is_of_one ? on_each(asked) : Reply{.body = answer_of(asked, "")};
  };
}

/// The most requests in any window of that length.
std::size_t most_in(const std::vector<double>& times, double from_s, double length_s) {
  std::size_t most = 0;
  for (auto begin = std::lower_bound(times.begin(), times.end(), from_s); begin != times.end();
       ++begin) {
    const auto end = std::upper_bound(begin, times.end(), *begin + length_s);
    most = std::max(most, static_cast<std::size_t>(end - begin));
  }
  return most;
}

/// The storm lasts until the rate cannot fall any further; then what waits is asked at that rate.
TEST(Storms, slow_down_what_already_waits) {
  std::mutex mutex;
  std::vector<double> times;
  const double begin = seconds();
  const FaultServer server(balancers(400,
                                     [&](const Asked&) -> Reply {
                                       const std::lock_guard lock(mutex);
                                       times.push_back(seconds() - begin);
                                       return {.status = 503,
                                               .body = error_of("RequestLimitExceeded")};
                                     }),
                           4);
  static constexpr double kLowest = 2;
  const Crawled crawled = crawl(
      server, {.services = {"elbv2"}, .limits = {.rate_max = 64, .rate_min = kLowest, .burst = 16}},
      [&] {
        const std::lock_guard lock(mutex);
        return !times.empty() && seconds() - begin > times.front() + 13;
      });
  ASSERT_TRUE(crawled.summary);
  EXPECT_TRUE(crawled.summary->was_stopped);
  EXPECT_GT(crawled.summary->progress.throttles, 0U);
  ASSERT_FALSE(times.empty());
  // 64 halves to 2 in five seconds, one halving in each; a busy machine gets some more.
  const double settled_s = times.front() + 8;
  EXPECT_GT(times.back(), settled_s + 3);
  for (const double length_s : {0.5, 1.0, 2.0, 4.0}) {
    EXPECT_LE(most_in(times, settled_s, length_s), 2 + kLowest * length_s) << length_s;
  }
  // On the way down: a burst at first, and never more than the rate of each second.
  EXPECT_LE(most_in(times, 0, 1.0), 1 + 16 + 64);
  EXPECT_LE(most_in(times, times.front() + 1.2, 1.0), 2 + 32);
  EXPECT_LE(most_in(times, times.front() + 2.4, 1.0), 2 + 16);
}

TEST(Storms, that_pass_lose_nothing) {
  std::atomic<int> refused = 0;
  const FaultServer server(balancers(300,
                                     [&](const Asked& asked) -> Reply {
                                       return ++refused < 200
                                                  ? Reply{.status = 503,
                                                          .body = error_of("RequestLimitExceeded")}
                                                  : Reply{.body = answer_of(asked, "<Listeners/>")};
                                     }),
                           4);
  const Crawled crawled = crawl(
      server, {.services = {"elbv2"}, .limits = {.rate_max = 400, .rate_min = 100, .burst = 16}});
  ASSERT_TRUE(crawled.summary);
  EXPECT_EQ(crawled.told("elbv2 describe-listeners", "Outcome"), "collected");
  EXPECT_EQ(boost::json::parse(
                crawled.documents.at("123456789012/eu-west-1/elbv2-describe-listeners.json"))
                .as_array()
                .size(),
            300U);
}

TEST(Pages, by_the_thousand_come_once_each) {
  static constexpr int kPages = 3000;
  const FaultServer server(account([](const Asked& asked) -> Reply {
    const int page = asked.page.empty() ? 0 : std::stoi(asked.page);
    return {.body = databases(asked, page, page + 1 < kPages ? std::to_string(page + 1) : "")};
  }));
  const Crawled crawled = crawl(server, {.limits = hasty()});
  ASSERT_TRUE(crawled.summary);
  EXPECT_EQ(crawled.told("rds describe-db-instances", "Outcome"), "collected");
  EXPECT_EQ(crawled.summary->progress.pages, static_cast<std::size_t>(kPages) + 4);
  std::set<std::string> names;
  const auto document = crawled.databases();
  for (const auto& each : document.at("DBInstances").as_array()) {
    names.emplace(each.at("DBInstanceIdentifier").as_string());
  }
  EXPECT_EQ(document.at("DBInstances").as_array().size(),
            static_cast<std::size_t>(kPages) * kPageSize);
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kPages) * kPageSize);
}

TEST(Requests, are_on_their_way_together_but_not_too_many) {
  const FaultServer server(balancers(120,
                                     [](const Asked& asked) -> Reply {
                                       std::this_thread::sleep_for(std::chrono::milliseconds(30));
                                       return {.body = answer_of(asked, "<Listeners/>")};
                                     }),
                           40);
  const Crawled crawled = crawl(server, {.services = {"elbv2"}, .limits = hasty()});
  ASSERT_TRUE(crawled.summary);
  EXPECT_LE(server.in_flight_max(), 16);
  EXPECT_GT(server.in_flight_max(), 8);
}

/// Credentials of a container: the first keys are good for a while, then others are.
struct Container {
  std::atomic<int> asked = 0;
  std::atomic<bool> has_expired = false;

  Reply give() {
    ++asked;
    const char* name = has_expired ? "second" : "first";
    return {.body = fmt::format(R"({{"AccessKeyId":"AKID{0}","SecretAccessKey":"{0}-secret-key",)"
                                R"("Token":"{0}-session-token"}})",
                                name)};
  }
};

TEST(Keys, that_run_out_in_between_cost_no_call) {
  Container container;
  std::atomic<int> refused = 0;
  std::atomic<int> taken = 0;
  const auto answer = balancers(60, [&](const Asked& asked) -> Reply {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (++taken > 20) {
      container.has_expired = true;
    }
    if (container.has_expired && asked.raw.find("first-session-token") != std::string::npos) {
      ++refused;
      return {.status = 403, .body = error_of("ExpiredToken")};
    }
    return {.body = answer_of(asked, "<Listeners/>")};
  });
  const FaultServer server(
      [&](const Asked& asked) {
        return asked.raw.starts_with("GET /keys") ? container.give() : answer(asked);
      },
      24);
  for (const char* name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"}) {
    ::unsetenv(name);
  }
  ::setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", (server.url() + "/keys").c_str(), 1);
  const Crawled crawled = crawl(server, {.services = {"elbv2"}, .limits = hasty()});
  ::unsetenv("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  ASSERT_TRUE(crawled.summary) << crawled.summary.error().message;
  EXPECT_GT(refused, 1);  // several were on their way
  EXPECT_EQ(crawled.told("elbv2 describe-listeners", "Outcome"), "collected");
  EXPECT_TRUE(crawled.summary->is_whole() || crawled.summary->failed == 0) << crawled.all();
  EXPECT_LE(container.asked, 4);
  EXPECT_THAT(crawled.all(), Not(HasSubstr("-session-token")));
}

}  // namespace

}  // namespace portolan::live
