#include "tests/server/client.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace portolan::test {
namespace {

constexpr int kPatience_ms = 120'000;  // with sanitizers, beside others

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

}  // namespace

std::string Answer::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

Connection::Connection(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    close(socket_);
    socket_ = -1;
  }
}

Connection::Connection(Connection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

Connection::~Connection() {
  if (socket_ >= 0) {
    close(socket_);
  }
}

bool Connection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool Connection::fill(int milliseconds) {
  pollfd waited = {.fd = socket_, .events = POLLIN, .revents = 0};
  if (poll(&waited, 1, milliseconds) != 1) {
    return false;
  }
  char bytes[16384];
  const ssize_t size = recv(socket_, bytes, sizeof(bytes), 0);
  if (size <= 0) {
    return false;
  }
  buffer_.append(bytes, static_cast<std::size_t>(size));
  return true;
}

Answer Connection::receive(bool has_body) {
  Answer answer;
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill(kPatience_ms)) {
      return answer;
    }
  }
  const std::string head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  answer.status = std::atoi(head.c_str() + std::string_view("HTTP/1.1 ").size());
  for (std::size_t line = head.find("\r\n") + 2; line < head.size();
       line = head.find("\r\n", line) + 2) {
    const std::size_t colon = head.find(": ", line);
    answer.headers[lower(head.substr(line, colon - line))] =
        head.substr(colon + 2, head.find("\r\n", line) - colon - 2);
  }
  const auto length = static_cast<std::size_t>(std::atoll(answer.header("content-length").c_str()));
  while (has_body && buffer_.size() < length && fill(kPatience_ms)) {
  }
  if (has_body) {
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
  }
  return answer;
}

std::string Connection::read_until(std::string_view end, int seconds) {
  const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (buffer_.find(end) == std::string::npos && std::chrono::steady_clock::now() < last &&
         fill(seconds * 1000)) {
  }
  const std::size_t found = buffer_.find(end);
  const std::size_t size = found == std::string::npos ? buffer_.size() : found + end.size();
  std::string text = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return text;
}

bool Connection::is_closed_within(int seconds) {
  pollfd waited = {.fd = socket_, .events = POLLIN, .revents = 0};
  const auto last = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (std::chrono::steady_clock::now() < last) {
    char bytes[4096];
    if (poll(&waited, 1, seconds * 1000) == 1 && recv(socket_, bytes, sizeof(bytes), 0) <= 0) {
      return true;
    }
  }
  return false;
}

void Connection::shut() { shutdown(socket_, SHUT_WR); }

Answer ask(std::uint16_t port, std::string_view method, std::string_view path,
           const std::vector<std::string>& headers, std::string_view body) {
  Connection connection(port);
  std::string text = fmt::format("{} {} HTTP/1.1\r\nConnection: close\r\n", method, path);
  for (const std::string& header : headers) {
    text += header + "\r\n";
  }
  if (!body.empty()) {
    text += fmt::format("Content-Length: {}\r\n", body.size());
  }
  connection.send(text + "\r\n" + std::string(body));
  return connection.receive(method != "HEAD");
}

}  // namespace portolan::test
