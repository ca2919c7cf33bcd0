#pragma once

#include <string>

/// How every benchmark states its result: a figure beside a peer's, measured in the same run.
namespace portolan::bench {

struct Row {
  std::string name;   // `load/100k`
  double figure = 0;  // ours
  double peer = 0;    // what it is compared with; 0 if the target is absolute
  std::string unit;   // of both
  double target = 0;  // the ratio figure / peer (or, without a peer, the figure) must keep to
  bool is_at_least = false;  // the target is a lower bound
};

/// Prints `ROW figure unit, peer figure unit, ratio, target, ok|short` (without a peer neither that
/// nor the ratio) and appends the row as JSON
/// to build/bench.jsonl (PORTOLAN_BENCH_LOG names another file). True if the target is met.
bool report(const Row& row);

/// Seconds of a monotonic clock.
double now_s();

/// Seconds of processor time that the process has used, for comparisons on a busy machine.
double cpu_s();

/// The most memory that the process has held so far, in bytes (VmHWM).
double peak_memory_bytes();

/// What is allocated now, in bytes, as the allocator says: for differences.
double heap_bytes();

}  // namespace portolan::bench
