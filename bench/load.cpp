#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "bench/support/row.h"
#include "collect/collect.h"
#include "tools/estate/estate.h"

/// Loading a dump beside the time that simdjson needs to walk the same files: reading each,
/// visiting every value, unescaping every string. Both on one thread; then ours on all of them.
namespace portolan::bench {
namespace {

namespace fs = std::filesystem;

void write_file(const fs::path& path, const std::string& bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr || std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) {
    fmt::print(stderr, "bench_load: cannot write {}\n", path.string());
    std::exit(2);
  }
  std::fclose(file);
}

std::size_t walk(simdjson::ondemand::value value) {
  switch (value.type().value_unsafe()) {
    case simdjson::ondemand::json_type::object: {
      std::size_t sum = 0;
      for (auto field : value.get_object()) {
        sum += field.unescaped_key().value_unsafe().size();
        sum += walk(field.value().value_unsafe());
      }
      return sum;
    }
    case simdjson::ondemand::json_type::array: {
      std::size_t sum = 0;
      for (auto element : value.get_array()) {
        sum += walk(element.value_unsafe());
      }
      return sum;
    }
    case simdjson::ondemand::json_type::string:
      return value.get_string().value_unsafe().size();
    case simdjson::ondemand::json_type::number:
      return static_cast<std::size_t>(value.get_double().value_unsafe());
    case simdjson::ondemand::json_type::boolean:
      return value.get_bool().value_unsafe() ? 1U : 0U;
    case simdjson::ondemand::json_type::null:
      return 0;
  }
  return 0;
}

double walk_all(const std::vector<fs::path>& files) {
  const double start = now_s();
  std::size_t sum = 0;
  simdjson::ondemand::parser parser;
  for (const fs::path& path : files) {
    const auto bytes = simdjson::padded_string::load(path.string());
    auto document = parser.iterate(bytes.value_unsafe());
    sum += walk(document.get_value().value_unsafe());
  }
  if (sum == 0) {
    std::exit(2);
  }
  return now_s() - start;
}

double load(const fs::path& folder, int threads, int interfaces) {
  const double start = now_s();
  const auto decoded = collect::load(folder.string(), {}, threads);
  const double elapsed = now_s() - start;
  if (!decoded ||
      decoded->snapshot.all<NetworkInterface>().size() != static_cast<std::size_t>(interfaces)) {
    fmt::print(stderr, "bench_load: the estate did not load whole\n");
    std::exit(2);
  }
  return elapsed;
}

bool measure(int interfaces) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("portolan-bench-{}", interfaces);
  fs::remove_all(folder);
  fs::create_directories(folder);
  estate::generate(
      estate::size_of(interfaces), 1,
      [&](const std::string& path, const std::string& bytes) { write_file(folder / path, bytes); });
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  const std::string size = interfaces >= 1000 ? fmt::format("{}k", interfaces / 1000) : "small";
  bool is_met = true;
  double memory = 0;
  for (const int threads : {1, 2}) {
    // Warm the page cache and take the best of three, alternating, so that both see one machine.
    double ours = load(folder, threads, interfaces);
    if (memory == 0) {
      memory = peak_memory_bytes();
    }
    double peer = walk_all(files);
    for (int run = 0; run < 2; ++run) {
      ours = std::min(ours, load(folder, threads, interfaces));
      peer = std::min(peer, walk_all(files));
    }
    is_met = report({.name = fmt::format("load/{}/{}-thread", size, threads),
                     .figure = ours,
                     .peer = peer,
                     .unit = "s",
                     .target = 3.0}) &&
             is_met;
  }
  is_met = report({.name = fmt::format("load-memory/{}", size),
                   .figure = memory,
                   .peer = 0,
                   .unit = "bytes",
                   .target = 1073741824.0}) &&
           is_met;
  fs::remove_all(folder);
  return is_met;
}

}  // namespace
}  // namespace portolan::bench

int main(int count, char** arguments) {
  std::vector<int> sizes{1000, 10000, 100000};
  if (count > 1) {
    sizes = {std::atoi(arguments[1])};
  }
  for (const int size : sizes) {
    portolan::bench::measure(size);
  }
  return 0;
}
