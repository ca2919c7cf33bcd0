#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace portolan::live {

/// A request as the server understands it: the parameters of a form.
struct Asked {
  std::string action;
  std::string page;  // token of the page; empty for the first
  std::size_t try_number =
      1;            // how often this page of this action was asked for, this time included
  std::string raw;  // head and body
};

struct Reply {
  int status = 200;
  std::string body;
  std::size_t send_max = std::string::npos;  // of the body; then the connection is broken off
  std::string headers = {};                  // more of them, each ended by CRLF
  int byte_ms = 0;                           // how long each byte of the body takes
};

/// A server on loopback that answers as AWS does, or as AWS does on a bad day. One connection for
/// each request; ends with the object. With several threads `answer` is called by all of them.
class FaultServer {
 public:
  using Answer = std::function<Reply(const Asked&)>;

  explicit FaultServer(Answer answer, int threads = 1);
  ~FaultServer();
  FaultServer(const FaultServer&) = delete;
  FaultServer& operator=(const FaultServer&) = delete;

  /// `http://127.0.0.1:PORT`
  [[nodiscard]] std::string url() const;
  /// How many requests it had at the same time at most.
  [[nodiscard]] int in_flight_max() const { return in_flight_max_; }

 private:
  void serve();
  void answer_one(int connection);

  Answer answer_;
  int listener_;
  int port_ = 0;
  std::atomic<bool> is_ending_ = false;
  std::atomic<int> in_flight_ = 0;
  std::atomic<int> in_flight_max_ = 0;
  std::mutex mutex_;
  std::map<std::string, std::size_t> tries_;
  std::vector<std::thread> threads_;
};

}  // namespace portolan::live
