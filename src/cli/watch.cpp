#include "cli/watch.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>
#include <vector>

#include <fmt/format.h>

namespace portolan::cli {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::size_t kFilesMost = 1'000'000;
constexpr milliseconds kPause{100};
constexpr milliseconds kStill{100};
constexpr int kRestlessMost = 5;  // pauses that a folder which never stands still is waited for

bool is_document(const std::string& name) {
  return name.ends_with(".json") || name.ends_with(".json.gz");
}

std::string look_of_file(const fs::path& path) {
  std::error_code fault;
  const auto size = fs::file_size(path, fault);
  const auto time = fs::last_write_time(path, fault);
  return fmt::format("{} {} {}\n", path.string(), size, time.time_since_epoch().count());
}

}  // namespace

std::string look_of(const std::string& path) {
  std::error_code fault;
  if (fs::is_regular_file(path, fault)) {
    return look_of_file(path);
  }
  std::vector<std::string> looks;
  for (fs::recursive_directory_iterator it(path, fault), end;
       !fault && it != end && looks.size() < kFilesMost; it.increment(fault)) {
    if (is_document(it->path().filename().string())) {
      looks.push_back(look_of_file(it->path()));
    }
  }
  std::sort(looks.begin(), looks.end());
  std::string all;
  for (const std::string& look : looks) {
    all += look;
  }
  return all;
}

void watch_folder(const std::string& path, const std::function<bool()>& is_stopped,
                  const std::function<void()>& read) {
  std::string known = look_of(path);
  while (!is_stopped()) {
    std::this_thread::sleep_for(kPause);
    std::string look = look_of(path);
    if (look == known) {
      continue;
    }
    for (int i = 0; i < kRestlessMost && !is_stopped(); ++i) {
      std::this_thread::sleep_for(kStill);
      std::string later = look_of(path);
      std::swap(look, later);
      if (look == later) {
        break;
      }
    }
    known = std::move(look);
    if (!known.empty() && !is_stopped()) {
      read();
    }
  }
}

}  // namespace portolan::cli
