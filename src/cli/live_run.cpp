#include "cli/live_run.h"

#include <csignal>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace portolan::cli {
namespace {

volatile std::sig_atomic_t was_interrupted = 0;

void interrupt(int) { was_interrupted = 1; }

/// While it lives, Ctrl-C and a friendly kill set a flag; the second one ends the process.
class Interrupts {
 public:
  Interrupts() {
    struct sigaction action {};
    action.sa_handler = interrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, &old_int_);
    sigaction(SIGTERM, &action, &old_term_);
  }
  ~Interrupts() {
    sigaction(SIGINT, &old_int_, nullptr);
    sigaction(SIGTERM, &old_term_, nullptr);
  }
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

 private:
  struct sigaction old_int_ {};
  struct sigaction old_term_ {};
};

std::string progress_text(const collect::LiveProgress& progress) {
  return fmt::format(
      "asking AWS: {} of {} calls, {} pages{}", progress.calls_done, progress.calls_known,
      progress.pages,
      progress.throttles == 0 ? "" : fmt::format(", {} throttles", progress.throttles));
}

}  // namespace

Result<collect::LiveSummary> run_live(const collect::LiveOptions& options,
                                      std::function<Result<void>(collect::Document)> take,
                                      Terminal& terminal) {
  const Interrupts interrupts;
  std::string shown;
  auto summary = collect::collect_live(
      options, {.take = std::move(take),
                .progress =
                    [&](const collect::LiveProgress& progress) {
                      if (std::string text = progress_text(progress); text != shown) {
                        shown = std::move(text);
                        terminal.show_progress(shown);
                      }
                    },
                .is_stopped = [] { return was_interrupted != 0; }});
  terminal.end_progress();
  return summary;
}

Result<collect::LookupSummary> run_lookup(const collect::LookupOptions& options,
                                          std::function<Result<void>(collect::Document)> take,
                                          Terminal& terminal) {
  const Interrupts interrupts;
  auto summary = collect::lookup_events(
      options, {.take = std::move(take),
                .progress =
                    [&](std::size_t events) {
                      terminal.show_progress(fmt::format("asking AWS: {} events", events));
                    },
                .is_stopped = [] { return was_interrupted != 0; }});
  terminal.end_progress();
  return summary;
}

Result<collect::Decoded> load_live(const std::string& profile,
                                   const collect::DecodeOptions& options, Terminal& terminal) {
  collect::LiveOptions live{.profile = profile};
  if (options.region) {
    live.regions.push_back(options.region->text());
  }
  std::map<std::string, std::string> bytes_by_path;
  const auto summary = TRY(run_live(
      live,
      [&](collect::Document document) -> Result<void> {
        bytes_by_path[document.path] = std::move(document.bytes);
        return {};
      },
      terminal));
  if (summary.was_stopped) {
    return fail("interrupted", "it was interrupted before AWS had answered everything");
  }
  std::vector<collect::Document> documents;
  for (auto& [path, bytes] : bytes_by_path) {
    documents.push_back({.path = path, .bytes = std::move(bytes)});
  }
  // The documents' folders tell whose they are.
  return collect::decode(std::move(documents), {.keeps = options.keeps});
}

}  // namespace portolan::cli
