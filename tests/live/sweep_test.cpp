#include <atomic>
#include <cstdlib>
#include <set>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "tests/live/account.h"

// Several accounts and regions: how they are found and entered, and what a closed one leaves.

namespace portolan::live {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string keys_of(const Asked& asked, const std::string& account) {
  return answer_of(asked, fmt::format("<Credentials><AccessKeyId>AKID{0}</AccessKeyId>"
                                      "<SecretAccessKey>secret-of-{0}</SecretAccessKey>"
                                      "<SessionToken>token-of-{0}</SessionToken></Credentials>",
                                      account));
}

/// The account whose role is asked for.
std::string account_in(const Asked& asked) {
  const std::string begin = "RoleArn=arn%3Aaws%3Aiam%3A%3A";
  const std::size_t at = asked.raw.find(begin);
  return at == std::string::npos ? "" : asked.raw.substr(at + begin.size(), 12);
}

/// Accounts that answer everything; `on_role` answers AssumeRole.
FaultServer::Answer accounts(FaultServer::Answer on_role) {
  return [on_role = std::move(on_role)](const Asked& asked) -> Reply {
    if (asked.action == "AssumeRole") {
      return on_role(asked);
    }
    return account([](const Asked& each) -> Reply { return {.body = databases(each, 0, "")}; })(
        asked);
  };
}

collect::LiveOptions sweep(std::vector<std::string> ids) {
  return {.accounts = std::move(ids), .role = "portolan", .limits = hasty()};
}

/// Outcome and code of each account that was not entered.
std::set<std::string> closed(const Crawled& crawled) {
  std::set<std::string> all;
  const auto told = boost::json::parse(crawled.documents.at("portolan-manifest.json"));
  for (const auto& each : told.at("PortolanManifest").at("Calls").as_array()) {
    if (each.at("Call") == "sts assume-role") {
      all.insert(fmt::format("{} {} {}", std::string(each.at("Account").as_string()),
                             std::string(each.at("Outcome").as_string()),
                             std::string(each.at("Code").as_string())));
    }
  }
  return all;
}

TEST(Sweep, enters_each_account_though_sts_is_busy) {
  const FaultServer server(accounts([](const Asked& asked) -> Reply {
    // Every second question meets a server that is busy.
    static std::atomic<int> count = 0;
    switch (++count % 4) {
      case 1:
        return {.status = 400, .body = error_of("Throttling")};
      case 3:
        return {.status = 503, .body = "<html>busy</html>"};
      default:
        return {.body = keys_of(asked, account_in(asked))};
    }
  }));
  auto options = sweep({"111122223333", "222233334444", "333344445555", "111122223333"});
  options.limits.tries_max = 8;
  const Crawled crawled = crawl(server, options);
  ASSERT_TRUE(crawled.summary) << crawled.summary.error().message;
  EXPECT_TRUE(closed(crawled).empty());
  for (const std::string id : {"111122223333", "222233334444", "333344445555"}) {
    EXPECT_TRUE(crawled.documents.contains(id + "/eu-west-1/rds-describe-db-instances.json")) << id;
  }
  EXPECT_GT(crawled.summary->progress.throttles, 0U);
  EXPECT_THAT(crawled.all(), Not(HasSubstr("token-of-")));
  EXPECT_THAT(crawled.all(), Not(HasSubstr("secret-of-")));
}

TEST(Sweep, names_why_each_closed_account_is_closed) {
  const FaultServer server(accounts([](const Asked& asked) -> Reply {
    const std::string account = account_in(asked);
    if (account == "111122223333") {
      return {.status = 403, .body = error_of("AccessDenied")};
    }
    if (account == "222233334444") {
      return {.status = 500, .body = error_of("InternalFailure")};
    }
    if (account == "333344445555") {
      return {.body = answer_of(asked, "<Credentials/>")};
    }
    return {.body = keys_of(asked, account)};
  }));
  const Crawled crawled =
      crawl(server, sweep({"111122223333", "222233334444", "333344445555", "444455556666"}));
  ASSERT_TRUE(crawled.summary);
  EXPECT_THAT(closed(crawled),
              ElementsAre("111122223333 denied AccessDenied", "222233334444 failed InternalFailure",
                          "333344445555 failed bad_credentials"));
  EXPECT_TRUE(crawled.documents.contains("444455556666/eu-west-1/rds-describe-db-instances.json"));
}

TEST(Sweep, ends_when_the_user_has_enough) {
  std::atomic<int> asked_for = 0;
  const FaultServer server(accounts([&](const Asked&) -> Reply {
    ++asked_for;
    return {.status = 400, .body = error_of("Throttling")};
  }));
  auto options = sweep({"111122223333", "222233334444"});
  options.limits.tries_max = 50;
  const Crawled crawled = crawl(server, options, [&] { return asked_for > 3; });
  ASSERT_TRUE(crawled.summary);
  EXPECT_TRUE(crawled.summary->was_stopped);
  EXPECT_LT(asked_for, 20);
  EXPECT_THAT(closed(crawled),
              ElementsAre("111122223333 failed stopped", "222233334444 failed stopped"));
  EXPECT_THAT(crawled.documents.at("portolan-manifest.json"), HasSubstr(R"("Complete":false)"));
}

TEST(Sweep, of_an_organization_leaves_out_what_is_no_account) {
  const auto answer = accounts(
      [](const Asked& asked) -> Reply { return {.body = keys_of(asked, account_in(asked))}; });
  const FaultServer server([&](const Asked& asked) -> Reply {
    if (asked.raw.find("AWSOrganizationsV20161128.ListAccounts\r") != std::string::npos) {
      return {.body = R"({"Accounts":[{"Id":"111122223333","Status":"ACTIVE"},)"
                      R"({"Id":"../../../etc","Status":"ACTIVE"},7,{"Status":"ACTIVE"},)"
                      R"({"Id":"222233334444","Status":"SUSPENDED"}]})"};
    }
    if (asked.raw.find("AWSOrganizationsV20161128") != std::string::npos) {
      return {.status = 400, .body = R"({"__type":"AWSOrganizationsNotInUseException"})"};
    }
    return answer(asked);
  });
  auto options = sweep({});
  options.whole_organization = true;
  const Crawled crawled = crawl(server, options);
  ASSERT_TRUE(crawled.summary) << crawled.summary.error().message;
  EXPECT_TRUE(crawled.documents.contains("111122223333/eu-west-1/rds-describe-db-instances.json"));
  EXPECT_EQ(closed(crawled).size(), 2U);
  for (const auto& [path, bytes] : crawled.documents) {
    EXPECT_THAT(path, Not(HasSubstr("..")));
    EXPECT_THAT(path, Not(HasSubstr("222233334444")));
  }
}

/// An account whose regions are these.
FaultServer::Answer with_regions(Reply regions) {
  return [regions](const Asked& asked) -> Reply {
    if (asked.action == "DescribeRegions") {
      return regions;
    }
    return account([](const Asked& each) -> Reply { return {.body = databases(each, 0, "")}; })(
        asked);
  };
}

std::set<std::string> regions_read(const Crawled& crawled) {
  std::set<std::string> regions;
  for (const auto& [path, bytes] : crawled.documents) {
    if (path.ends_with("rds-describe-db-instances.json")) {
      regions.insert(path.substr(13, path.rfind('/') - 13));
    }
  }
  return regions;
}

Crawled crawl_all_regions(const FaultServer& server) {
  ::setenv("AWS_ENDPOINT_URL", server.url().c_str(), 1);
  ::setenv("AWS_REGION", "eu-north-1", 1);
  Crawled crawled = crawl(server, {.regions = {"*"}, .limits = hasty()});
  ::unsetenv("AWS_REGION");
  return crawled;
}

TEST(Regions, are_those_that_aws_names_and_that_are_names_of_regions) {
  std::string list;
  for (const char* name : {"eu-west-1", "eu-central-1", "us-east-1", "../../../../tmp/x"}) {
    list += fmt::format("<item><regionName>{}</regionName></item>", name);
  }
  const FaultServer server(with_regions({.body = "<DescribeRegionsResponse><regionInfo>" + list +
                                                 "</regionInfo></DescribeRegionsResponse>"}));
  const Crawled crawled = crawl_all_regions(server);
  ASSERT_TRUE(crawled.summary);
  EXPECT_THAT(regions_read(crawled), ElementsAre("eu-central-1", "eu-west-1", "us-east-1"));
  for (const auto& [path, bytes] : crawled.documents) {
    EXPECT_THAT(path, Not(HasSubstr("..")));
  }
}

TEST(Regions, that_aws_does_not_tell_are_a_gap_beside_the_home_region) {
  const FaultServer server(
      with_regions({.status = 403,
                    .body = "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error>"
                            "</Errors></Response>"}));
  const Crawled crawled = crawl_all_regions(server);
  ASSERT_TRUE(crawled.summary);
  EXPECT_THAT(regions_read(crawled), ElementsAre("eu-north-1"));
  EXPECT_EQ(crawled.told("ec2 describe-regions", "Outcome"), "denied");
  EXPECT_FALSE(crawled.summary->is_whole());
}

/// A refused signature is explained with the whole request, as AWS does it.
TEST(Secrets, that_a_server_repeats_are_hidden) {
  ::setenv("AWS_SESSION_TOKEN", "a+session/token==of-a-test", 1);
  std::string said;
  const FaultServer server(account([&](const Asked& asked) -> Reply {
    std::string request = asked.raw;
    for (std::size_t at = 0; (at = request.find('&', at)) != std::string::npos; ++at) {
      request.replace(at, 1, "&amp;");
    }
    said = "The Canonical String for this request should have been '" + request + " " + kSecret +
           " and a%2Bsession%2Ftoken%3D%3Dof-a-test and cut off: a+session/token==o";
    return {.status = 403, .body = error_of("SignatureDoesNotMatch", said)};
  }));
  const Crawled crawled = crawl(server, {.limits = hasty()});
  ::unsetenv("AWS_SESSION_TOKEN");
  EXPECT_THAT(said, HasSubstr("X-Amz-Security-Token: a+session/token==of-a-test"));
  ASSERT_TRUE(crawled.summary);
  const std::string message = crawled.told("rds describe-db-instances", "Message");
  EXPECT_THAT(message, HasSubstr("The Canonical String"));
  EXPECT_THAT(message, HasSubstr("(hidden)"));
  for (const char* part : {kSecret, "session/token", "session%2Ftoken"}) {
    EXPECT_THAT(crawled.all(), Not(HasSubstr(part)));
  }
}

TEST(Secrets, leave_no_core_file) {
  const FaultServer server(
      account([](const Asked& asked) -> Reply { return {.body = databases(asked, 0, "")}; }));
  ASSERT_EQ(::prctl(PR_SET_DUMPABLE, 1), 0);
  ASSERT_TRUE(crawl(server, {.limits = hasty()}).summary);
  EXPECT_EQ(::prctl(PR_GET_DUMPABLE), 0);
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_CORE, &limit), 0);
  EXPECT_EQ(limit.rlim_cur, 0U);
}

}  // namespace

}  // namespace portolan::live
