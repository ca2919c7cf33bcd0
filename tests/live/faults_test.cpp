#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/live.h"
#include "tests/support/fault_server.h"

// Bad days of AWS, played on loopback: every item arrives exactly once, or a gap is named.

namespace portolan::live {

namespace {

constexpr int kPages = 20;
constexpr int kPageSize = 50;
constexpr const char* kSecret = "a-very-secret-key";

std::string answer_of(const Asked& asked, const std::string& inside) {
  return fmt::format("<{0}Response><{0}Result>{1}</{0}Result></{0}Response>", asked.action, inside);
}

std::string error_of(const std::string& code) {
  return fmt::format("<ErrorResponse><Error><Code>{}</Code></Error></ErrorResponse>", code);
}

/// A page of databases; `next` is the token of the page after it.
std::string databases(const Asked& asked, int page, const std::string& next) {
  std::string list;
  for (int i = 0; i < kPageSize; ++i) {
    list +=
        fmt::format("<DBInstance><DBInstanceIdentifier>db-{}</DBInstanceIdentifier></DBInstance>",
                    page * kPageSize + i);
  }
  return answer_of(asked, fmt::format("<DBInstances>{}</DBInstances>{}", list,
                                      next.empty() ? "" : "<Marker>" + next + "</Marker>"));
}

/// What every account answers; `on_databases` answers the call that the test is about.
FaultServer::Answer account(FaultServer::Answer on_databases) {
  return [on_databases = std::move(on_databases)](const Asked& asked) -> Reply {
    if (asked.action == "GetCallerIdentity") {
      return {.body = answer_of(asked, "<Account>123456789012</Account><Arn>arn:aws:x</Arn>")};
    }
    return asked.action == "DescribeDBInstances" ? on_databases(asked)
                                                 : Reply{.body = answer_of(asked, "")};
  };
}

/// What a crawl of that server hands out.
struct Crawled {
  Result<collect::LiveSummary> summary;
  std::map<std::string, std::string> documents;

  [[nodiscard]] boost::json::object databases() const {
    const auto found = documents.find("123456789012/eu-west-1/rds-describe-db-instances.json");
    return found == documents.end() ? boost::json::object{}
                                    : boost::json::parse(found->second).as_object();
  }
  [[nodiscard]] std::string all() const {
    std::string text = summary ? "" : summary.error().message;
    for (const auto& [path, bytes] : documents) {
      text += path + bytes;
    }
    return text;
  }
};

Crawled crawl(const FaultServer& server, std::vector<std::string> services = {"rds"}) {
  ::setenv("AWS_ENDPOINT_URL", server.url().c_str(), 1);
  ::setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", 1);
  ::setenv("AWS_SECRET_ACCESS_KEY", kSecret, 1);
  ::setenv("AWS_CONFIG_FILE", "/nonexistent", 1);
  ::setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent", 1);
  Crawled crawled;
  crawled.summary =
      collect::collect_live({.regions = {"eu-west-1"}, .services = std::move(services)},
                            {.take = [&](collect::Document document) -> Result<void> {
                               crawled.documents[document.path] = std::move(document.bytes);
                               return {};
                             },
                             .progress = [](const collect::LiveProgress&) {},
                             .is_stopped = [] { return false; }});
  return crawled;
}

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
  const FaultServer server(
      account([](const Asked& asked) -> Reply { return {.body = databases(asked, 0, "")}; }));
  ::setenv("AWS_ENDPOINT_URL_DAX", "http://dax.nowhere.invalid", 1);
  const Crawled crawled = crawl(server, {"rds", "dax"});
  ::unsetenv("AWS_ENDPOINT_URL_DAX");
  ASSERT_TRUE(crawled.summary);
  const auto found = crawled.documents.find("123456789012/eu-west-1/dax-describe-clusters.json");
  ASSERT_NE(found, crawled.documents.end()) << crawled.all();
  EXPECT_EQ(found->second, "{\"Clusters\":[]}\n");
  EXPECT_THAT(crawled.documents.at("portolan-manifest.json"), testing::HasSubstr("not_offered"));
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
