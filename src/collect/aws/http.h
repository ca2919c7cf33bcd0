#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "collect/aws/request.h"

/// Private to the module: the only place that speaks to the network. libcurl signs (SigV4).
namespace portolan::collect::aws {

/// Keys that sign. They are never printed.
struct Keys {
  std::string id;
  std::string secret;
  std::string token;  // of a session; may be empty
};

struct HttpReply {
  long status = 0;
  std::string body;
  std::string fault;  // why there is no whole reply; empty if there is one
  bool is_unknown_host = false;
};

struct HttpOptions {
  std::string ca_bundle;  // empty: the system's
  long connect_timeout_ms = 10'000;
  long silence_max_s = 60;  // a transfer that stands still this long is broken off
  long timeout_s = 600;
  bool is_direct = false;  // past any proxy: what is asked is on this machine
};

/// One request at a time, for credentials.
HttpReply fetch(const HttpRequest& request, const Keys& keys, const HttpOptions& options);

/// Many requests at once, on the thread that calls `run`.
class HttpClient {
 public:
  using Done = std::function<void(HttpReply)>;
  static constexpr std::size_t kInFlightMax = 16;

  explicit HttpClient(HttpOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends the request when the clock (`now`) shows `at_s`; `keys` are asked for then.
  void start(double at_s, HttpRequest request, std::function<Keys()> keys, Done done);
  /// Until every reply is there and `done` has started no more, or `is_stopped` says so, which it
  /// is asked several times a second.
  void run(const std::function<bool()>& is_stopped);
  /// Seconds of a clock that only goes forward.
  [[nodiscard]] static double now();

 private:
  struct Waiting {
    HttpRequest request;
    std::function<Keys()> keys;
    Done done;
  };
  struct Transfer;

  void start_due();
  void finish_some();
  [[nodiscard]] int pause_ms() const;

  HttpOptions options_;
  void* multi_;
  std::multimap<double, Waiting> waiting_;
  std::map<void*, std::unique_ptr<Transfer>> running_;
};

}  // namespace portolan::collect::aws
