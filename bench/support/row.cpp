#include "bench/support/row.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>

#ifdef PORTOLAN_TCMALLOC
#include <gperftools/malloc_extension_c.h>
#else
#include <malloc.h>
#endif

#include <boost/json.hpp>
#include <fmt/format.h>

namespace portolan::bench {

namespace {

std::filesystem::path log_path() {
  const char* named = std::getenv("PORTOLAN_BENCH_LOG");
  if (named != nullptr) {
    return named;
  }
  return std::filesystem::path(PORTOLAN_SOURCE_DIR) / "build" / "bench.jsonl";
}

}  // namespace

bool report(const Row& row) {
  const double ratio = row.peer > 0 ? row.figure / row.peer : row.figure;
  const bool is_met = row.is_at_least ? ratio >= row.target : ratio <= row.target;
  const std::string peer =
      row.peer > 0 ? fmt::format("peer {:.4g} {}, ratio {:.3g}, ", row.peer, row.unit, ratio)
                   : std::string();
  fmt::print("{} {:.4g} {}, {}target {}{:.4g}, {}\n", row.name, row.figure, row.unit, peer,
             row.is_at_least ? ">=" : "<=", row.target, is_met ? "ok" : "short");
  std::fflush(stdout);
  const boost::json::object line{{"row", row.name},  {"figure", row.figure}, {"peer", row.peer},
                                 {"unit", row.unit}, {"ratio", ratio},       {"target", row.target},
                                 {"met", is_met}};
  if (std::FILE* file = std::fopen(log_path().c_str(), "ab")) {
    const std::string text = boost::json::serialize(line) + "\n";
    std::fwrite(text.data(), 1, text.size(), file);
    std::fclose(file);
  }
  return is_met;
}

double cpu_s() {
  constexpr double kNano = 1e-9;
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + kNano * static_cast<double>(time.tv_nsec);
}

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double peak_memory_bytes() {
  double kilobytes = 0;
  if (std::FILE* file = std::fopen("/proc/self/status", "r")) {
    char line[256];
    while (std::fgets(line, sizeof line, file) != nullptr) {
      if (std::strncmp(line, "VmHWM:", 6) == 0) {
        kilobytes = std::atof(line + 6);
      }
    }
    std::fclose(file);
  }
  return kilobytes * 1024;
}

double heap_bytes() {
#ifdef PORTOLAN_TCMALLOC
  std::size_t bytes = 0;
  MallocExtension_GetNumericProperty("generic.current_allocated_bytes", &bytes);
  return static_cast<double>(bytes);
#else
  const struct mallinfo2 info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
#endif
}

}  // namespace portolan::bench
