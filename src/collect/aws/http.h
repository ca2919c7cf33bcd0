#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "collect/aws/limiter.h"
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
  long silence_max_s = 60;  // a transfer that all but stands still this long is broken off
  double transfer_max_s = 600;
  double call_max_s = 900;  // what all transfers for one page or object may take together
  int tries_max = 8;
  bool is_direct = false;  // past any proxy: what is asked is on this machine
  std::size_t in_flight_max = 16;
  /// Asked several times a second while `fetch` waits.
  std::function<bool()> is_stopped = [] { return false; };
};

/// A request with what becomes of it.
struct Sending {
  HttpRequest request;
  std::function<Keys()> keys;  // asked for when it is sent
  std::function<void(HttpReply)> done;
  double transfer_max_s = 0;  // 0: as the options say
};

/// Requests that share a limiter: first come, first served, each when the limiter has a token for
/// it. Must not move while anything waits.
struct Lane {
  Limiter limiter;
  std::deque<Sending> waiting = {};
};

/// One request at a time, for credentials.
HttpReply fetch(const HttpRequest& request, const Keys& keys, const HttpOptions& options);

/// Many requests at once, on the thread that calls `run`.
class HttpClient {
 public:
  explicit HttpClient(HttpOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends the request when those before it in the lane were sent and the limiter lets it.
  void start(Lane& lane, Sending sending);
  /// Calls `then` when the clock (`now`) shows `at_s`.
  void wait_until(double at_s, std::function<void()> then);
  /// Until every reply is there and `done` has started no more, or `is_stopped` says so, which it
  /// is asked several times a second.
  void run(const std::function<bool()>& is_stopped);
  /// Starts what is due and finishes what is there; if nothing is and it `waits`, it does so
  /// for the network or a fraction of a second. False if there is nothing to do.
  bool step(bool waits);
  /// Seconds of a clock that only goes forward.
  [[nodiscard]] static double now();
  [[nodiscard]] const HttpOptions& options() const { return options_; }

 private:
  struct Transfer;

  void call_due();
  void start_due();
  void schedule(Lane& lane);
  void send(Sending sending);
  bool finish_some();
  [[nodiscard]] bool is_idle() const;
  [[nodiscard]] int pause_ms() const;

  HttpOptions options_;
  void* multi_;
  std::multimap<double, std::function<void()>> timers_;
  std::multimap<double, Lane*> lanes_;  // those that have something to send, by when they may
  std::map<void*, std::unique_ptr<Transfer>> running_;
};

}  // namespace portolan::collect::aws
