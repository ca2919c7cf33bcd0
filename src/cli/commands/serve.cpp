#include <algorithm>
#include <array>
#include <charconv>
#include <fcntl.h>
#include <mutex>
#include <optional>
#include <thread>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "cli/authority.h"
#include "cli/clock.h"
#include "cli/commands/commands.h"
#include "cli/config.h"
#include "cli/console_folder.h"
#include "cli/past.h"
#include "cli/replay.h"
#include "cli/source.h"
#include "cli/terminal.h"
#include "cli/trail_input.h"
#include "cli/watch.h"
#include "core/text.h"
#include "server/server.h"

namespace portolan::cli {
namespace {

constexpr std::uint32_t kPortMost = 65535;
constexpr std::uint16_t kUsualPort = 8467;
constexpr double kSpeedMost = 1'000'000;

/// What several threads of the server have to say.
class Speaker {
 public:
  explicit Speaker(Terminal& terminal) : terminal_(terminal) {}

  void say(const std::string& text) {
    const std::scoped_lock lock(mutex_);
    terminal_.out.write(text);
    terminal_.out.flush();
  }
  void complain(const std::string& text) {
    const std::scoped_lock lock(mutex_);
    terminal_.complain(text);
  }
  /// With the terminal for itself.
  template <class Use>
  auto with(const Use& use) {
    const std::scoped_lock lock(mutex_);
    return use(terminal_);
  }

 private:
  std::mutex mutex_;
  Terminal& terminal_;
};

/// What the command line wants, beside the source.
struct Wishes {
  std::optional<std::uint16_t> port;
  double speed = 60;
  Settings settings;
};

Result<double> parse_speed(const std::string& text) {
  double speed = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), speed);
  if (fault != std::errc() || end != text.data() + text.size() || !(speed > 0) ||
      speed > kSpeedMost) {
    return fail("usage", fmt::format("`--speed` is how many times as fast as it happened, from "
                                     "above 0 to {}, not `{}`",
                                     kSpeedMost, printable(text)));
  }
  return speed;
}

Result<Wishes> wishes_of(const Invocation& invocation) {
  Wishes wishes;
  if (invocation.has("port")) {
    const auto port = decimal(invocation.value("port"), kPortMost);
    if (!port) {
      return fail("usage", fmt::format("`--port` is a number from 0 to {}, not `{}`", kPortMost,
                                       printable(invocation.value("port"))));
    }
    wishes.port = static_cast<std::uint16_t>(*port);
  }
  if (invocation.has("speed")) {
    wishes.speed = TRY(parse_speed(invocation.value("speed")));
    if (!invocation.has("replay")) {
      return fail("usage", "`--speed` is that of `--replay LOGS`");
    }
  }
  if (invocation.has("watch") && invocation.has("replay")) {
    return fail("usage",
                "what is served follows either the folder (`--watch`) or the logs "
                "(`--replay`), not both");
  }
  if (invocation.has("taken") && !invocation.has("logs") && !invocation.has("replay")) {
    return fail("usage", "`--taken` goes with `--logs` or `--replay`");
  }
  if (invocation.has("config")) {
    wishes.settings = TRY(read_settings(invocation.value("config")));
  }
  auto& now = wishes.settings.config.now;
  now = now.value_or(current_time());
  return wishes;
}

/// The console is in the program, or in a folder for those who work on it.
Result<void> choose_console(const Invocation& invocation, server::Options& options) {
  if (invocation.has("api-only")) {
    options.assets = [] { return std::make_shared<const server::Assets>(); };
    return {};
  }
  if (const auto folder = environment("PORTOLAN_CONSOLE_FOLDER")) {
    options.assets = [folder = *folder] { return read_console(folder); };
    if (options.assets()->empty()) {
      return fail("no_console", fmt::format("`{}`, which PORTOLAN_CONSOLE_FOLDER names, holds no "
                                            "files of the console",
                                            printable(*folder)));
    }
  }
  if (options.assets()->empty()) {
    return fail("no_console",
                "this portolan was built without its console: build it where Node.js 20 and npm "
                "are, without -DPORTOLAN_CONSOLE=OFF, or serve the API alone with --api-only");
  }
  return {};
}

/// Readable for its owner only, from the start.
Result<void> write_secret(const std::string& path, const std::string& text) {
  const std::string beside = path + ".new";
  unlink(beside.c_str());
  const int file =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) {
    return fail("cannot_write", fmt::format("cannot write `{}`", printable(path)));
  }
  const bool is_written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool is_closed = ::close(file) == 0;
  if (!is_written || !is_closed || std::rename(beside.c_str(), path.c_str()) != 0) {
    unlink(beside.c_str());
    return fail("cannot_write", fmt::format("cannot write `{}`", printable(path)));
  }
  return {};
}

server::Reading reading_of(Source source, iam::Directory directory) {
  server::Reading reading;
  reading.directory = std::make_shared<const iam::Directory>(std::move(directory));
  reading.diagnostics = source.decoded.diagnostics.sorted();
  reading.resources = source.decoded.resources_read;
  const std::string digest = fmt::format("{:016x}", source.decoded.digest);
  reading.hash = digest + server::tag_of(digest);
  reading.snapshot = std::move(source.decoded.snapshot);
  return reading;
}

using TimelinePtr = std::shared_ptr<const events::Timeline>;  // the server's, and the replay's

/// What the logs tell.
struct Told {
  TimelinePtr timeline;                             // null: no logs were given
  std::shared_ptr<const events::NetworkPast> past;  // null: nobody said of when the source is
};

/// Of when the source is: `--taken`; what is played was before all of it.
Result<std::optional<Time>> taken_of(const Invocation& invocation, const Trail& trail) {
  if (invocation.has("taken")) {
    return TRY(Time::parse(invocation.value("taken")));
  }
  if (!invocation.has("replay") || trail.timeline.events.empty()) {
    return std::optional<Time>();
  }
  return Time::from_seconds(trail.timeline.events.front().time.seconds() - 1);
}

Result<Told> told_of(const Invocation& invocation, const Source& source, Terminal& terminal) {
  std::vector<std::string> logs = invocation.values("logs");
  for (std::string& word : invocation.values("replay")) {
    logs.push_back(std::move(word));
  }
  if (logs.empty()) {
    return Told();
  }
  Trail trail = TRY(load_trail(invocation, logs, terminal));
  Told told;
  if (const auto taken = TRY(taken_of(invocation, trail))) {
    told.past =
        std::make_shared<const events::NetworkPast>(TRY(past_of(*taken, source, trail, logs)));
  }
  told.timeline = std::make_shared<const events::Timeline>(std::move(trail.timeline));
  return told;
}

/// Reads the source anew; what cannot be read leaves what is served as it is.
void read_again(const Invocation& invocation, const std::string& name, server::Server& server,
                Speaker& speaker) {
  auto reading = speaker.with([&](Terminal& terminal) -> Result<server::Reading> {
    Source source = TRY(load_source_with_authority(invocation, name, terminal));
    AuthorityRead authority = read_authority(source, invocation, terminal);
    return reading_of(std::move(source), std::move(authority.directory));
  });
  if (!reading) {
    speaker.complain(fmt::format("what is served stays as it is: {}", reading.error().message));
    return;
  }
  server.show(*std::move(reading), current_time());
}

/// What makes the served estate change, on a thread of its own until the server stops.
std::thread follow(const Invocation& invocation, const std::string& name, const Wishes& wishes,
                   TimelinePtr timeline, server::Server& server, Speaker& speaker) {
  if (invocation.has("watch")) {
    return std::thread([&invocation, name, &server, &speaker] {
      watch_folder(
          name, [&] { return server.is_stopped(); },
          [&] { read_again(invocation, name, server, speaker); });
    });
  }
  if (invocation.has("replay")) {
    return std::thread([timeline = std::move(timeline), speed = wishes.speed, &server, &speaker] {
      const ReplaySummary summary = replay(*timeline, speed, server);
      if (!server.is_stopped()) {
        speaker.say(
            fmt::format("The replay is over: {} events changed the estate, {} changes were "
                        "of what the source does not have\n",
                        summary.events, summary.passed));
      }
    });
  }
  return {};
}

Result<ExitCode> run(const Invocation& invocation, Terminal& terminal) {
  Wishes wishes = TRY(wishes_of(invocation));
  server::Options options{.address = invocation.value("listen", "127.0.0.1"),
                          .port = wishes.port.value_or(kUsualPort),
                          .is_port_a_wish = !wishes.port,
                          .allowed_hosts = invocation.values("allow-host"),
                          .version = PORTOLAN_VERSION};
  if (auto chosen = choose_console(invocation, options); !chosen) {
    return tl::unexpected(std::move(chosen).error());
  }
  const std::string name = TRY(source_name(invocation, invocation.word(0)));
  if (invocation.has("watch") && (name.starts_with("aws:") || name.starts_with("s3://"))) {
    return fail("usage", "`--watch` follows a folder on this machine");
  }
  Source source = TRY(load_source_with_authority(invocation, name, terminal));
  AuthorityRead authority = read_authority(source, invocation, terminal);
  const bool is_bad = source.is_bad() || authority.is_bad();
  Told told = TRY(told_of(invocation, source, terminal));

  Speaker speaker(terminal);
  options.on_address = [&](const std::string& address) {
    speaker.say(fmt::format("Another window: {}\n", address));
  };
  terminal.show_progress("charting");
  server::Matter matter{.source = name,
                        .reading = reading_of(std::move(source), std::move(authority.directory)),
                        .timeline = told.timeline,
                        .past = std::move(told.past),
                        .is_live = invocation.has("watch") || invocation.has("replay")};
  matter.judging.config = std::move(wishes.settings.config);
  matter.judging.policy = std::move(wishes.settings.policy);
  matter.allowed = std::move(wishes.settings.allowed);
  const auto server = TRY(server::Server::open(std::move(options), std::move(matter)));
  terminal.end_progress();
  const std::string token_file = invocation.value("token-file");
  if (!token_file.empty()) {
    if (auto written = write_secret(token_file, server->token() + "\n"); !written) {
      return tl::unexpected(std::move(written).error());
    }
  }
  speaker.say(fmt::format(
      "Portolan serves {}{} at\n\n  {}\n\nThe address opens one window; end with "
      "Ctrl-C\n",
      printable(name), is_bad ? ", of which part could not be read," : "", server->address()));
  std::thread follower =
      follow(invocation, name, wishes, std::move(told.timeline), *server, speaker);
  server->run();
  if (follower.joinable()) {
    follower.join();
  }
  if (!token_file.empty()) {
    unlink(token_file.c_str());
  }
  return ExitCode::Clean;
}

constexpr std::array<std::string_view, 1> kUsage = {"[SOURCE]"};

constexpr std::array kArguments = {
    kSourceArgument,
};

constexpr std::array kOptions = {
    Option{.name = "port",
           .letter = 'p',
           .value = "NUMBER",
           .summary = "port to listen at, 0 for any; default: 8467, or any if that is in use"},
    Option{.name = "watch",
           .letter = 'w',
           .summary = "follow the folder: what changes in it is on the screen within a second"},
    Option{.name = "logs",
           .value = "LOGS",
           .summary = "folders or files of CloudTrail, as `portolan trail` takes them, for the "
                      "history of groups and the time line",
           .completes = Completes::Folder,
           .repeats = true},
    Option{.name = "taken",
           .value = "TIME",
           .summary = "when the source was collected, as 2026-05-03T14:03:00Z: then connections of "
                      "any two moments of the logs are compared; of --replay it is known"},
    Option{.name = "replay",
           .value = "LOGS",
           .summary = "the same, and play what they tell on the source, which is as it was before",
           .completes = Completes::Folder,
           .repeats = true},
    Option{.name = "speed",
           .value = "NUMBER",
           .summary = "how many times as fast as it happened; default: 60"},
    Option{.name = "listen",
           .value = "ADDRESS",
           .summary = "loopback address to listen at: 127.0.0.1 or ::1; default: 127.0.0.1"},
    Option{.name = "allow-host",
           .value = "HOST",
           .summary = "another name that browsers may call the server by, as HOST or HOST:PORT, "
                      "for a tunnel or proxy",
           .repeats = true},
    Option{.name = "token-file",
           .value = "FILE",
           .summary = "write the bearer token there for scripts, readable for you only; it is "
                      "deleted at the end",
           .completes = Completes::File},
    Option{.name = "api-only", .summary = "serve the API without the console"},
    kNoOrganizationOption,
    kThreadsOption,
    kConfigOption,
};

constexpr std::array kExamples = {
    Example{"the chart of an estate, in your browser", "portolan serve dump"},
    Example{"keep it live while the folder changes", "portolan serve dump --watch"},
    Example{"see a day of changes in 24 minutes",
            "portolan serve before --replay AWSLogs --speed 60"},
    Example{"answer scripts only, which read the token from a file",
            "portolan serve dump --api-only --token-file token"},
};

}  // namespace

const Command kServe = {
    .name = "serve",
    .group = "Ask",
    .summary = "show the network in 3D in your browser, live, and answer over HTTP",
    .description =
        "Serves the console and the API (docs/API.md) on this machine only, until Ctrl-C. Open the "
        "address that it prints: the code in it works once, for one window; when it is used, the "
        "address of the next one is printed. Nothing is sent to AWS, and nothing is fetched from "
        "elsewhere.\n\n"
        "Others on the machine cannot ask without the code or the token, and pages of strangers "
        "cannot either: docs/CONSOLE.md says what protects you. To use it from another machine, "
        "forward the port: `ssh -L 8467:localhost:8467 HOST`.\n\n"
        "The exit code is 0 after Ctrl-C or SIGTERM, 2 if it could not start.",
    .usage = kUsage,
    .arguments = kArguments,
    .options = kOptions,
    .examples = kExamples,
    .reads_source = true,
    .run = run,
};

}  // namespace portolan::cli
