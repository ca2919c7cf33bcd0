#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "server/server.h"
#include "tests/server/client.h"

namespace portolan::test {

/// The server on examples/harbor, in this process, on a port of its own; with two files as its
/// console.
class Running {
 public:
  explicit Running(std::vector<std::string> allowed_hosts = {});
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] server::Server& server() { return *server_; }
  [[nodiscard]] std::string host() const;    // the header line
  [[nodiscard]] std::string bearer() const;  // the header line
  [[nodiscard]] std::string code() const;    // of the address

  /// With the token.
  [[nodiscard]] Answer get(const std::string& path) const;
  [[nodiscard]] Answer post(const std::string& path, const std::string& json) const;

 private:
  std::unique_ptr<server::Server> server_;
  std::thread thread_;
};

/// What stands in a query for a text.
std::string escaped(std::string_view text);

inline constexpr std::string_view kHarbor = PORTOLAN_SOURCE_DIR "/examples/harbor";

}  // namespace portolan::test
