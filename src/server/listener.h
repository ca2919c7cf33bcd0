#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "server/site.h"

/// Private to the module: sockets. Only listener.cpp sees Boost.Beast and Asio.
namespace portolan::server {

/// Waits on one thread, answers on two.
class Listener {
 public:
  /// Errors of `Server::open`.
  static Result<std::unique_ptr<Listener>> bind(const std::string& address, std::uint16_t port);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// `127.0.0.1:8467`, `[::1]:8467`.
  [[nodiscard]] std::string host() const;
  /// Until `stop`, SIGINT or SIGTERM. The site must outlive it.
  void run(Site& site);
  void stop();
  [[nodiscard]] bool is_stopped() const;

 private:
  struct Parts;
  explicit Listener(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// What is sent for bytes that a client sends over one connection: the parser and all that is
/// behind it, without sockets. For tests and fuzzing.
std::string answer_bytes(Site& site, std::string_view bytes);

}  // namespace portolan::server
