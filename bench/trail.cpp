#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <libdeflate.h>

#include "bench/support/row.h"
#include "bench/support/trail_peers.h"
#include "events/events.h"

/// Reading CloudTrail (inflate, scan, parse, decode) beside libdeflate merely inflating the same
/// files, and beside jq and DuckDB, packed as AWS packs them. The records are real ones
/// (PORTOLAN_REAL_DATA): as delivered, in files of one record, in one big file, and without any
/// that changes a network.
namespace portolan::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kLevel = 6;
constexpr double kGiga = 1e9;

struct File {
  std::string packed;
  std::size_t size = 0;  // unpacked
};
using Files = std::vector<File>;

File pack(const std::string& text) {
  libdeflate_compressor* const compressor = libdeflate_alloc_compressor(kLevel);
  std::string packed(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  packed.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(compressor);
  return {.packed = std::move(packed), .size = text.size()};
}

/// What one thread works with.
class Inflater {
 public:
  explicit Inflater(const Files& files) : decompressor_(libdeflate_alloc_decompressor()) {
    std::size_t most = 0;
    for (const File& file : files) {
      most = std::max(most, file.size);
    }
    buffer_.resize(most);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { libdeflate_free_decompressor(decompressor_); }

  std::string_view inflate(const File& file) {
    std::size_t size = 0;
    if (libdeflate_gzip_decompress(decompressor_, file.packed.data(), file.packed.size(),
                                   buffer_.data(), buffer_.size(), &size) != LIBDEFLATE_SUCCESS) {
      std::exit(2);
    }
    return {buffer_.data(), size};
  }

 private:
  libdeflate_decompressor* decompressor_;
  std::vector<char> buffer_;
};

std::size_t inflate_all(const Files& files, std::size_t first, std::size_t step) {
  Inflater inflater(files);
  std::size_t bytes = 0;
  for (std::size_t i = first; i < files.size(); i += step) {
    bytes += inflater.inflate(files[i]).size();
  }
  return bytes;
}

std::size_t read_all(const Files& files, std::size_t first, std::size_t step) {
  Inflater inflater(files);
  events::TrailReader reader;
  std::size_t bytes = 0;
  for (std::size_t i = first; i < files.size(); i += step) {
    events::Readings readings;
    const std::string_view text = inflater.inflate(files[i]);
    reader.read(text, "bench", readings);
    bytes += text.size();
    if (!readings.diagnostics.empty()) {
      std::exit(2);
    }
  }
  return bytes;
}

template <class Work>
double seconds(Work&& work, const Files& files, std::size_t threads, double (*clock)()) {
  const double start = clock();
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) {
    others.emplace_back([&, i] { work(files, i, threads); });
  }
  work(files, 0, threads);
  for (std::thread& other : others) {
    other.join();
  }
  return clock() - start;
}

void measure(const std::string& name, const Files& files) {
  std::size_t bytes = 0;
  for (const File& file : files) {
    bytes += file.size;
  }
  double one = 1e9;
  for (const std::size_t threads : {1U, 2U}) {
    double ours = 1e9;
    double peer = 1e9;
    for (int run = 0; run < 7; ++run) {  // alternating, so that both see one machine
      // What one core does is counted in its time; what two do together, by the clock.
      const auto clock = threads == 1 ? cpu_s : now_s;
      peer = std::min(peer, seconds(inflate_all, files, threads, clock));
      ours = std::min(ours, seconds(read_all, files, threads, clock));
      one = std::min(one, threads == 1 ? one : seconds(read_all, files, 1, now_s));
    }
    const double size = static_cast<double>(bytes) / kGiga;
    report({.name = fmt::format("trail/{}/{}-thread", name, threads),
            .figure = size / ours,
            .peer = size / peer,
            .unit = "GB/s",
            .target = 0.75,
            .is_at_least = true});
    fmt::print("    {} files of {:.0f} bytes in the middle: {:.0f} objects/s\n", files.size(),
               static_cast<double>(bytes) / static_cast<double>(files.size()),
               static_cast<double>(files.size()) / ours);
    if (threads == 2) {
      report({.name = fmt::format("trail/{}/two-cores", name),
              .figure = 1 / ours,
              .peer = 1 / one,
              .unit = "runs/s",
              .target = 1.8,
              .is_at_least = true});
    }
  }
}

std::vector<std::string> read_texts(const fs::path& folder) {
  std::vector<std::string> texts;
  std::vector<fs::path> paths;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    std::ifstream file(path, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

/// The records of all files, which each begin with the same member.
std::vector<std::string> records_of(const std::vector<std::string>& texts) {
  constexpr std::string_view kBegin = "{\"eventVersion\"";
  std::vector<std::string> records;
  for (const std::string& text : texts) {
    std::size_t at = text.find(kBegin);
    while (at != std::string::npos) {
      const std::size_t next = text.find("," + std::string(kBegin), at + 1);
      const std::size_t end = next == std::string::npos ? text.rfind(']') : next;
      records.push_back(text.substr(at, end - at));
      at = next == std::string::npos ? next : next + 1;
    }
  }
  return records;
}

std::string log_of(const std::vector<std::string>& records) {
  return fmt::format("{{\"Records\":[{}]}}", fmt::join(records, ","));
}

bool is_listed(const std::string& record) {
  events::TrailReader reader;
  events::Readings readings;
  reader.read(record, "bench", readings);
  return readings.counts.candidates != 0;
}

/// Ours, on the same work as the peers: from files on the disk to how often each call is there.
CallCounts count_with_ours(const std::vector<fs::path>& paths, const Files& files) {
  CallCounts counts;
  const double start = cpu_s();
  Inflater inflater(files);
  events::TrailReader reader;
  File packed;
  for (const fs::path& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    packed.packed.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    events::Readings readings;
    reader.read(inflater.inflate(packed), "bench", readings);
    for (const events::Event& event : readings.events) {
      ++counts.by_name[event.name];
    }
  }
  counts.seconds = cpu_s() - start;
  return counts;
}

/// The calls in these logs that are looked for: a favour to the peers, which would have to compare
/// with all that are listed.
std::vector<ListedCall> calls_in(const Files& files) {
  Inflater inflater(files);
  events::TrailReader reader;
  events::Readings readings;
  for (const File& file : files) {
    reader.read(inflater.inflate(file), "bench", readings);
  }
  std::map<std::string, ListedCall> calls;
  for (const events::Event& event : readings.events) {
    calls[event.source + "/" + event.name] = {.source = event.source, .name = event.name};
  }
  std::vector<ListedCall> all;
  for (auto& [key, call] : calls) {
    all.push_back(std::move(call));
  }
  return all;
}

void report_peer(const std::string& name, std::size_t bytes, const CallCounts& ours,
                 const std::optional<CallCounts>& peer) {
  if (!peer) {
    fmt::print("{} is skipped: it is not installed, or failed\n", name);
    return;
  }
  if (peer->by_name != ours.by_name) {
    fmt::print(stderr, "bench_trail: {} counts other calls\n", name);
    std::exit(2);
  }
  const double size = static_cast<double>(bytes) / kGiga;
  report({.name = name,
          .figure = size / ours.seconds,
          .peer = size / peer->seconds,
          .unit = "GB/s",
          .target = 1,
          .is_at_least = true});
}

/// Ours beside programs that people use for this, one thread each, all from the same files.
void measure_peers(const std::string& name, const Files& files) {
  std::string folder = (fs::temp_directory_path() / "portolan-bench-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    std::exit(2);
  }
  std::vector<fs::path> paths;
  std::size_t bytes = 0;
  for (const File& file : files) {
    paths.push_back(fs::path(folder) / fmt::format("{}.json.gz", paths.size()));
    std::ofstream(paths.back(), std::ios::binary) << file.packed;
    bytes += file.size;
  }
  const std::vector<ListedCall> calls = calls_in(files);
  CallCounts ours = count_with_ours(paths, files);
  for (int run = 0; run < 4; ++run) {
    ours.seconds = std::min(ours.seconds, count_with_ours(paths, files).seconds);
  }
  report_peer(fmt::format("trail/{}/gzip-jq", name), bytes, ours, count_with_jq(folder, calls));
  report_peer(fmt::format("trail/{}/duckdb", name), bytes, ours, count_with_duckdb(folder, calls));
  fs::remove_all(folder);
}

/// Logs of fifty quiet records each, in every second of which a listed one stands.
Files with_one_in_a_hundred(const std::vector<std::string>& quiet,
                            const std::vector<std::string>& listed) {
  constexpr std::size_t kOfLog = 50;
  Files files;
  for (std::size_t i = 0; i + kOfLog <= quiet.size(); i += kOfLog) {
    std::vector<std::string> records(quiet.begin() + static_cast<std::ptrdiff_t>(i),
                                     quiet.begin() + static_cast<std::ptrdiff_t>(i + kOfLog));
    if (i % (2 * kOfLog) == 0 && !listed.empty()) {
      records[kOfLog / 2] = listed[i / kOfLog % listed.size()];
    }
    files.push_back(pack(log_of(records)));
  }
  return files;
}

Files repeated(const Files& files, int times) {
  Files many;
  for (int i = 0; i < times; ++i) {
    many.insert(many.end(), files.begin(), files.end());
  }
  return many;
}

void run(const fs::path& folder) {
  const std::vector<std::string> texts = read_texts(folder);
  std::vector<std::string> records = records_of(texts);
  if (records.empty()) {
    fmt::print(stderr, "bench_trail: no CloudTrail below {}\n", folder.string());
    std::exit(2);
  }
  constexpr int kRepeats = 20;  // a run takes long enough to be measured
  Files delivered;
  Files tiny;
  for (int i = 0; i < kRepeats; ++i) {
    for (const std::string& text : texts) {
      delivered.push_back(pack(text));
    }
  }
  for (std::size_t i = 0; i < records.size(); i += 2) {
    tiny.push_back(pack(log_of({records[i]})));
  }
  measure("delivered", delivered);
  measure_peers("delivered", delivered);
  measure("tiny", tiny);
  measure_peers("tiny", tiny);
  std::vector<std::string> many;
  for (int i = 0; i < 4; ++i) {
    many.insert(many.end(), records.begin(), records.end());
  }
  measure("big", Files(4, pack(log_of(many))));
  const auto first_quiet = std::stable_partition(records.begin(), records.end(), is_listed);
  const std::vector<std::string> listed(records.begin(), first_quiet);
  records.erase(records.begin(), first_quiet);
  measure("hundredth", repeated(with_one_in_a_hundred(records, listed), kRepeats));
  measure("quiet", repeated(with_one_in_a_hundred(records, {}), kRepeats));
}

}  // namespace
}  // namespace portolan::bench

int main(int count, char** arguments) {
  const char* const data = std::getenv("PORTOLAN_REAL_DATA");
  if (count < 2 && data == nullptr) {
    fmt::print(
        "bench_trail is skipped: it needs real records, name their folder in "
        "PORTOLAN_REAL_DATA\n");
    return 0;
  }
  portolan::bench::run(count > 1 ? arguments[1] : std::string(data) + "/cloudtrail");
  return 0;
}
