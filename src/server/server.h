#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "answers/difference.h"
#include "core/diagnostics.h"
#include "core/result.h"
#include "core/time.h"
#include "events/events.h"
#include "events/network_past.h"
#include "iam/iam.h"
#include "model/change.h"
#include "model/snapshot.h"
#include "server/assets.h"

/// The door of the server module: the console and the API over HTTP, as docs/API.md says.
///
/// Example:
///     auto server = TRY(server::Server::open(options, matter));
///     print(server->address());
///     server->run();  // until SIGINT or SIGTERM
namespace portolan::server {

struct Options {
  std::string address = "127.0.0.1";       // a loopback address
  std::uint16_t port = 0;                  // 0: any that is free
  bool is_port_a_wish = false;             // if it is taken, any other is good
  std::vector<std::string> allowed_hosts;  // beside the server's own names
  /// The console's files, asked for again for each of them, by any thread.
  std::function<std::shared_ptr<const Assets>()> assets = [] { return compiled_assets(); };
  /// Called with the address of a new window, by any thread, when the code of the last one is used.
  std::function<void(const std::string& address)> on_address = [](const std::string&) {};
  std::string version;
};

/// What was read of a source at one time.
struct Reading {
  Snapshot snapshot;
  std::vector<Diagnostic> diagnostics;
  std::size_t resources = 0;
  std::string hash;  // hexadecimal: of what was read
  /// Who there is. Null: as it was, and at first nobody.
  std::shared_ptr<const iam::Directory> directory;
};

/// What is served.
struct Matter {
  std::string source;  // as the user named it
  Reading reading;
  answers::Judging judging;
  std::optional<iam::Intent> allowed;                // who may change what; absent: nobody said
  std::shared_ptr<const events::Timeline> timeline;  // null: no logs were given
  /// The reading at other moments; null: nobody said of which moment it is.
  std::shared_ptr<const events::NetworkPast> past;
  bool is_live = false;  // it will change
};

/// Why something changed, as far as that is known.
struct Cause {
  Time time;
  std::string actor;
  std::string event;
  std::string source_ip;
};

class Server {
 public:
  /// Listens. Error `not_loopback`, `bad_address`, `address_in_use`, `cannot_listen`,
  /// `no_randomness`. Cost: all connections of the network, and an audit.
  static Result<std::unique_ptr<Server>> open(Options options, Matter matter);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  [[nodiscard]] std::uint16_t port() const;
  /// With a code that gives away the token once.
  [[nodiscard]] std::string address() const;
  [[nodiscard]] const std::string& token() const;

  /// Answers until SIGINT, SIGTERM or `stop`.
  void run();
  /// From any thread, also before `run`.
  void stop();
  [[nodiscard]] bool is_stopped() const;

  /// The source as it is now: what changed is told to those who listen. From one thread at a time.
  void show(Reading reading, Time now);
  /// Edits of what is served. From one thread at a time. Error of `apply_changes`, and nothing
  /// changed.
  Result<void> apply(std::vector<Change> changes, const Cause& cause);

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace portolan::server
