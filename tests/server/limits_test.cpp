#include <chrono>
#include <random>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "tests/server/running.h"

namespace portolan::test {
namespace {

using Clock = std::chrono::steady_clock;

TEST(Limits, AHeadThatIsTooLargeIsRefused) {
  const Running server;
  const std::string filler = "X-Filler: " + std::string(20'000, 'x');
  EXPECT_EQ(ask(server.port(), "GET", "/", {server.host(), filler}).status, 431);
  const Answer longest = ask(server.port(), "GET", "/" + std::string(15'000, 'a'), {server.host()});
  EXPECT_EQ(longest.status, 404);
  EXPECT_EQ(ask(server.port(), "GET", "/" + std::string(20'000, 'a'), {server.host()}).status, 431);
}

TEST(Limits, ABodyThatIsTooLargeIsRefusedBeforeItIsRead) {
  const Running server;
  Connection connection(server.port());
  connection.send(
      fmt::format("POST /api/v1/whatif HTTP/1.1\r\n{}\r\n{}\r\n"
                  "Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n",
                  server.host(), server.bearer()));
  EXPECT_EQ(connection.receive().status, 413);
  const Answer much = server.post("/api/v1/whatif", std::string(300'000, ' '));
  EXPECT_EQ(much.status, 413);
  EXPECT_EQ(server.get("/api/v1/meta").status, 200);
}

TEST(Limits, AChunkedBodyHasTheSameLimit) {
  const Running server;
  Connection connection(server.port());
  connection.send(
      fmt::format("POST /api/v1/whatif HTTP/1.1\r\n{}\r\n{}\r\n"
                  "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
                  server.host(), server.bearer()));
  for (int i = 0; i < 30; ++i) {
    if (!connection.send("4000\r\n" + std::string(0x4000, ' ') + "\r\n")) {
      break;
    }
  }
  EXPECT_EQ(connection.receive().status, 413);
}

TEST(Limits, WhatIsNoRequestIsRefused) {
  const Running server;
  Connection connection(server.port());
  connection.send("this is no request\r\n\r\n");
  EXPECT_EQ(connection.receive().status, 400);
  EXPECT_TRUE(connection.is_closed_within(5));
}

TEST(Limits, RandomBytesDoNoHarm) {
  const Running server;
  std::mt19937 random(7);  // NOLINT: the same bytes each time
  for (int i = 0; i < 200; ++i) {
    Connection connection(server.port());
    std::string bytes = i % 2 == 0 ? "GET / HTTP/1.1\r\n" : "";
    for (std::uint32_t size = random() % 2000; size > 0; --size) {
      bytes += static_cast<char>(random() & 0xffU);
    }
    connection.send(bytes);
    connection.shut();
    const Answer answer = connection.receive();
    EXPECT_TRUE(answer.status == 0 || answer.status >= 400) << answer.status;
  }
  EXPECT_EQ(server.get("/api/v1/meta").status, 200);
}

TEST(Limits, SixtyFourConnectionsAreServedAndNoMore) {
  const Running server;
  std::vector<Connection> connections;
  for (int i = 0; i < 64; ++i) {
    connections.emplace_back(server.port());
    connections.back().send("GET / HTTP/1.1\r\n" + server.host() + "\r\n\r\n");
    EXPECT_EQ(connections.back().receive().status, 200) << i;
  }
  Connection more(server.port());
  EXPECT_EQ(more.receive().status, 503);
  connections.pop_back();
  int status = 0;
  for (int i = 0; i < 100 && status != 200; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    status = ask(server.port(), "GET", "/", {server.host()}).status;
  }
  EXPECT_EQ(status, 200);
}

TEST(Limits, AConnectionServesManyRequestsAlsoAtOnce) {
  const Running server;
  Connection connection(server.port());
  const std::string request = "GET /app.js HTTP/1.1\r\n" + server.host() + "\r\n\r\n";
  connection.send(request + request + request);
  for (int i = 0; i < 3; ++i) {
    const Answer answer = connection.receive();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("connection"), "keep-alive");
  }
}

TEST(Limits, SlowAndSilentClientsKeepNobodyWaiting) {
  const Running server;
  std::vector<Connection> slow;
  for (int i = 0; i < 30; ++i) {
    slow.emplace_back(server.port());
    slow.back().send(i % 3 == 0 ? "" : i % 3 == 1 ? "GET /" : "GET / HTTP/1.1\r\nHost:");
  }
  for (int i = 0; i < 10; ++i) {  // these ask for much and read nothing
    slow.emplace_back(server.port());
    for (int j = 0; j < 50; ++j) {
      slow.back().send("GET /api/v1/connections HTTP/1.1\r\n" + server.host() + "\r\n" +
                       server.bearer() + "\r\n\r\n");
    }
  }
  const auto start = Clock::now();
  EXPECT_EQ(server.get("/api/v1/meta").status, 200);
  EXPECT_LT(Clock::now() - start, std::chrono::seconds(8));
}

TEST(Limits, AHeadThatNeverEndsIsNotWaitedForForever) {
  const Running server;
  Connection half(server.port());
  half.send("GET / HTTP/1.1\r\nHost: 127");
  EXPECT_TRUE(half.is_closed_within(20));
}

TEST(Limits, LargeAnswersArePackedForThoseWhoTakeIt) {
  const Running server;
  const Answer plain = server.get("/api/v1/findings");
  const Answer packed = ask(server.port(), "GET", "/api/v1/findings",
                            {server.host(), server.bearer(), "Accept-Encoding: gzip, deflate, br"});
  EXPECT_EQ(plain.header("content-encoding"), "");
  ASSERT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), plain.body.size() / 2);
  std::string text(plain.body.size(), '\0');
  libdeflate_decompressor* unpacker = libdeflate_alloc_decompressor();
  EXPECT_EQ(libdeflate_gzip_decompress(unpacker, packed.body.data(), packed.body.size(),
                                       text.data(), text.size(), nullptr),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(unpacker);
  EXPECT_EQ(text, plain.body);
  const Answer refused = ask(server.port(), "GET", "/api/v1/findings",
                             {server.host(), server.bearer(), "Accept-Encoding: gzip;q=0"});
  EXPECT_EQ(refused.header("content-encoding"), "");
}

}  // namespace
}  // namespace portolan::test
