#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/server/running.h"

namespace portolan::test {
namespace {

constexpr const char* kJson = "Content-Type: application/json";

std::string code_of(const Answer& answer) {
  boost::system::error_code fault;
  const auto value = boost::json::parse(answer.body, fault);
  return fault ? "" : std::string(value.at("error").at("code").as_string());
}

TEST(Access, MetaNeedsTheTokenOfThisRun) {
  const Running server;
  EXPECT_EQ(server.get("/api/v1/meta").status, 200);
  const Answer without = ask(server.port(), "GET", "/api/v1/meta", {server.host()});
  EXPECT_EQ(without.status, 401);
  EXPECT_EQ(without.header("www-authenticate"), "Bearer");
  const std::string wrong = server.bearer().substr(0, server.bearer().size() - 1) + "x";
  EXPECT_EQ(ask(server.port(), "GET", "/api/v1/meta", {server.host(), wrong}).status, 401);
  const std::string token = server.bearer().substr(22);
  EXPECT_EQ(ask(server.port(), "GET", "/api/v1/meta?token=" + token, {server.host()}).status, 401);
}

TEST(Access, EveryCallNeedsTheTokenAlsoOneThatIsNone) {
  const Running server;
  for (const char* path : {"/api/v1/findings", "/api/v1/events", "/api/v1/nothing", "/api",
                           "/api/v2/meta", "/api/v1/export.csv"}) {
    EXPECT_EQ(ask(server.port(), "GET", path, {server.host()}).status, 401) << path;
  }
}

TEST(Access, AFloodOfWrongTokensIsSlowedAndTheRightOneStillWorks) {
  const Running server;
  int refused = 0;
  for (int i = 0; i < 60; ++i) {
    const int status =
        ask(server.port(), "GET", "/api/v1/meta", {server.host(), "Authorization: Bearer x"})
            .status;
    EXPECT_TRUE(status == 401 || status == 429) << status;
    refused += status == 429 ? 1 : 0;
  }
  EXPECT_GT(refused, 0);
  EXPECT_EQ(server.get("/api/v1/meta").status, 200);
}

TEST(Access, TheCodeGivesTheTokenOnce) {
  const Running server;
  const std::string body = fmt::format("{{\"code\": \"{}\"}}", server.code());
  const Answer first = ask(server.port(), "POST", "/api/v1/token", {server.host(), kJson}, body);
  EXPECT_EQ(first.status, 200);
  EXPECT_NE(
      server.bearer().find(std::string(boost::json::parse(first.body).at("token").as_string())),
      std::string::npos);
  const Answer second = ask(server.port(), "POST", "/api/v1/token", {server.host(), kJson}, body);
  EXPECT_EQ(second.status, 403);
  EXPECT_EQ(code_of(second), "wrong_code");
}

TEST(Access, CodesCannotBeGuessedForLong) {
  const Running server;
  int refused = 0;
  for (int i = 0; i < 14; ++i) {
    refused +=
        ask(server.port(), "POST", "/api/v1/token", {server.host(), kJson}, "{\"code\": \"0\"}")
                    .status == 429
            ? 1
            : 0;
  }
  EXPECT_GE(refused, 3);
}

TEST(Access, AnotherHostIsTurnedAwayWhateverItAsksFor) {
  const Running server;
  for (const char* path : {"/", "/app.js", "/nothing", "/api/v1/meta", "/api/v1/events"}) {
    for (const std::string& host :
         {fmt::format("Host: evil.example:{}", server.port()), std::string("Host: 127.0.0.1"),
          std::string("Host: 127.0.0.1:1"), fmt::format("Host: 127.0.0.1.:{}", server.port())}) {
      const Answer answer = ask(server.port(), "GET", path, {host, server.bearer()});
      EXPECT_EQ(answer.status, 421) << path << " " << host;
    }
  }
  EXPECT_EQ(ask(server.port(), "GET", "/", {}).status, 421);
  EXPECT_EQ(ask(server.port(), "GET", "/", {server.host(), server.host()}).status, 421);
  EXPECT_EQ(ask(server.port(), "GET", "http://evil.example/", {server.host()}).status, 400);
}

TEST(Access, NamesOfThisMachineAndAllowedOnesAreFine) {
  const Running server({"Charts.example", "tunnel.example:9000"});
  for (const std::string& host :
       {fmt::format("localhost:{}", server.port()), fmt::format("LOCALHOST:{}", server.port()),
        fmt::format("[::1]:{}", server.port()), fmt::format("charts.example:{}", server.port()),
        std::string("charts.example"), std::string("tunnel.example:9000")}) {
    EXPECT_EQ(ask(server.port(), "GET", "/", {"Host: " + host}).status, 200) << host;
  }
  EXPECT_EQ(ask(server.port(), "GET", "/", {"Host: tunnel.example"}).status, 421);
}

TEST(Access, PagesOfOthersCannotAsk) {
  const Running server;
  const auto status = [&](const std::string& header) {
    return ask(server.port(), "GET", "/api/v1/meta", {server.host(), server.bearer(), header})
        .status;
  };
  EXPECT_EQ(status("Origin: http://evil.example"), 403);
  EXPECT_EQ(status("Origin: null"), 403);
  EXPECT_EQ(status("Origin: "), 403);
  EXPECT_EQ(status("Sec-Fetch-Site: cross-site"), 403);
  EXPECT_EQ(status("Sec-Fetch-Site: same-site"), 403);
  EXPECT_EQ(status(fmt::format("Origin: http://127.0.0.1:{}", server.port())), 200);
  EXPECT_EQ(status("Sec-Fetch-Site: same-origin"), 200);
  EXPECT_EQ(status("Sec-Fetch-Site: none"), 200);
}

TEST(Access, FormsOfOthersCannotSend) {
  const Running server;
  for (const char* type : {"Content-Type: text/plain", "Content-Type: multipart/form-data",
                           "Content-Type: application/x-www-form-urlencoded", "X: y"}) {
    EXPECT_EQ(ask(server.port(), "POST", "/api/v1/token", {server.host(), type}, "{}").status, 415);
    EXPECT_EQ(
        ask(server.port(), "POST", "/api/v1/whatif", {server.host(), server.bearer(), type}, "{}")
            .status,
        415);
  }
  const Answer odd = ask(server.port(), "DELETE", "/api/v1/meta", {server.host(), server.bearer()});
  EXPECT_EQ(odd.status, 405);
  EXPECT_EQ(odd.header("allow"), "GET, HEAD, POST");
  EXPECT_EQ(ask(server.port(), "OPTIONS", "/api/v1/meta", {server.host()}).status, 405);
  EXPECT_EQ(server.get("/api/v1/whatif").status, 405);
}

TEST(Access, EveryAnswerBearsTheHeadersThatProtectThePage) {
  const Running server;
  for (const Answer& answer :
       {ask(server.port(), "GET", "/", {server.host()}), server.get("/api/v1/meta"),
        server.get("/api/v1/nothing"), ask(server.port(), "GET", "/", {"Host: evil"}),
        ask(server.port(), "GET", "/none", {server.host()})}) {
    const std::string policy = answer.header("content-security-policy");
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"));
    EXPECT_NE(policy.find("require-trusted-types-for 'script'; trusted-types 'none'"),
              std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(answer.header("cross-origin-opener-policy"), "same-origin");
    EXPECT_EQ(answer.header("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.header("referrer-policy"), "no-referrer");
    EXPECT_NE(answer.header("permissions-policy").find("camera=()"), std::string::npos);
    EXPECT_EQ(answer.headers.count("access-control-allow-origin"), 0U);
  }
  EXPECT_EQ(server.get("/api/v1/meta").header("cache-control"), "no-store");
}

TEST(Access, AddressesAreNoPaths) {
  const Running server;
  for (const char* path :
       {"/../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd",
        "/./app.js", "//etc/passwd", "/app.js/", "/app.js%00.html", "/....//etc/passwd",
        "/%c0%ae%c0%ae/etc/passwd", "/api/v1/node/..%2f..%2fetc%2fpasswd", "/%", "/%zz"}) {
    const Answer answer = ask(server.port(), "GET", path, {server.host(), server.bearer()});
    EXPECT_TRUE(answer.status == 404 || answer.status == 400) << path << " " << answer.status;
    EXPECT_EQ(answer.body.find("root:"), std::string::npos);
  }
}

TEST(Access, FilesAreNamedAndTagged) {
  const Running server;
  const Answer page = ask(server.port(), "GET", "/", {server.host()});
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  const Answer script = ask(server.port(), "GET", "/app.js", {server.host()});
  EXPECT_EQ(script.body, "export const answer = 42;\n");
  const std::string tag = "If-None-Match: " + script.header("etag");
  EXPECT_EQ(ask(server.port(), "GET", "/app.js", {server.host(), tag}).status, 304);
  const Answer head = ask(server.port(), "HEAD", "/app.js", {server.host()});
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "26");
}

TEST(Access, OnlyLoopbackIsListenedAt) {
  for (const char* address : {"0.0.0.0", "192.0.2.1", "::", "not an address"}) {
    server::Options options{.address = address};
    const auto opened = server::Server::open(std::move(options), {});
    ASSERT_FALSE(opened.has_value()) << address;
    EXPECT_TRUE(opened.error().code == "not_loopback" || opened.error().code == "bad_address");
  }
}

}  // namespace
}  // namespace portolan::test
