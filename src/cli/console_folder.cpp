#include "cli/console_folder.h"

#include <algorithm>
#include <filesystem>

#include "cli/text_input.h"

namespace portolan::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileMost = std::size_t{16} << 20U;
constexpr std::size_t kFilesMost = 200;

}  // namespace

std::shared_ptr<const server::Assets> read_console(const std::string& folder) {
  auto assets = std::make_shared<server::Assets>();
  std::error_code fault;
  for (fs::recursive_directory_iterator it(folder, fault), end; !fault && it != end;
       it.increment(fault)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored) || assets->size() == kFilesMost) {
      continue;
    }
    if (auto bytes = read_text(it->path().string(), kFileMost)) {
      std::string tag = server::tag_of(*bytes);
      assets->push_back({.path = it->path().lexically_relative(folder).generic_string(),
                         .plain = server::Body(*std::move(bytes)),
                         .tag = std::move(tag)});
    }
  }
  std::sort(assets->begin(), assets->end(),
            [](const server::Asset& a, const server::Asset& b) { return a.path < b.path; });
  return assets;
}

}  // namespace portolan::cli
