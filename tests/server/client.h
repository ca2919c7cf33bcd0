#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A client that can also misbehave: bytes over a socket, and what comes back.
namespace portolan::test {

struct Answer {
  int status = 0;                              // 0: the connection ended without one
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  [[nodiscard]] std::string header(const std::string& name) const;
};

class Connection {
 public:
  explicit Connection(std::uint16_t port);
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  /// False once the other side has closed.
  bool send(std::string_view bytes);
  /// One answer with its length, or what there is until the end.
  Answer receive(bool has_body = true);
  /// What comes until `end` was seen, or for so long.
  std::string read_until(std::string_view end, int seconds = 120);
  /// Whether the other side closes within so many seconds.
  bool is_closed_within(int seconds);
  /// No more is sent, but what comes is read.
  void shut();

 private:
  bool fill(int milliseconds);

  int socket_;
  std::string buffer_;
};

/// `GET /path` with these header lines, each ended by CRLF.
Answer ask(std::uint16_t port, std::string_view method, std::string_view path,
           const std::vector<std::string>& headers, std::string_view body = {});

}  // namespace portolan::test
