#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/keys.h"
#include "server/message.h"

/// Private to the module: who may ask at all.
namespace portolan::server {

/// Turns away what comes by another name, from another page, or without the token, before anything
/// else of the request is looked at.
///
/// A page of a stranger that has its name point to this machine (DNS rebinding) sends requests
/// without Origin, or with one that fits its Host: only the fixed list of hosts stops it.
class Gate {
 public:
  /// `allowed` are hosts, with the port or without: then with the server's.
  Gate(std::uint16_t port, const std::vector<std::string>& allowed, Keys& keys);

  /// The refusal, from what stands in the head of the request.
  [[nodiscard]] std::optional<Reply> refuse(const Request& request) const;

 private:
  [[nodiscard]] bool is_host(const std::string& host) const;
  [[nodiscard]] std::optional<Reply> refuse_api(const Request& request) const;

  std::vector<std::string> hosts_;
  Keys* keys_;
};

}  // namespace portolan::server
