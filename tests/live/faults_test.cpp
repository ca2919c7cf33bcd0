#include <atomic>
#include <chrono>
#include <cstdlib>
#include <set>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "tests/live/account.h"

// Bad days of AWS, played on loopback: every item arrives exactly once, or a gap is named.

namespace portolan::live {

namespace {

constexpr int kPages = 20;
std::set<std::string> names(const boost::json::object& answer) {
  std::set<std::string> found;
  for (const auto& each : answer.at("DBInstances").as_array()) {
    found.emplace(each.at("DBInstanceIdentifier").as_string());
  }
  return found;
}

TEST(Faults, cost_no_item_and_bring_none_twice) {
  const FaultServer server(account([](const Asked& asked) -> Reply {
    const int page = asked.page.empty() ? 0 : std::stoi(asked.page);
    const std::string whole =
        databases(asked, page, page + 1 < kPages ? std::to_string(page + 1) : "");
    if (asked.try_number > 1) {
      return {.body = whole};
    }
    switch (page % 7) {
      case 1:
        return {.status = 400, .body = error_of("Throttling")};
      case 2:
        return {.status = 503, .body = "<html>busy</html>"};
      case 3:
        return {.body = whole, .send_max = whole.size() / 2};  // reset in the middle
      case 4:
        return {.body = whole.substr(0, whole.size() / 2)};  // whole for HTTP, cut off as XML
      case 5:
        return {.body = "<DescribeVpcsResponse/>"};  // of another call
      default:
        return {.body = whole};
    }
  }));
  const Crawled crawled = crawl(server);
  ASSERT_TRUE(crawled.summary) << crawled.summary.error().message;
  const auto databases = crawled.databases();
  EXPECT_EQ(databases.at("DBInstances").as_array().size(), kPages * kPageSize);
  EXPECT_EQ(names(databases).size(), kPages * kPageSize);
  EXPECT_FALSE(databases.contains("Marker"));
  EXPECT_GT(crawled.summary->progress.throttles, 0U);
}

TEST(Faults, are_not_what_a_region_without_the_service_has) {
  std::atomic<int> requests = 0;
  const auto answer =
      account([](const Asked& asked) -> Reply { return {.body = databases(asked, 0, "")}; });
  const FaultServer server([&](const Asked& asked) {
    ++requests;
    return answer(asked);
  });
  ::setenv("AWS_ENDPOINT_URL_DAX", "http://dax.nowhere.invalid", 1);
  const Crawled crawled = crawl(server, {.services = {"rds", "dax"}, .limits = hasty()});
  ::unsetenv("AWS_ENDPOINT_URL_DAX");
  ASSERT_TRUE(crawled.summary);
  const auto found = crawled.documents.find("123456789012/eu-west-1/dax-describe-clusters.json");
  ASSERT_NE(found, crawled.documents.end()) << crawled.all();
  EXPECT_EQ(found->second, "{\"Clusters\":[]}\n");
  EXPECT_EQ(crawled.told("dax describe-clusters", "Code"), "not_offered");
  // One name that was not found may be a resolver's bad moment.
  EXPECT_EQ(crawled.summary->progress.requests - static_cast<std::size_t>(requests),
            static_cast<std::size_t>(hasty().tries_max));
}

TEST(Faults, of_repeated_pages_are_named) {
  const FaultServer server(account([](const Asked& asked) -> Reply {
    return {.body = databases(asked, asked.page.empty() ? 0 : 1, "1")};
  }));
  const Crawled crawled = crawl(server);
  ASSERT_TRUE(crawled.summary);
  EXPECT_EQ(crawled.databases().at("DBInstances").as_array().size(), 2U * kPageSize);
  EXPECT_EQ(names(crawled.databases()).size(), 2U * kPageSize);
  EXPECT_TRUE(crawled.databases().contains("Marker"));  // so that no reader takes it for all
  EXPECT_THAT(crawled.documents.at("portolan-manifest.json"),
              ::testing::HasSubstr("repeated_page"));
}

TEST(Faults, of_pages_that_lead_in_a_circle_are_named) {
  const FaultServer server(account([](const Asked& asked) -> Reply {
    const bool is_second = asked.page == "a";
    return {.body = databases(asked,
                              asked.page.empty() ? 0
                              : is_second        ? 1
                                                 : 2,
                              is_second ? "b" : "a")};
  }));
  const Crawled crawled = crawl(server, {.limits = hasty()});
  ASSERT_TRUE(crawled.summary);
  EXPECT_EQ(names(crawled.databases()).size(), 3U * kPageSize);
  EXPECT_EQ(crawled.databases().at("DBInstances").as_array().size(), 3U * kPageSize);
  EXPECT_EQ(crawled.told("rds describe-db-instances", "Outcome"), "partial");
  EXPECT_EQ(crawled.told("rds describe-db-instances", "Code"), "repeated_page");
}

TEST(Faults, are_answers_that_cannot_be_read) {
  const std::string begin = "<DescribeDBInstancesResponse>";
  for (const std::string& bytes : std::vector<std::string>{
           begin + "<DescribeDBInstancesResult><DBInstances></DescribeDBInstancesResult>" +
               "</DBInstances></DescribeDBInstancesResponse>",
           begin + "</DescribeDBInstancesResponse>", begin, std::string("\x00\x01\xff\xfe\x7f", 5),
           R"({"DBInstances":[{"DBInstanceIdentifier":"db-1"}]})",
           "<html><head><title>Sign in</title></head><body>proxy</body></html>", "",
           begin + "<DescribeDBInstancesResult><DBInstances>&undefined;<x" +
               std::string(3, '\0')}) {
    const FaultServer server(account([&](const Asked&) -> Reply { return {.body = bytes}; }));
    const Crawled crawled = crawl(server, {.limits = hasty()});
    ASSERT_TRUE(crawled.summary) << bytes;
    EXPECT_EQ(crawled.told("rds describe-db-instances", "Outcome"), "failed") << bytes;
    EXPECT_EQ(crawled.told("rds describe-db-instances", "Code"), "bad_answer") << bytes;
    EXPECT_EQ(crawled.told("rds describe-db-instances", "File"), "") << bytes;
    EXPECT_EQ(crawled.summary->failed, 1U) << bytes;
  }
}

TEST(Faults, that_drip_have_an_end) {
  const FaultServer server(account([](const Asked& asked) -> Reply {
                             return {.body = databases(asked, 0, ""), .byte_ms = 100};
                           }),
                           4);
  collect::LiveLimits limits = hasty();
  limits.tries_max = 50;
  limits.transfer_max_s = 0.5;
  limits.call_max_s = 1.2;
  const auto begin = std::chrono::steady_clock::now();
  const Crawled crawled = crawl(server, {.limits = limits});
  ASSERT_TRUE(crawled.summary);
  EXPECT_EQ(crawled.told("rds describe-db-instances", "Code"), "connection");
  EXPECT_LE(crawled.summary->progress.requests, 10U);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(Faults, that_deny_leave_a_gap_and_no_document) {
  const FaultServer server(account(
      [](const Asked&) -> Reply { return {.status = 403, .body = error_of("AccessDenied")}; }));
  const Crawled crawled = crawl(server);
  ASSERT_TRUE(crawled.summary);
  EXPECT_EQ(crawled.summary->denied, 1U);
  EXPECT_TRUE(crawled.databases().empty());
  std::vector<collect::Document> documents;
  for (const auto& [path, bytes] : crawled.documents) {
    documents.push_back({path, bytes});
  }
  EXPECT_TRUE(collect::decode(std::move(documents), {}).diagnostics.has("call_denied"));
}

TEST(Faults, that_deny_all_of_several_resources_leave_no_part) {
  for (const bool is_denied : {true, false}) {
    const FaultServer server([&](const Asked& asked) -> Reply {
      if (asked.action == "GetCallerIdentity") {
        return {.body = answer_of(asked, "<Account>123456789012</Account>")};
      }
      if (asked.action == "DescribeLoadBalancers") {
        return {.body = answer_of(asked,
                                  "<LoadBalancers><member><LoadBalancerArn>a</LoadBalancerArn>"
                                  "</member><member><LoadBalancerArn>b</LoadBalancerArn></member>"
                                  "</LoadBalancers>")};
      }
      if (asked.action == "DescribeListeners") {
        const bool is_first = asked.raw.find("LoadBalancerArn=a") != std::string::npos;
        return is_first || is_denied ? Reply{.status = 403, .body = error_of("AccessDenied")}
                                     : Reply{.status = 400, .body = error_of("ValidationError")};
      }
      return {.body = answer_of(asked, "")};
    });
    const Crawled crawled = crawl(server, {.services = {"elbv2"}, .limits = hasty()});
    ASSERT_TRUE(crawled.summary);
    EXPECT_EQ(crawled.told("elbv2 describe-listeners", "Outcome"), is_denied ? "denied" : "failed");
    EXPECT_EQ(crawled.told("elbv2 describe-listeners", "File"), "");
    // What would be asked for each listener is not known.
    EXPECT_EQ(crawled.told("elbv2 describe-rules", "Outcome"), "failed");
  }
}

TEST(Faults, of_credentials_are_told_at_once) {
  const FaultServer server([](const Asked&) -> Reply {
    return {.status = 403, .body = error_of("InvalidClientTokenId")};
  });
  const Crawled crawled = crawl(server);
  ASSERT_FALSE(crawled.summary);
  EXPECT_EQ(crawled.summary.error().code, "no_credentials");
  EXPECT_TRUE(crawled.documents.empty());
}

TEST(Requests, are_signed_and_hold_no_secret) {
  std::string seen;
  Crawled crawled;
  {
    const FaultServer server(account([&](const Asked& asked) -> Reply {
      seen += asked.raw;
      return {.body = databases(asked, 0, "")};
    }));
    crawled = crawl(server);
  }
  EXPECT_THAT(seen, ::testing::HasSubstr("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
  EXPECT_THAT(seen, ::testing::HasSubstr("/eu-west-1/rds/aws4_request"));
  EXPECT_THAT(seen + crawled.all(), ::testing::Not(::testing::HasSubstr(kSecret)));
}

}  // namespace

}  // namespace portolan::live
