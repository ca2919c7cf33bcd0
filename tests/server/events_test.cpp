#include <chrono>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "collect/collect.h"
#include "model/change_text.h"
#include "server/feed.h"
#include "tests/server/running.h"

namespace portolan::test {
namespace {

namespace json = boost::json;

/// A group whose interface the internet gets at: what is opened for it is open.
std::string a_group(const Snapshot& snapshot) {
  for (const SecurityGroup& group : snapshot.all<SecurityGroup>()) {
    if (group.group_name == "sftp") {
      return group.id.value;
    }
  }
  return "";
}

std::vector<Change> opening(std::string_view services = "tcp/3389") {
  const auto decoded = collect::load(std::string(kHarbor));
  const std::string text =
      fmt::format("{} +ingress {} 0.0.0.0/0", a_group(decoded->snapshot), services);
  return {*parse_change(decoded->snapshot, text)};
}

Connection stream(const Running& server, const std::string& more = "") {
  Connection connection(server.port());
  connection.send(fmt::format("GET /api/v1/events HTTP/1.1\r\n{}\r\n{}\r\n{}\r\n", server.host(),
                              server.bearer(), more));
  return connection;
}

json::value event_of(const std::string& text) {
  const std::size_t start = text.rfind("data: ") + 6;
  return json::parse(text.substr(start, text.find('\n', start) - start));
}

TEST(Events, AChangeIsToldToAllWhoListenWithWhatItOpened) {
  Running server;
  std::vector<Connection> listeners;
  for (int i = 0; i < 8; ++i) {
    listeners.push_back(stream(server));
    const std::string head = listeners.back().read_until("event: beat\ndata: {}\n\n");
    EXPECT_NE(head.find("Content-Type: text/event-stream\r\n"), std::string::npos);
  }
  const std::string before = server.get("/api/v1/meta").header("portolan-snapshot");
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(server.server()
                  .apply(opening(), {.time = *Time::parse("2026-05-03T14:03:00Z"),
                                     .actor = "arn:aws:iam::123456789012:user/eve",
                                     .event = "AuthorizeSecurityGroupIngress",
                                     .source_ip = "198.51.100.7"})
                  .has_value());
  for (Connection& listener : listeners) {
    const std::string text = listener.read_until("\n\n");
    EXPECT_TRUE(text.starts_with("id: 1\nevent: change\n")) << text;
    const json::value told = event_of(text);
    EXPECT_EQ(told.at("time"), "2026-05-03T14:03:00Z");
    EXPECT_EQ(told.at("changes").as_array().size(), 1U);
    EXPECT_FALSE(told.at("opened").as_array().empty());
    EXPECT_TRUE(told.at("closed").as_array().empty());
    EXPECT_EQ(told.at("cause").at("event"), "AuthorizeSecurityGroupIngress");
    EXPECT_NE(told.at("snapshot").as_string(), before);
  }
  RecordProperty("milliseconds",
                 static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                      std::chrono::steady_clock::now() - start)
                                      .count()));
  const Answer meta = server.get("/api/v1/meta");
  EXPECT_EQ(json::parse(meta.body).at("sequence"), 1);
  EXPECT_NE(meta.header("portolan-snapshot"), before);
}

TEST(Events, ANinthListenerIsTurnedAwayUntilOneGoes) {
  const Running server;
  std::vector<Connection> listeners;
  for (int i = 0; i < 8; ++i) {
    listeners.push_back(stream(server));
    listeners.back().read_until("beat");
  }
  EXPECT_EQ(stream(server).receive().status, 503);
  listeners.pop_back();
  std::string text;
  for (int i = 0; i < 100 && text.find("beat") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    text = stream(server).read_until("\n\n", 2);
    text += text.find("200 OK") != std::string::npos ? "beat" : "";
  }
  EXPECT_NE(text.find("200 OK"), std::string::npos);
}

TEST(Events, WhoComesBackGetsWhatItMissed) {
  Running server;
  for (const char* services : {"tcp/3389", "tcp/5900", "tcp/6379"}) {
    ASSERT_TRUE(server.server().apply(opening(services), {}).has_value());
  }
  Connection back = stream(server, "Last-Event-ID: 1\r\n");
  back.read_until("data: {}\n\n");
  EXPECT_TRUE(back.read_until("\n\n").starts_with("id: 2\nevent: change\n"));
  EXPECT_TRUE(back.read_until("\n\n").starts_with("id: 3\nevent: change\n"));
}

TEST(Events, WhatCannotBeResumedIsAReload) {
  Running server;
  ASSERT_TRUE(server.server().apply(opening(), {}).has_value());
  for (const char* last : {"7", "-1", "x", "99999999999999999999999"}) {
    Connection back = stream(server, fmt::format("Last-Event-ID: {}\r\n", last));
    back.read_until("data: {}\n\n");
    EXPECT_TRUE(back.read_until("\n\n").starts_with("id: 1\nevent: reload\n")) << last;
  }
}

TEST(Events, TheRingIsBoundedAndTheSlowAreToldToBeginAnew) {
  server::Feed feed;
  for (int i = 0; i < 5000; ++i) {
    feed.publish("change", "{}");
  }
  EXPECT_EQ(feed.latest(), 5000U);
  EXPECT_EQ(feed.after(5000), std::nullopt);
  EXPECT_EQ(feed.after(4999)->last, 5000U);
  EXPECT_NE(feed.after(10)->text.find("event: reload"), std::string::npos);
  EXPECT_EQ(feed.after(10)->last, 5000U);
  feed.publish("change", std::string(9'000'000, ' '));  // more than all that is kept
  EXPECT_EQ(feed.after(5000)->last, 5001U);
  EXPECT_NE(feed.after(4999)->text.find("event: reload"), std::string::npos);
}

TEST(Events, AnEditThatDoesNotFitChangesNothing) {
  Running server;
  const Change wrong = RuleRemoved{.group = {"sg-00000000000000000"}};
  EXPECT_FALSE(server.server().apply({wrong}, {}).has_value());
  EXPECT_EQ(json::parse(server.get("/api/v1/meta").body).at("sequence"), 0);
}

TEST(Events, AnEditAndItsInverseLeadBack) {
  Running server;
  const std::string before = server.get("/api/v1/connections").body;
  const std::vector<Change> open = opening();
  ASSERT_TRUE(server.server().apply(open, {}).has_value());
  EXPECT_NE(server.get("/api/v1/connections").body, before);
  const auto& added = std::get<RuleAdded>(open.front());
  ASSERT_TRUE(server.server()
                  .apply({RuleRemoved{.group = added.group, .rule = added.rule}}, {})
                  .has_value());
  EXPECT_EQ(server.get("/api/v1/connections").body, before);
}

}  // namespace
}  // namespace portolan::test
