// Any bytes on a connection get answers that are whole, protected and of a known status, whether
// they come as a request of their own or as the address and body of one that is let in.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/assert.h"
#include "server/listener.h"
#include "server/site.h"
#include "server/target.h"

namespace {

namespace server = portolan::server;

constexpr std::string_view kToken = "5e7";
constexpr std::uint16_t kPort = 8467;

server::Reading small_estate() {
  portolan::Inventory inventory;
  portolan::Vpc vpc;
  vpc.id = {"vpc-1"};
  vpc.cidrs = {*portolan::IpPrefix::parse("10.0.0.0/16")};
  inventory.of<portolan::Vpc>().push_back(vpc);
  portolan::SecurityGroup group;
  group.id = {"sg-1"};
  group.vpc = vpc.id;
  group.group_name = "web";
  inventory.of<portolan::SecurityGroup>().push_back(group);
  server::Reading reading;
  reading.snapshot = portolan::Snapshot(std::move(inventory));
  reading.hash = "0";
  return reading;
}

server::Site& site() {
  static server::Desk desk(
      server::Estate::first(std::make_shared<server::Setting>(), small_estate()));
  static const std::string page = "<!doctype html>";
  static const auto assets = std::make_shared<const server::Assets>(
      server::Assets{{.path = "index.html", .plain = server::Body(page), .tag = "1"}});
  static server::Site site({.port = kPort, .assets = [] { return assets; }}, std::string(kToken),
                           desk);
  return site;
}

void check(const std::string& sent) {
  PORTOLAN_ASSERT(sent.empty() || sent.starts_with("HTTP/1.1 "));
  PORTOLAN_ASSERT(sent.find("HTTP/1.1 0") != 0);
  PORTOLAN_ASSERT(sent.empty() || sent.find("trusted-types 'none'\r\n") != std::string::npos);
  PORTOLAN_ASSERT(sent.empty() || sent.find("Unknown\r\n") == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(server::answer_bytes(site(), text));
  const std::size_t line = std::min(text.find('\n'), text.size());
  const std::string_view body = text.substr(std::min(line + 1, text.size()));
  const std::string_view target = text.substr(0, line);
  for (const std::string_view method : {"GET", "POST"}) {
    check(server::answer_bytes(
        site(), fmt::format("{} /api/v1/{} HTTP/1.1\r\nHost: localhost:{}\r\n"
                            "Authorization: Bearer {}\r\nContent-Type: application/json\r\n"
                            "Content-Length: {}\r\n\r\n{}",
                            method, target, kPort, kToken, body.size(), body)));
  }
  if (const auto parsed = server::parse_target(text)) {
    for (const std::string& segment : parsed->segments) {
      PORTOLAN_ASSERT(segment.find('\0') == std::string::npos);
      PORTOLAN_ASSERT(segment.find('\n') == std::string::npos);
    }
  }
  return 0;
}
