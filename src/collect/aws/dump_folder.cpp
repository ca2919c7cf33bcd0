#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "collect/live.h"
#include "core/text.h"

namespace portolan::collect {

namespace {

namespace fs = std::filesystem;

/// Names of groups, rules and roles are for the owner's eyes.
constexpr mode_t kOwnerOnly = 0600;

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno != EINTR) {
      return false;
    }
    bytes.remove_prefix(done < 0 ? 0 : static_cast<std::size_t>(done));
  }
  return true;
}

/// Writes beside the file and then takes its place, so that there is never half a file.
bool replace_file(const fs::path& path, std::string_view bytes) {
  const fs::path beside = path.string() + ".part";
  const int descriptor =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnerOnly);
  if (descriptor < 0) {
    return false;
  }
  const bool is_written = write_all(descriptor, bytes) && ::fsync(descriptor) == 0;
  const bool is_closed = ::close(descriptor) == 0;
  return is_written && is_closed && std::rename(beside.c_str(), path.c_str()) == 0;
}

}  // namespace

Result<DumpFolder> DumpFolder::create(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    return fail("unwritable_folder",
                fmt::format("`{}` cannot be made: {}", printable(path), error.message()));
  }
  if (!fs::is_empty(path, error) || error) {
    return fail("folder_not_empty",
                fmt::format("`{}` is not empty: what is there would mix with what is collected, "
                            "name another folder",
                            printable(path)));
  }
  fs::permissions(path, fs::perms::owner_all, error);
  return DumpFolder(path);
}

Result<void> DumpFolder::write(const Document& document) {
  const fs::path path = fs::path(path_) / document.path;
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error || !replace_file(path, document.bytes)) {
    return fail("unwritable_file",
                fmt::format("`{}` cannot be written: {}", printable(path.string()),
                            std::generic_category().message(error ? error.value() : errno)));
  }
  return {};
}

}  // namespace portolan::collect
