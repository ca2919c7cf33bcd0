#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <libdeflate.h>

#include "bench/support/row.h"
#include "events/events.h"

/// Reading CloudTrail (inflate, scan, parse, decode) beside libdeflate merely inflating the same
/// files, packed as AWS packs them. The records are real ones (PORTOLAN_REAL_DATA): as delivered,
/// in files of one record, in one big file, and without any that changes a network.
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
double seconds(Work&& work, const Files& files, std::size_t threads) {
  const double start = now_s();
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < threads; ++i) {
    others.emplace_back([&, i] { work(files, i, threads); });
  }
  work(files, 0, threads);
  for (std::thread& other : others) {
    other.join();
  }
  return now_s() - start;
}

void measure(const std::string& name, const Files& files) {
  std::size_t bytes = 0;
  for (const File& file : files) {
    bytes += file.size;
  }
  double one = 0;
  for (const std::size_t threads : {1U, 2U}) {
    double ours = 1e9;
    double peer = 1e9;
    for (int run = 0; run < 7; ++run) {  // alternating, so that both see one machine
      peer = std::min(peer, seconds(inflate_all, files, threads));
      ours = std::min(ours, seconds(read_all, files, threads));
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
    one = threads == 1 ? ours : one;
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
  Files quiet;
  for (int i = 0; i < kRepeats; ++i) {
    for (const std::string& text : texts) {
      delivered.push_back(pack(text));
    }
  }
  for (std::size_t i = 0; i < records.size(); i += 2) {
    tiny.push_back(pack(log_of({records[i]})));
  }
  measure("delivered", delivered);
  measure("tiny", tiny);
  const std::string big = log_of(records);
  measure("big", Files(4, pack(fmt::format("{}\n{}\n{}\n{}", big, big, big, big))));
  std::erase_if(records, is_listed);
  for (std::size_t i = 0; i + 60 < records.size(); i += 50) {
    quiet.push_back(pack(log_of({records.begin() + static_cast<std::ptrdiff_t>(i),
                                 records.begin() + static_cast<std::ptrdiff_t>(i + 50)})));
  }
  Files many;
  for (int i = 0; i < kRepeats; ++i) {
    many.insert(many.end(), quiet.begin(), quiet.end());
  }
  measure("quiet", many);
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
