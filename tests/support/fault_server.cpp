#include "tests/support/fault_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace portolan::live {

namespace {

constexpr int kPoll_ms = 50;
constexpr std::size_t kRequestMax = std::size_t{1} << 20;

/// Head and body of one request.
std::string read_request(int connection) {
  std::string text;
  char buffer[4096];
  std::size_t wanted = std::string::npos;
  while (text.size() < wanted && text.size() < kRequestMax) {
    const ssize_t got = ::recv(connection, buffer, sizeof(buffer), 0);
    if (got <= 0) {
      break;
    }
    text.append(buffer, static_cast<std::size_t>(got));
    const std::size_t end = text.find("\r\n\r\n");
    if (end != std::string::npos && wanted == std::string::npos) {
      const std::size_t length = text.find("Content-Length: ");
      wanted = end + 4 + (length < end ? std::stoul(text.substr(length + 16)) : 0);
    }
  }
  return text;
}

/// A parameter of a form; tokens of these tests need no decoding.
std::string parameter(const std::string& text, const std::string& name) {
  const std::size_t body = text.find("\r\n\r\n") + 4;
  for (std::size_t at = body; at < text.size();) {
    const std::size_t end = std::min(text.find('&', at), text.size());
    if (text.compare(at, name.size() + 1, name + "=") == 0) {
      return text.substr(at + name.size() + 1, end - at - name.size() - 1);
    }
    at = end + 1;
  }
  return {};
}

bool send_all(int connection, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t sent = ::send(connection, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    done += static_cast<std::size_t>(sent);
  }
  return true;
}

}  // namespace

FaultServer::FaultServer(Answer answer, int threads)
    : answer_(std::move(answer)),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address));
  ::listen(listener_, SOMAXCONN);
  socklen_t size = sizeof(address);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this] { serve(); });
  }
}

FaultServer::~FaultServer() {
  is_ending_ = true;
  for (std::thread& thread : threads_) {
    thread.join();
  }
  ::close(listener_);
}

std::string FaultServer::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

void FaultServer::serve() {
  while (!is_ending_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, kPoll_ms) > 0) {
      const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) {
        continue;  // another thread was faster
      }
      const int now = ++in_flight_;
      for (int most = in_flight_max_;
           now > most && !in_flight_max_.compare_exchange_weak(most, now);) {
      }
      answer_one(connection);
      ::close(connection);
    }
  }
}

void FaultServer::answer_one(int connection) {
  Asked asked{.raw = read_request(connection)};
  asked.action = parameter(asked.raw, "Action");
  asked.page = parameter(asked.raw, "Marker") + parameter(asked.raw, "NextToken");
  {
    const std::lock_guard lock(mutex_);
    asked.try_number = ++tries_[asked.action + " " + asked.page];
  }
  const Reply reply = answer_(asked);
  const std::string head = "HTTP/1.1 " + std::to_string(reply.status) +
                           " Reply\r\nConnection: close\r\n" + reply.headers +
                           "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n";
  const std::string body = reply.body.substr(0, reply.send_max);
  --in_flight_;  // before who asked can know, and ask for the next
  send_all(connection, reply.byte_ms == 0 ? head + body : head);
  for (std::size_t i = 0; reply.byte_ms > 0 && i < body.size() && !is_ending_; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(reply.byte_ms));
    if (!send_all(connection, body.substr(i, 1))) {
      break;  // who asked has gone
    }
  }
  if (reply.send_max < reply.body.size()) {
    const linger at_once{1, 0};  // a reset instead of an end
    ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
  }
}

}  // namespace portolan::live
