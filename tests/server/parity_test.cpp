// The console says what the command line says: each call's JSON is what the command prints, byte
// for byte.

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/server/running.h"
#include "tests/support/process.h"

namespace portolan::test {
namespace {

namespace json = boost::json;

std::string printed(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), PORTOLAN_BINARY);
  return run({.arguments = std::move(arguments), .environment = plain_environment()}).out;
}

struct Twin {
  std::string path;
  std::vector<std::string> arguments;
};

TEST(Parity, CallsAnswerWhatCommandsPrint) {
  const Running server;
  const std::string source(kHarbor);
  const std::string question = "internet -> lb:shop tcp/443";
  const std::string json_format = "--json";
  for (const Twin& twin : std::vector<Twin>{
           {"/connections", {"connections", source, json_format}},
           {"/connections?exposed=1&risky=1",
            {"connections", source, "--exposed", "--risky", json_format}},
           {"/connections?from=internet&service=" + escaped("tcp/443"),
            {"connections", source, "--from", "internet", "--service", "tcp/443", json_format}},
           {"/connections?of=" + escaped("lb:shop"),
            {"connections", source, "--of", "lb:shop", json_format}},
           {"/reach?q=" + escaped(question), {"reach", source, question, json_format}},
           {"/paths?to=" + escaped("tag:tier=data"),
            {"connections", source, "--to", "tag:tier=data", "--paths", json_format}},
           {"/radius?hops=3&from=" + escaped("lb:shop"),
            {"connections", source, "--from", "lb:shop", "--hops", "3", json_format}},
           {"/export.json", {"audit", source, json_format}},
           {"/export.csv", {"connections", source, "--format", "csv"}},
           {"/checks/sg-ingress-world-ssh", {"explain", "sg-ingress-world-ssh", json_format}},
       }) {
    const Answer answer = server.get("/api/v1" + twin.path);
    EXPECT_EQ(answer.status, 200) << twin.path;
    EXPECT_FALSE(answer.body.empty());
    EXPECT_EQ(answer.body, printed(twin.arguments)) << twin.path;
  }
}

TEST(Parity, FindingsAreThoseOfTheAuditInItsOrder) {
  const Running server;
  const json::value audit = json::parse(printed({"audit", std::string(kHarbor), "--json"}));
  json::array listed;
  for (const json::value& finding : audit.at("findings").as_array()) {
    if (finding.at("outcome") != "pass") {
      listed.push_back(finding);
    }
  }
  json::array served;
  std::size_t total = 1;
  while (served.size() < total) {
    const json::value page = json::parse(
        server.get(fmt::format("/api/v1/findings?offset={}&limit=7", served.size())).body);
    total = page.at("total").to_number<std::size_t>();
    ASSERT_FALSE(page.at("findings").as_array().empty());
    for (const json::value& finding : page.at("findings").as_array()) {
      served.push_back(finding);
    }
  }
  ASSERT_EQ(served.size(), listed.size());
  for (std::size_t i = 0; i < listed.size(); ++i) {
    EXPECT_EQ(json::serialize(served[i]), json::serialize(listed[i]));
  }
  const json::value meta = json::parse(server.get("/api/v1/meta").body);
  EXPECT_EQ(meta.at("findings").at("critical"), audit.at("summary").at("by_risk").at("critical"));
  EXPECT_EQ(meta.at("findings").at("info"), audit.at("summary").at("by_risk").at("info"));
  EXPECT_EQ(meta.at("findings").at("unknown"), audit.at("summary").at("unknown"));
}

TEST(Parity, WhoIsAsTheCommandTells) {
  const Running server;
  const json::value groups = json::parse(server.get("/api/v1/groups").body);
  ASSERT_FALSE(groups.at("groups").as_array().empty());
  constexpr std::size_t most = 3;  // each takes seconds with sanitizers, twice
  const json::array& all = groups.at("groups").as_array();
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
    const std::string id(all[i].at("key").as_string());
    EXPECT_EQ(server.get("/api/v1/who/" + id).body,
              printed({"who", id, "-s", std::string(kHarbor), "--json"}));
  }
}

TEST(Parity, WhatIfHasTheNumbersOfDiff) {
  const Running server;
  const json::value groups = json::parse(server.get("/api/v1/groups").body);
  constexpr std::size_t most = 4;  // each takes ten seconds with sanitizers, twice
  const json::array& all = groups.at("groups").as_array();
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
    const std::string change =
        fmt::format("{} +ingress tcp/22 0.0.0.0/0", std::string(all[i].at("key").as_string()));
    const Answer answer = server.post(
        "/api/v1/whatif", json::serialize(json::object{{"changes", json::array{change}}}));
    ASSERT_EQ(answer.status, 200);
    json::object served = json::parse(answer.body).as_object();
    const json::value printed_diff =
        json::parse(printed({"diff", std::string(kHarbor), "--change", change, "--json"}));
    for (const auto& member : printed_diff.as_object()) {
      EXPECT_EQ(json::serialize(served.at(member.key())), json::serialize(member.value()));
    }
    EXPECT_NE(served.at("patches").at("cli").as_string().find("authorize-security-group-ingress"),
              std::string::npos);
    const Answer soon = server.post(
        "/api/v1/whatif",
        json::serialize(json::object{{"changes", json::array{change}}, {"findings", false}}));
    served.erase("findings_appeared");
    served.erase("findings_gone");
    EXPECT_EQ(json::parse(soon.body), json::value(served)) << "all else, and sooner";
  }
}

TEST(Parity, PortsNameTheRuleThatReachNames) {
  const Running server;
  const std::string_view canary = "i-0f12f8ecd9adbaf1a";
  const json::value node = json::parse(server.get(fmt::format("/api/v1/node/{}", canary)).body);
  std::size_t named = 0;
  for (const json::value& row : node.at("ingress").as_array()) {
    if (row.at("from") != "internet") {
      continue;
    }
    const json::value& rule = row.at("rules").as_array().at(0);
    const std::string services(rule.at("services").as_string());
    const json::value reached =
        json::parse(printed({"reach", fmt::format("internet -> {} {}", canary, services), "-s",
                             std::string(kHarbor), "--json"}));
    const std::string said = fmt::format("{} ingress {} {}", std::string(rule.at("id").as_string()),
                                         services, std::string(rule.at("peer").as_string()));
    for (const json::value& hop : reached.at("hops").as_array()) {
      named +=
          hop.at("component") == rule.at("holder") && hop.at("rule").as_string() == said ? 1U : 0U;
    }
    EXPECT_FALSE(row.at("finding").is_null());
    EXPECT_TRUE(rule.at("changed").is_null());  // no logs were given
  }
  EXPECT_GT(named, 0U);
}

TEST(Parity, ErrorsAreThoseOfTheCommandLine) {
  const Running server;
  const auto code = [](const Answer& answer) {
    return std::string(json::parse(answer.body).at("error").at("code").as_string());
  };
  Answer answer = server.get("/api/v1/reach?q=" + escaped("internet -> nobody tcp/22"));
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(code(answer), "unknown_name");
  answer = server.get("/api/v1/reach?q=nonsense");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(code(answer), "bad_question");
  EXPECT_EQ(server.get("/api/v1/reach").status, 400);
  EXPECT_EQ(server.get("/api/v1/radius?from=internet&hops=0").status, 400);
  EXPECT_EQ(server.get("/api/v1/findings?limit=x").status, 400);
  EXPECT_EQ(server.get("/api/v1/findings?risk=huge").status, 400);
  EXPECT_EQ(server.get("/api/v1/checks/none").status, 404);
  answer = server.get("/api/v1/history/sg-1");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(code(answer), "no_history");
  answer = server.get("/api/v1/difference?from=2026-05-03T14:02:00Z");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(code(answer), "no_past");
  for (const char* body :
       {"", "{", "[]", "{\"changes\": []}", "{\"changes\": [1]}", "{\"changes\": [\"nonsense\"]}",
        "{\"changes\": \"x\"}", "{\"changes\": [\"sg:sftp deleted\"], \"findings\": 1}"}) {
    EXPECT_EQ(server.post("/api/v1/whatif", body).status, 400) << body;
  }
  EXPECT_EQ(server.get("/api/v1/nothing").status, 404);
}

}  // namespace
}  // namespace portolan::test
