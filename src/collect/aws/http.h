#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
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
  std::optional<std::int64_t> server_time_s;  // since 1970, by its own clock
  std::string bucket_region;                  // where S3 says that the bucket is; may be empty
};

struct HttpOptions {
  std::string ca_bundle;  // empty: the system's
  long connect_timeout_ms = 10'000;
  long silence_max_s = 60;  // a transfer that stands still this long is broken off
  long timeout_s = 600;
  bool is_direct = false;  // past any proxy: what is asked is on this machine
  std::size_t in_flight_max = 16;
};

/// One request at a time, for credentials.
HttpReply fetch(const HttpRequest& request, const Keys& keys, const HttpOptions& options);

/// Many requests at once, on the thread that calls `run`.
class HttpClient {
 public:
  using Done = std::function<void(HttpReply)>;

  explicit HttpClient(HttpOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends the request when the clock (`now`) shows `at_s`; `keys` are asked for then.
  void start(double at_s, HttpRequest request, std::function<Keys()> keys, Done done);
  /// Until every reply is there and `done` has started no more, or `is_stopped` says so, which it
  /// is asked several times a second.
  void run(const std::function<bool()>& is_stopped);
  /// Starts what is due and finishes what is there; if nothing is and it `waits`, it does so
  /// for the network or a fraction of a second. False if there is nothing to do.
  bool step(bool waits);
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
  bool finish_some();
  [[nodiscard]] int pause_ms() const;

  HttpOptions options_;
  void* multi_;
  std::multimap<double, Waiting> waiting_;
  std::map<void*, std::unique_ptr<Transfer>> running_;
};

}  // namespace portolan::collect::aws
