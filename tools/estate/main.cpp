#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "tools/estate/estate.h"

/// Writes a made-up estate into a folder: `estate DIR INTERFACES [SEED]`.
int main(int count, char** arguments) {
  if (count < 3) {
    fmt::print(stderr, "usage: {} DIR INTERFACES [SEED]\n", arguments[0]);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  const int interfaces = std::atoi(arguments[2]);
  if (interfaces < 1 || interfaces > 1'000'000) {
    fmt::print(stderr, "{}: INTERFACES must be 1 to 1000000\n", arguments[0]);
    return 2;
  }
  const std::uint64_t seed = count > 3 ? std::strtoull(arguments[3], nullptr, 10) : 1;
  std::filesystem::create_directories(folder);
  bool is_written = true;
  portolan::estate::generate(
      portolan::estate::size_of(interfaces), seed,
      [&](const std::string& path, const std::string& bytes) {
        std::FILE* file = std::fopen((folder / path).c_str(), "wb");
        is_written = file != nullptr &&
                     std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && is_written;
        is_written = file != nullptr && std::fclose(file) == 0 && is_written;
      });
  if (!is_written) {
    fmt::print(stderr, "{}: cannot write to {}\n", arguments[0], folder.string());
  }
  return is_written ? 0 : 2;
}
